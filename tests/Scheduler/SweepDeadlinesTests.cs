using System.Net;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Scheduler;
using SkillStation.Scheduler.Domain;
using static SkillStation.Contracts.DeadlineKinds;

namespace SkillStation.Scheduler.Tests;

public sealed class SweepDeadlinesTests : IAsyncLifetime
{
    private readonly RunningScheduler scheduler = new();

    public ValueTask InitializeAsync() => scheduler.InitializeAsync();

    public ValueTask DisposeAsync() => scheduler.DisposeAsync();

    [Fact]
    public async Task Each_stage_is_told_when_its_time_has_come_and_once()
    {
        var request = await Seat();
        foreach (var (hours, stages) in new[] { (23, 0), (2, 1), (0, 0), (14, 1), (10, 1), (100, 0) })
        {
            scheduler.Service.Pass(TimeSpan.FromHours(hours));
            Assert.Equal(stages, (await scheduler.Sweep()).Body.GetProperty("stagesReached").GetInt32());
        }

        Assert.Equal(["Half", "FourFifths", "Due"], await Told(request, 3));
        Assert.Equal(DeadlineState.Overdue, Assert.Single(await scheduler.Runs(SeatAnswer, request)).State);
    }

    [Fact]
    public async Task A_jump_tells_all_stages_in_their_order()
    {
        var request = await Seat();
        scheduler.Service.Pass(TimeSpan.FromDays(30));

        Assert.Equal(3, (await scheduler.Sweep()).Body.GetProperty("stagesReached").GetInt32());
        Assert.Equal(["Half", "FourFifths", "Due"], await Told(request, 3));
    }

    [Fact]
    public async Task What_is_stopped_is_not_told()
    {
        var request = await Seat();
        await scheduler.Service.Hear(Facts.SeatTaken(request, scheduler.Now));
        scheduler.Service.Pass(TimeSpan.FromDays(30));

        Assert.Equal(0, (await scheduler.Sweep()).Body.GetProperty("stagesReached").GetInt32());
    }

    [Fact]
    public async Task What_is_due_first_is_told_first()
    {
        var requests = new List<Guid>();
        foreach (var hours in new[] { 5, 1, 3 })
        {
            requests.Add(Guid.NewGuid());
            await scheduler.Service.Hear(Facts.Seat(requests[^1], scheduler.Now.AddHours(-hours)));
        }

        scheduler.Service.Pass(TimeSpan.FromDays(30));
        await scheduler.Sweep();
        await scheduler.Service.Quiet<Data.SchedulerDb>();

        var outbox = scheduler.Service.Published<DeadlineReached>().Where(m => m.Stage == "Due").OrderBy(m => m.DueAt).Select(m => m.SubjectId);
        Assert.Equal([requests[0], requests[2], requests[1]], outbox);
    }

    [Fact]
    public async Task An_outage_moves_what_was_due_in_it_and_says_so()
    {
        await scheduler.Sweep();
        var due = await Seat(hoursAgo: 47);   // due in an hour
        var later = await Seat(hoursAgo: 40);   // due in eight hours, after the outage
        await scheduler.Sweep();
        var before = Assert.Single(await scheduler.Runs(SeatAnswer, due)).DueAt;
        scheduler.Service.Pass(TimeSpan.FromHours(5));

        var answer = await scheduler.Sweep(forgive: true);

        var run = Assert.Single(await scheduler.Runs(SeatAnswer, due));
        Assert.Equal(DeadlineState.Running, run.State);
        Assert.InRange(run.ExtendedBy, TimeSpan.FromHours(5), TimeSpan.FromHours(5.1));
        Assert.Equal(before + run.ExtendedBy, run.DueAt);
        var set = await scheduler.Service.Publishes<DeadlineSet>(s => s.SubjectId == due && s.ExtendedBy > TimeSpan.Zero);
        Assert.Equal(run.DueAt, set.DueAt);
        Assert.Equal(TimeSpan.Zero, Assert.Single(await scheduler.Runs(SeatAnswer, later)).ExtendedBy);
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, answer.Body.GetProperty("outageForgiven").ValueKind);
        Assert.NotNull((await scheduler.InDb(db => db.Outages.SingleAsync())).AppliedAt);

        scheduler.Service.Pass(TimeSpan.FromMinutes(30));
        await scheduler.Sweep();
        Assert.Equal(["Half", "FourFifths"], await Told(due, 2));   // long before the outage
        scheduler.Service.Pass(TimeSpan.FromHours(1));
        await scheduler.Sweep();
        Assert.Equal(["Half", "FourFifths", "Due"], await Told(due, 3));
    }

    [Fact]
    public async Task A_short_gap_is_no_outage()
    {
        await scheduler.Sweep();
        var request = await Seat(hoursAgo: 48);
        scheduler.Service.Pass(TimeSpan.FromMinutes(9));

        await scheduler.Sweep(forgive: true);

        Assert.Equal(DeadlineState.Overdue, Assert.Single(await scheduler.Runs(SeatAnswer, request)).State);
    }

    [Fact]
    public async Task Who_moved_the_clock_says_that_the_gap_is_no_outage()
    {
        await scheduler.Sweep();
        var request = await Seat();
        scheduler.Service.Pass(TimeSpan.FromDays(3));

        await scheduler.Sweep(forgive: false);

        Assert.Equal((DeadlineState.Overdue, TimeSpan.Zero), (await scheduler.Runs(SeatAnswer, request)).Select(d => (d.State, d.ExtendedBy)).Single());
        Assert.Empty(await scheduler.InDb(db => db.Outages.ToListAsync()));
    }

    [Fact]
    public async Task News_that_waited_for_the_end_of_the_outage_is_forgiven_too()
    {
        await scheduler.Sweep();
        var started = scheduler.Now;
        scheduler.Service.Pass(TimeSpan.FromDays(4));
        await scheduler.Sweep(forgive: true);
        var request = Guid.NewGuid();

        await scheduler.Service.Hear(Facts.Seat(request, started));

        var run = Assert.Single(await scheduler.Runs(SeatAnswer, request));
        Assert.True(run.ExtendedBy >= TimeSpan.FromDays(4));
        Assert.True(run.DueAt > scheduler.Now);
    }

    [Fact]
    public async Task Two_sweeps_after_an_outage_forgive_it_once()
    {
        await scheduler.Sweep();
        var request = await Seat(hoursAgo: 47);
        scheduler.Service.Pass(TimeSpan.FromHours(5));

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => scheduler.Sweep(forgive: true)));

        Assert.InRange(Assert.Single(await scheduler.Runs(SeatAnswer, request)).ExtendedBy, TimeSpan.FromHours(5), TimeSpan.FromHours(5.1));
        Assert.Single(await scheduler.InDb(db => db.Outages.ToListAsync()));
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 6)]   // the control: without versions each sweep tells everything
    public async Task Two_sweeps_at_the_same_moment_tell_each_stage_once(bool guarded, int told)
    {
        await Seat();
        scheduler.Service.Pass(TimeSpan.FromDays(3));
        var now = scheduler.Now;
        await scheduler.InDb(db => ForgiveOutage.Run(db, now, false, default));
        var rendezvous = new Rendezvous(2, db => db.ChangeTracker.Entries<Deadline>().Any(e => e.State == EntityState.Modified));

        var counts = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            await using var db = await scheduler.ByHand(rendezvous, versionsCount: guarded);
            return await SweepDeadlines.Run(db, now, false, default);
        }));

        Assert.Equal(told, counts.Sum());
    }

    [Fact]
    public async Task Who_does_not_rate_in_time_is_told_of_once_and_owes_nothing()
    {
        var request = Guid.NewGuid();
        await scheduler.Service.Hear(Facts.ClassOver(Guid.NewGuid(), scheduler.Now, request));
        scheduler.Service.Pass(TimeSpan.FromDays(8));
        await scheduler.Sweep();
        await scheduler.Sweep();

        Assert.Equal(["Half", "FourFifths", "Due"], await Told(request, 3));
        var run = Assert.Single(await scheduler.Runs(Rating, request));
        Assert.Equal((DeadlineState.Lapsed, run.DueAt), (run.State, run.StoppedAt));
        Assert.Empty(Kinds(await scheduler.Service.Http.Get("/api/v1/deadlines/overdue?kind=Rating")));
    }

    [Fact]
    public async Task Operators_see_what_runs_and_what_is_overdue()
    {
        var (first, second) = (await Seat(), await Seat());
        await scheduler.Service.Hear(Facts.SeatTaken(second, scheduler.Now));
        scheduler.Service.Pass(TimeSpan.FromDays(3));
        await scheduler.Sweep();
        await scheduler.Service.Hear(Facts.Submitted(first, scheduler.Now));

        var http = scheduler.Service.Http;
        Assert.Equal([SeatAnswer, Triage], Kinds(await http.Get($"/api/v1/deadlines?subject={first}")));
        Assert.Equal([SeatAnswer], Kinds(await http.Get($"/api/v1/deadlines?subject={first}&kind=SeatAnswer")));
        Assert.Empty(Kinds(await http.Get($"/api/v1/deadlines?subject={second}&open=true")));
        Assert.Equal([SeatAnswer], Kinds(await http.Get($"/api/v1/deadlines?subject={second}&open=false")));
        var overdue = (await http.Get("/api/v1/deadlines/overdue?kind=SeatAnswer")).Body.GetProperty("items").EnumerateArray().Single();
        Assert.Equal((first, "Due"), (overdue.GetProperty("subjectId").GetGuid(), overdue.GetProperty("stage").GetString()));
        Assert.Equal((HttpStatusCode.BadRequest, "after-malformed"), await Refused("/api/v1/deadlines?after=x"));
        Assert.Equal((HttpStatusCode.BadRequest, "after-malformed"), await Refused("/api/v1/deadlines/overdue?after=1-x"));

        async Task<(HttpStatusCode, string?)> Refused(string path)
        {
            var answer = await http.Get(path);
            return (answer.Status, answer.Code);
        }
    }

    [Theory]
    [InlineData("/api/v1/deadlines?")]
    [InlineData("/api/v1/deadlines/overdue?")]
    public async Task Pages_show_each_deadline_once(string path)
    {
        var requests = new HashSet<Guid>();
        for (var i = 0; i < 5; i++)
        {
            requests.Add(await Seat());
        }

        scheduler.Service.Pass(TimeSpan.FromDays(3));
        await scheduler.Sweep();
        var seen = new List<Guid>();
        for (string? after = ""; after is not null;)
        {
            var page = await scheduler.Service.Http.Get($"{path}size=2&after={after}");
            seen.AddRange(page.Body.GetProperty("items").EnumerateArray().Select(d => d.GetProperty("subjectId").GetGuid()));
            after = page.Body.GetProperty("next").GetString();
        }

        Assert.Equal(5, seen.Count);
        Assert.Equal(requests, [.. seen]);
    }

    private async Task<Guid> Seat(double hoursAgo = 0)
    {
        var request = Guid.NewGuid();
        await scheduler.Service.Hear(Facts.Seat(request, scheduler.Now.AddHours(-hoursAgo)));
        return request;
    }

    private async Task<List<string>> Told(Guid subject, int count)
    {
        await Eventually.True(() => scheduler.Service.Published<DeadlineReached>().Count(m => m.SubjectId == subject) >= count, $"{count} stages are told");
        return [.. scheduler.Service.Published<DeadlineReached>().Where(m => m.SubjectId == subject).Select(m => m.Stage)];
    }

    private static List<string> Kinds(Answer answer) => [.. answer.Body.GetProperty("items").EnumerateArray().Select(d => d.GetProperty("kind").GetString()!)];
}
