using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler.Tests;

public sealed class IndicatorTests : IAsyncLifetime
{
    private readonly RunningScheduler scheduler = new();

    public ValueTask InitializeAsync() => scheduler.InitializeAsync();

    public ValueTask DisposeAsync() => scheduler.DisposeAsync();

    [Fact]
    public async Task Each_fact_is_counted_once_in_whatever_order_it_is_heard()
    {
        var (request, offer, trainingClass, at) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), scheduler.Now.AddDays(-60));
        var hear = scheduler.Service;
        Func<Task>[] facts =
        [
            () => hear.Hear(Facts.Submitted(request, at)),
            () => hear.Hear(Facts.Admitted(request, at.AddHours(1))),
            () => hear.Hear(Facts.Pooled(request, at.AddHours(1))),
            () => hear.Hear(Facts.Offered(offer, at.AddDays(3), request)),
            () => hear.Hear(Facts.Accepted(offer, trainingClass, at.AddDays(4))),
            () => hear.Hear(Facts.SeatTaken(request, at.AddDays(6))),
            () => hear.Hear(Facts.Started(trainingClass, at.AddDays(9.5), request)),
            () => hear.Hear(Facts.Certified(request, at.AddDays(40))),
            () => hear.Hear(Facts.Rated(request, at.AddDays(41), stars: 4)),
        ];
        foreach (var fact in facts.Reverse().Concat(facts))
        {
            await fact();
        }

        await hear.Hear(Facts.Completed(request, at.AddDays(40)));

        var figures = await Get("");
        Assert.All(
            new[] { "asked", "admitted", "pooled", "dispatched", "accepted", "seatConfirmed", "started", "completed", "certified", "rated", "casesOpened" },
            name => Assert.Equal((name, 1), (name, figures.GetProperty(name).GetInt32())));
        Assert.Equal(4m, figures.GetProperty("meanRating").GetDecimal());
        Assert.Equal(9.5m, figures.GetProperty("medianDaysToFirstLesson").GetDecimal());
    }

    [Fact]
    public async Task Those_who_went_another_way_are_counted_there()
    {
        var requests = Enumerable.Range(0, 4).Select(_ => Guid.NewGuid()).ToList();
        foreach (var request in requests)
        {
            await scheduler.Service.Hear(Facts.Submitted(request, scheduler.Now));
        }

        await scheduler.Service.Hear(Facts.Refused(requests[0], scheduler.Now));
        await scheduler.Service.Hear(Facts.Withdrawn(requests[1], scheduler.Now));
        await scheduler.Service.Hear(Facts.Unserved(requests[2], scheduler.Now));
        await scheduler.Service.Hear(Facts.Dropped(requests[3], scheduler.Now));

        var figures = await Get("");
        Assert.Equal([4, 1, 1, 1, 1], new[] { "asked", "refused", "withdrawn", "unserved", "dropped" }.Select(n => figures.GetProperty(n).GetInt32()));
        Assert.Equal(JsonValueKind.Null, figures.GetProperty("medianDaysToFirstLesson").ValueKind);
        Assert.Equal(JsonValueKind.Null, figures.GetProperty("meanRating").ValueKind);
    }

    [Theory]
    [InlineData("", 4)]
    [InlineData("?district=440106", 3)]
    [InlineData("?station=440105001-1", 1)]
    [InlineData("?kind=LifeSkills", 1)]
    [InlineData("?kind=LifeSkills&district=440105", 0)]
    [InlineData("?from=2026-02-10", 2)]
    [InlineData("?to=2026-02-09", 2)]
    [InlineData("?from=2026-02-09&to=2026-02-10", 2)]
    [InlineData("?district=none", 0)]
    public async Task A_filter_narrows_what_is_counted(string query, int asked)
    {
        await scheduler.Service.Hear(Facts.Submitted(Guid.NewGuid(), Facts.Local("2026-02-01T10:00")));
        await scheduler.Service.Hear(Facts.Submitted(Guid.NewGuid(), Facts.Local("2026-02-09T23:59")) with { CourseCode = RunningScheduler.OtherCourse });
        await scheduler.Service.Hear(Facts.Submitted(Guid.NewGuid(), Facts.Local("2026-02-10T00:00")));
        await scheduler.Service.Hear(Facts.Submitted(Guid.NewGuid(), Facts.Local("2026-02-20T10:00")) with { StationCode = RunningScheduler.OtherStation });

        Assert.Equal(asked, (await Get(query)).GetProperty("asked").GetInt32());
    }

    [Theory]
    [InlineData(new[] { 4.0 }, 4.0)]
    [InlineData(new[] { 2.0, 10.0, 4.0 }, 4.0)]
    [InlineData(new[] { 2.0, 10.0, 4.0, 5.5 }, 4.8)]   // 4.75
    public async Task The_median_wait_is_that_of_the_middle(double[] days, decimal median)
    {
        var at = scheduler.Now.AddDays(-20);
        foreach (var wait in days)
        {
            var request = Guid.NewGuid();
            await scheduler.Service.Hear(Facts.Submitted(request, at));
            await scheduler.Service.Hear(Facts.Started(Guid.NewGuid(), at.AddDays(wait), request));
        }

        Assert.Equal(median, (await Get("")).GetProperty("medianDaysToFirstLesson").GetDecimal());
    }

    [Fact]
    public async Task Employment_counts_proof_keeps_the_unreached_and_leaves_out_who_does_not_seek()
    {
        var cases = new List<PlacementCase>();
        for (var i = 0; i < 6; i++)
        {
            cases.Add(await scheduler.CaseOf(Guid.NewGuid()));
        }

        scheduler.Service.Pass(TimeSpan.FromDays(90));
        await scheduler.Sweep();
        await Say(cases[0], 90, "EmployedContract", "SystemMatch");
        await Say(cases[1], 90, "SelfEmployed", "Document");
        await Say(cases[2], 90, "EmployedContract", "SelfReported");
        await Say(cases[3], 90, "Seeking", "SelfReported");
        await Say(cases[4], 90, "NotSeeking", "SelfReported");
        scheduler.Service.Pass(TimeSpan.FromDays(16));
        await scheduler.Sweep();   // the sixth was not reached

        var at90 = (await Get("")).GetProperty("at90Days");
        Assert.Equal((5, 4, 2), (at90.GetProperty("asked").GetInt32(), at90.GetProperty("answered").GetInt32(), at90.GetProperty("employed").GetInt32()));
        Assert.Equal((0.8m, 0.4m), (at90.GetProperty("responseRate").GetDecimal(), at90.GetProperty("employedRate").GetDecimal()));
        Assert.Equal("SystemMatch 0.25, Document 0.25, SelfReported 0.5", string.Join(", ", at90.GetProperty("byEvidence").EnumerateObject().Select(p => $"{p.Name} {p.Value.GetDecimal():0.##}")));
    }

    [Fact]
    public async Task Sustained_is_counted_of_the_cases_that_ran_to_their_end()
    {
        var (kept, lost, open) = (await scheduler.CaseOf(Guid.NewGuid()), await scheduler.CaseOf(Guid.NewGuid()), 0);
        foreach (var (days, point) in new[] { (30, 30), (60, 90), (90, 180) })
        {
            scheduler.Service.Pass(TimeSpan.FromDays(days));
            await scheduler.Sweep();
            await Say(kept, point, "EmployedContract", "SystemMatch");
        }

        scheduler.Service.Pass(TimeSpan.FromDays(16));
        await scheduler.Sweep();
        await scheduler.CaseOf(Guid.NewGuid());
        open++;

        var figures = await Get("");
        var at180 = figures.GetProperty("at180Days");
        Assert.Equal(2 + open, figures.GetProperty("casesOpened").GetInt32());
        Assert.Equal((2, 1, 0.5m, 0.5m), (at180.GetProperty("decided").GetInt32(), at180.GetProperty("sustained").GetInt32(), at180.GetProperty("rate").GetDecimal(), at180.GetProperty("responseRate").GetDecimal()));
        Assert.Equal(CaseState.Closed, await scheduler.InDb(db => db.Cases.Where(c => c.Id == lost.Id).Select(c => c.State).SingleAsync()));
    }

    [Fact]
    public async Task Of_a_course_the_highest_version_says_its_kind()
    {
        await scheduler.Service.Hear(Facts.Listed("course-a", "PreJob", version: 2));
        await scheduler.Service.Hear(Facts.Listed("course-a", "LifeSkills", version: 1));
        await scheduler.Service.Hear(Facts.Submitted(Guid.NewGuid(), scheduler.Now) with { CourseCode = "course-a" });

        Assert.Equal(1, (await Get("?kind=PreJob")).GetProperty("asked").GetInt32());
    }

    [Fact]
    public async Task A_days_snapshot_is_written_once_for_the_city_and_each_district_and_stays()
    {
        await scheduler.Service.Hear(Facts.Submitted(Guid.NewGuid(), scheduler.Now.AddDays(-2)));
        await scheduler.Service.Hear(Facts.Submitted(Guid.NewGuid(), scheduler.Now));   // today's are not in yesterday's figures
        Assert.Equal(3, await scheduler.InDb(db => SnapshotIndicators.Run(db, scheduler.Now, default)));
        await scheduler.Service.Hear(Facts.Submitted(Guid.NewGuid(), scheduler.Now.AddDays(-2)));
        Assert.Equal(0, await scheduler.InDb(db => SnapshotIndicators.Run(db, scheduler.Now, default)));

        var page = await scheduler.Service.Http.Get("/api/v1/indicators/snapshots?size=2&from=2026-03-01&to=2026-03-01");
        var rest = await scheduler.Service.Http.Get($"/api/v1/indicators/snapshots?size=2&after={page.Text("next")}");
        var city = await scheduler.Service.Http.Get("/api/v1/indicators/snapshots?scope=city");

        Assert.Equal(["440105", "440106", "city"], page.Body.GetProperty("items").EnumerateArray().Concat(rest.Body.GetProperty("items").EnumerateArray()).Select(s => s.GetProperty("scope").GetString()!));
        Assert.Equal(1, city.Body.GetProperty("items").EnumerateArray().Single().GetProperty("figures").GetProperty("asked").GetInt32());
    }

    [Fact]
    public async Task Snapshots_written_at_the_same_moment_do_not_double_the_day()
    {
        var written = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scheduler.InDb(db => SnapshotIndicators.Run(db, scheduler.Now, default))));

        Assert.Equal(3, written.Sum());
        Assert.Equal(3, await scheduler.InDb(db => db.Snapshots.CountAsync()));
    }

    private async Task<JsonElement> Get(string query) => (await scheduler.Service.Http.Get("/api/v1/indicators" + query)).Body;

    private Task<Answer> Say(PlacementCase placement, int point, string outcome, string evidence) => scheduler.Service.Http.Post(
        $"/api/v1/stations/{placement.StationCode}/follow-ups/{placement.Tasks.Single(t => t.Point == point).Id}/answer", new { outcome, evidence });
}
