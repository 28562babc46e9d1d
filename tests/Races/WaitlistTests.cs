using System.Net;
using SkillStation.Acceptance;
using SkillStation.Acceptance.Data;
using SkillStation.Contracts.Acceptance;
using SkillStation.Requests;
using SkillStation.Requests.Data;

namespace SkillStation.Races.Tests;

public sealed class WaitlistTests
{
    private const int Seats = 50;
    private const int Consumers = 2;   // that work on one file at once

    /// <summary>Guards: the version of the class, one person on a seat, one place at a time for a person.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fifty_seats_that_are_given_back_at_the_same_time_go_to_fifty_people_and_without_the_guards_some_people_are_promised_two(bool guard)
    {
        await using var town = await Town.StartAsync(new RequestsModule(), new AcceptanceModule());
        if (!guard)
        {
            await town.Service.Drop<AcceptanceDb>("IX_Enrolments_ClassId_SeatNumber");
            await town.Service.DropKey<AcceptanceDb>("Occupancy");
        }

        var rounds = guard && Run.Full ? 20 : 1;
        var promised = 0;
        for (var round = 0; round < rounds; round++)
        {
            var residents = (await town.Residents(2 * Seats * (round + 1))).TakeLast(2 * Seats).ToList();   // others each time: who was promoted has no time for another class
            var course = await town.Course();
            var institution = await town.Institution(course, Seats);
            var requests = await Town.AtOnce(2 * Seats, async i => (await town.Ask(residents[i], course)).Id);
            var offer = await town.Offer(course, institution, [.. requests.Zip(residents)]);
            var path = await town.Opened(institution, offer.OfferId);
            await town.Service.Quiet<AcceptanceDb>();

            town.Service.Guards.Versions = guard;
            var answers = await town.Service.Guards.Race<AcceptanceDb, Answer>(
                town.Service, "\"ClassId\" <> @", [.. Enumerable.Range(0, Seats).Select(i => (Func<Task<Answer>>)(() => town.Http.Post($"{Town.RequestsOf(residents[i])}/{requests[i]}/seat/decline")))], looks: Consumers);

            Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
            await town.Service.Quiet<RequestsDb>();
            await town.Service.Quiet<AcceptanceDb>();
            var moved = town.Service.Published<SeatOffered>().Where(m => m.PoolId == offer.PoolId && m.FromWaitlist).Select(m => m.RequestId).ToList();
            var roster = await town.Roster(path, "Offered");
            promised = moved.Count;
            if (guard)
            {
                Assert.Equal(requests[Seats..].Order(), moved.Order());
                Assert.Equal(requests[Seats..].Order(), roster.Select(l => l.Request).Order());
                Assert.Equal(Enumerable.Range(1, Seats), roster.Select(l => l.Seat!.Value).Order());
            }
            else
            {
                Assert.True(moved.Count > moved.Distinct().Count(), $"{moved.Count} promises to {moved.Distinct().Count()} people");
            }
        }

        Outcome.Add("waitlist promotion", guard, $"{Seats} seats given back at once, {Seats} people wait × {rounds}", $"{promised} seats promised");
    }
}
