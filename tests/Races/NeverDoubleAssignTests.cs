using System.Net;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Dispatch;
using SkillStation.Contracts.Requests;
using SkillStation.Contracts.Scheduler;
using SkillStation.Dispatch;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Scheduler;

namespace SkillStation.Races.Tests;

public sealed class NeverDoubleAssignTests
{
    private const int Instances = 3;
    private const int Copies = 3;
    private const int PerCourse = 15;
    private static readonly int Requests = Run.Full ? 1000 : 60;
    private readonly Random random = new(Run.Seed);

    /// <summary>Guards: one row for a request, one inbox row for a message, the versions, one gathering pool and one open offer.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Three_dispatchers_that_hear_everything_three_times_while_clerks_and_clocks_act_assign_each_request_once_and_without_the_guards_not(bool guard)
    {
        using var folder = new SharedFolder();
        await using var one = await Town.StartInAsync(folder.Path, new DispatchModule());
        await using var two = await Town.StartInAsync(folder.Path, new DispatchModule());
        await using var three = await Town.StartInAsync(folder.Path, new DispatchModule());
        await using var scheduler = await Town.StartAsync(new SchedulerModule());
        Town[] all = [one, two, three];
        var submissions = new List<RequestSubmitted>();
        for (var first = 0; first < Requests; first += PerCourse)
        {
            var course = await one.Course(min: 3, max: 5, auto: first % 2 == 0);
            await one.Institution(course, seats: 5);
            // every fifth is too young, so that a person has to look
            submissions.AddRange(Enumerable.Range(first, Math.Min(PerCourse, Requests - first)).Select(i => one.Submission(course, age: i % 5 == 0 ? 10 : 40)));
        }

        if (!guard)
        {
            await one.Service.Drop<DispatchDb>("IX_Pools_GatherKey", "IX_Offers_LiveKey");
            await one.Service.DropKey<DispatchDb>("Inbox", "Requests");
        }

        Array.ForEach(all, t => t.Service.Guards.Versions = guard);
        await Deliver(all, submissions);
        await one.Settled();
        if (!guard)
        {
            var rows = await one.Read<DispatchDb, Guid>(db => db.Requests.Select(r => r.Id));
            var miscounted = await one.Read<DispatchDb, DemandPool>(db => db.Pools.AsNoTracking().Where(p => p.Members != db.Requests.Count(r => r.PoolId == p.Id)));
            Assert.True(rows.Count > Requests || miscounted.Count > 0, $"{rows.Count} rows, {miscounted.Count} pools miscounted");
            Outcome.Add("a request to one pool, 3 dispatchers", guard, $"{Requests} requests, each delivered {Copies} times", $"{rows.Count} assignments, {miscounted.Count} pools miscounted");
            return;
        }

        // the Scheduler hears it all too, time passes, and its sweeps run into the clerks
        await Deliver([scheduler], submissions);
        await Deliver([scheduler], Told<RequestAdmitted, Guid>(all, m => m.RequestId));
        await Deliver([scheduler], Told<PoolChanged, (Guid, int)>(all, m => (m.PoolId, m.Version)));
        scheduler.Service.Pass(TimeSpan.FromDays(7));
        var answers = new List<Answer>();
        var clerks = Act(all, one, answers);
        await Town.AtOnce(Instances, _ => scheduler.Http.Post("/api/v1/sweeps", new { forgiveOutage = false }));
        await Eventually.True(() => scheduler.Service.InDb<Scheduler.Data.SchedulerDb, bool>(db => db.Outbox.AllAsync(m => m.Failure != null)), "the sweeps are told");
        var due = Told<DeadlineReached, (Guid, string)>([scheduler], m => (m.DeadlineId, m.Stage));
        await Deliver(all, due);
        await clerks;
        await Act(all, one, answers);   // what the clocks left undone
        await one.Settled();

        Assert.NotEmpty(due);
        Assert.DoesNotContain(answers, a => (int)a.Status >= 500);
        await EachOnce(all, one);
        Outcome.Add("a request to one pool, 3 dispatchers", guard, $"{Requests} requests, each delivered {Copies} times; {answers.Count} clerks, {due.Count} clocks", $"{Requests} assignments, one live offer for a pool");
    }

    private async Task EachOnce(Town[] all, Town one)
    {
        var requests = await one.Read<DispatchDb, PooledRequest>(db => db.Requests.AsNoTracking());
        Assert.Equal(Requests, requests.Count);
        Assert.All(requests, r => Assert.Equal((RequestState.Pooled, 1), (r.State, r.Turn)));
        var pools = await one.Read<DispatchDb, DemandPool>(db => db.Pools.AsNoTracking());
        Assert.All(pools, p => Assert.Equal(requests.Count(r => r.PoolId == p.Id), p.Members));
        Assert.All(pools, p => Assert.InRange(p.Members, 0, p.MaxSize));
        var offers = await one.Read<DispatchDb, DispatchOffer>(db => db.Offers.AsNoTracking());
        Assert.NotEmpty(offers);
        Assert.All(pools, p => Assert.Equal(p.State == PoolState.Dispatching ? 1 : 0, offers.Count(o => o.PoolId == p.Id)));

        // each fact may be told thrice, but never two facts
        Assert.All(all.SelectMany(t => t.Service.Published<RequestPooled>()).GroupBy(m => m.RequestId), m => Assert.Single(m.Select(x => x.PoolId).Distinct()));
        Assert.All(all.SelectMany(t => t.Service.Published<ClassOffered>()).GroupBy(m => m.PoolId), m => Assert.Single(m.Select(x => x.OfferId).Distinct()));
    }

    /// <summary>At every instance a clerk admits whoever waits and dispatches whatever is ready, all at the same time.</summary>
    private static async Task Act(Town[] all, Town one, List<Answer> answers)
    {
        var waiting = await one.Read<DispatchDb, Guid>(db => db.Requests.Where(r => r.State == RequestState.AwaitingTriage).Select(r => r.Id));
        var admitted = await Task.WhenAll(all.SelectMany(t => waiting.Select(r => t.Http.Post($"/api/v1/stations/{Town.Station}/requests/{r}/admit"))));
        var ready = await one.Read<DispatchDb, Guid>(db => db.Pools.Where(p => p.State == PoolState.Ready).Select(p => p.Id));
        var dispatched = await Task.WhenAll(all.SelectMany(t => ready.Select(p => t.Http.Post($"/api/v1/stations/{Town.Station}/pools/{p}/dispatch", new { }))));
        answers.AddRange([.. admitted, .. dispatched]);
        Assert.All(admitted, a => Assert.True(a.Status is HttpStatusCode.OK or HttpStatusCode.Conflict, $"{a.Status} {a.Code}"));
    }

    private static List<T> Told<T, TKey>(IEnumerable<Town> towns, Func<T, TKey> key) where T : class => [.. towns.SelectMany(t => t.Service.Published<T>()).DistinctBy(key)];

    /// <summary>Every message three times under its id, each copy to any of the services, in any order.</summary>
    private Task Deliver<T>(Town[] to, IReadOnlyCollection<T> messages) where T : class
    {
        var copies = messages.Select(m => (Message: m, Id: Guid.CreateVersion7())).SelectMany(m => Enumerable.Repeat(m, Copies)).ToArray();
        random.Shuffle(copies);
        return Task.WhenAll(copies.Select(c => (Copy: c, At: to[random.Next(to.Length)])).ToList().Select(d => d.At.Service.Hear(d.Copy.Message, d.Copy.Id)));
    }
}
