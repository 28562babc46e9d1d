using System.Net;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Dispatch.Data;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Races.Tests;

/// <summary>
/// Residents with two hands each, say a phone and a helper at the station, all at once. A seat is promised to one person at a time; who gives it back
/// makes way for the next, so whoever is told both "it is yours" and "you gave it back" makes the class overfull.
/// </summary>
public sealed class NeverOverbookTests(WholeCity city) : IClassFixture<WholeCity>
{
    private static readonly int Clients = Run.Full ? 500 : 50;
    private static readonly int Seats = Run.Full ? 30 : 5;
    private static int day = 1;
    private readonly Town town = city.Town;

    /// <summary>Guard: the request's version.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_class_takes_exactly_as_many_as_it_has_seats_and_without_the_guard_more(bool guard)
    {
        var residents = await town.Residents(Clients);
        var rounds = guard ? Run.Full ? 100 : 3 : 5;
        var (round, most) = (0, 0);
        for (; round < rounds && (guard || most <= Seats); round++)
        {
            var (course, requests, path) = await Open(residents);

            town.Service.Guards.Versions = guard;
            var (taken, returned) = await Answer(residents, requests, course);
            town.Service.Guards.Versions = true;

            most = Math.Max(most, taken.Count);
            if (guard)
            {
                await AllIsWell(course, path, taken, returned);
            }
        }

        Assert.True(guard ? most == Seats : most > Seats, $"{most} people were told that they have one of {Seats} seats");
        Outcome.Add("seats of a class, all services", guard, $"{Clients} clients on {Seats} seats × {round}", $"{most} accepted{(guard ? " each time, 0 false refusals" : "")}");
    }

    /// <summary>Everybody asks at once and stands in one pool, which becomes a class with too few seats; those first in the queue are offered them.</summary>
    private async Task<(string Course, Guid[] Requests, string Path)> Open(IReadOnlyList<Guid> residents)
    {
        var course = await town.Course(min: Seats, max: Clients);
        var institution = await town.Institution(course, Seats);
        var asked = await Town.AtOnce(Clients, i => town.Ask(residents[i], course));
        Assert.All(asked, a => Assert.Equal(HttpStatusCode.Created, a.Status));
        await town.Settled();
        var pool = Assert.Single(await town.Read<DispatchDb, Guid>(db => db.Pools.Where(p => p.CourseCode == course && p.Members == Clients).Select(p => p.Id)));
        Assert.Equal(HttpStatusCode.OK, (await town.Http.Post($"/api/v1/stations/{Town.Station}/pools/{pool}/dispatch", new { })).Status);
        await town.Settled();
        var offer = Assert.Single(await town.Read<AcceptanceDb, Guid>(db => db.Offers.Where(o => o.PoolId == pool).Select(o => o.Id)));
        var path = await town.Opened(institution, offer, days: ++day);   // nobody may sit in two classes at once
        await town.Settled();
        return (course, [.. asked.Select(a => a.Id)], path);
    }

    /// <summary>Everybody tries for a seat, every second one with one hand and lets go with the other; then those who moved up, until no seat waits for an answer.</summary>
    private async Task<(HashSet<Guid> Taken, HashSet<Guid> Returned)> Answer(IReadOnlyList<Guid> residents, Guid[] requests, string course)
    {
        var (taken, returned) = (new HashSet<Guid>(), new HashSet<Guid>());
        var turn = Enumerable.Range(0, Clients).ToList();
        for (var wave = 0; turn.Count > 0 && wave < 2 * Clients; wave++)
        {
            var hands = turn.SelectMany(i => i % 2 == 0 ? new[] { (i, Verb: "confirm") } : [(i, Verb: "confirm"), (i, Verb: "decline")])
                .Select(h => (Func<Task<(Guid Request, string Verb, Answer Answer)>>)(async () =>
                    (requests[h.i], h.Verb, await town.Http.Post($"{Town.RequestsOf(residents[h.i])}/{requests[h.i]}/seat/{h.Verb}")))).ToList();
            var answers = await town.Service.Guards.Race<RequestsDb, (Guid Request, string Verb, Answer Answer)>(town.Service, "\"TrainingRequests\"", hands);
            Assert.All(answers, a => Assert.True(a.Answer.Status is HttpStatusCode.OK or HttpStatusCode.Conflict, $"{a.Answer.Status} {a.Answer.Code}"));
            taken.UnionWith(answers.Where(a => a is { Verb: "confirm", Answer.Status: HttpStatusCode.OK }).Select(a => a.Request));
            returned.UnionWith(answers.Where(a => a is { Verb: "decline", Answer.Status: HttpStatusCode.OK }).Select(a => a.Request));
            await town.Settled();
            var offered = await town.Read<RequestsDb, Guid>(db => db.Requests.Where(r => r.CourseCode == course && r.Status == RequestStatus.SeatOffered).Select(r => r.Id));
            turn = [.. offered.Select(o => Array.IndexOf(requests, o))];
        }

        return (taken, returned);
    }

    /// <summary>The class is full, with those who were told so; everybody else waits for a seat, or gave one back.</summary>
    private async Task AllIsWell(string course, string path, HashSet<Guid> taken, HashSet<Guid> returned)
    {
        var roster = await town.Roster(path, "Confirmed");
        Assert.Equal(Enumerable.Range(1, Seats), roster.Select(l => l.Seat!.Value).Order());
        Assert.Equal(taken.Order(), roster.Select(l => l.Request).Order());
        var standing = (await town.Service.InDb<RequestsDb, List<TrainingRequest>>(db => db.Requests.AsNoTracking().Where(r => r.CourseCode == course).ToListAsync())).ToLookup(r => r.Status, r => r.Id);
        Assert.Equal(taken.Order(), standing[RequestStatus.SeatConfirmed].Order());
        Assert.Equal(returned.Order(), standing[RequestStatus.Pooled].Order());
        Assert.Equal(Clients - Seats - returned.Count, standing[RequestStatus.Waitlisted].Count());
    }
}
