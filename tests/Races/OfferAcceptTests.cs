using System.Net;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance;
using SkillStation.Acceptance.Data;
using SkillStation.Contracts.Acceptance;

namespace SkillStation.Races.Tests;

public sealed class OfferAcceptTests
{
    private const int Clients = 50;

    /// <summary>Guards: the offer's version, and one class for an offer.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_offer_that_fifty_accept_at_the_same_time_becomes_one_class_and_without_the_guards_many(bool guard)
    {
        await using var town = await Town.StartAsync(new AcceptanceModule());
        var course = await town.Course();
        var institution = await town.Institution(course, seats: 2);
        if (!guard)
        {
            await town.Service.Drop<AcceptanceDb>("IX_Classes_OfferId");
        }

        var rounds = guard ? Run.Full ? 100 : 3 : 1;
        var classes = 0;
        for (var round = 0; round < rounds; round++)
        {
            var offer = (await town.Offer(course, institution, [(Guid.CreateVersion7(), Guid.CreateVersion7())])).OfferId;

            town.Service.Guards.Versions = guard;
            var answers = await town.Service.Guards.Race<AcceptanceDb, Answer>(
                town.Service, "FROM \"WithdrawnRequests\"", [.. Enumerable.Repeat(() => town.Accept(institution, offer), Clients)]);

            await town.Service.Quiet<AcceptanceDb>();
            classes = await town.Service.InDb<AcceptanceDb, int>(db => db.Classes.CountAsync(c => c.OfferId == offer));
            Assert.Equal(classes, answers.Count(a => a.Status == HttpStatusCode.OK));
            Assert.Equal(classes, town.Service.Published<OfferAccepted>().Count(m => m.OfferId == offer));
            Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => Assert.Equal((HttpStatusCode.Conflict, "offer-already-answered"), (a.Status, a.Code)));
            Assert.True(guard ? classes == 1 : classes > 1, $"{classes} classes");
        }

        Outcome.Add("offer accept", guard, $"{Clients} clients on 1 offer × {rounds}", $"{classes} accepted each time");
    }
}
