using System.Net;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts;
using SkillStation.Contracts.Dispatch;
using SkillStation.Dispatch;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;

namespace SkillStation.Races.Tests;

public sealed class PoolCloseTests
{
    private const int Clients = 50;
    private const int Members = 3;

    /// <summary>Guards: the pool's version, and one open offer for a pool.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pool_that_half_of_fifty_close_while_the_others_assign_it_is_decided_once_and_without_the_guards_often(bool guard)
    {
        await using var town = await Town.StartAsync(new DispatchModule());
        var course = await town.Course(min: Members, max: Members);
        if (!guard)
        {
            await town.Service.Drop<DispatchDb>("IX_Offers_LiveKey");
        }

        var rounds = guard ? Run.Full ? 100 : 3 : 1;
        var decided = 0;
        for (var round = 0; round < rounds; round++)
        {
            var institution = await town.Institution(course, seats: Members);
            var pool = await Escalated(town, course);
            var path = $"/api/v1/districts/{Town.District}/pools/{pool}";

            town.Service.Guards.Versions = guard;
            var answers = await town.Service.Guards.Race<DispatchDb, Answer>(town.Service, "FROM \"Pools\"", [.. Enumerable.Range(0, Clients).Select(i => (Func<Task<Answer>>)(() => i % 2 == 0
                ? town.Http.Post(path + "/close", new { reason = "…" })
                : town.Http.Post(path + "/assign", new { institutionCode = institution, reason = "…" })))]);

            await town.Service.Quiet<DispatchDb>();
            decided = answers.Count(a => a.Status == HttpStatusCode.OK);
            Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => Assert.True(a.Status == HttpStatusCode.Conflict, $"{a.Status} {a.Code}"));
            var unserved = town.Service.Published<RequestUnserved>().Count(m => m.PoolId == pool);
            var offered = town.Service.Published<ClassOffered>().Count(m => m.PoolId == pool);
            if (guard)
            {
                Assert.Equal(1, decided);
                var state = await town.Service.InDb<DispatchDb, PoolState>(db => db.Pools.Where(p => p.Id == pool).Select(p => p.State).SingleAsync());
                Assert.Equal(state == PoolState.Closed ? (PoolState.Closed, Members, 0) : (PoolState.Dispatching, 0, 1), (state, unserved, offered));
            }
            else
            {
                Assert.True(decided > 1 && unserved > 0 && offered > 1, $"{decided} decisions, {unserved} told that there is no class, {offered} offers");
            }
        }

        Outcome.Add("pool close", guard, $"{Clients} clients on 1 pool × {rounds}", $"{decided} decided each time");
    }

    private static async Task<Guid> Escalated(Town town, string course)
    {
        var requests = Enumerable.Range(0, Members).Select(_ => town.Submission(course)).ToList();
        foreach (var request in requests)
        {
            await town.Service.Hear(request);
        }

        var pool = await town.Service.InDb<DispatchDb, Guid>(db => db.Requests.Where(r => r.Id == requests[0].RequestId).Select(r => r.PoolId!.Value).SingleAsync());
        await town.Service.Hear(town.Due(DeadlineKinds.PoolDispatch, pool));
        return pool;
    }
}
