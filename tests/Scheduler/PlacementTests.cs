using System.Net;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts;
using SkillStation.Contracts.Requests;
using SkillStation.Contracts.Scheduler;
using SkillStation.Platform;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler.Tests;

public sealed class OpenPlacementCaseTests(RunningScheduler scheduler) : IClassFixture<RunningScheduler>
{
    [Fact]
    public async Task Completion_with_work_as_the_goal_opens_a_case_with_its_four_points()
    {
        var request = Guid.NewGuid();
        var placement = await scheduler.CaseOf(request);

        var day = placement.CompletedAt.LocalDate();
        Assert.Equal(CaseState.Open, placement.State);
        Assert.Equal([(7, 10), (30, 45), (90, 105), (180, 195)], placement.Tasks.OrderBy(t => t.Point).Select(t => (t.OpensOn.DayNumber - day.DayNumber, t.WindowEnds.DayNumber - day.DayNumber)));
        var opened = await scheduler.Service.Publishes<CaseOpened>(c => c.RequestId == request);
        Assert.Equal((placement.Id, RunningScheduler.Station), (opened.CaseId, opened.StationCode));
    }

    [Theory]
    [InlineData(Goals.FindJob, FollowUpRules.IfGoalIsWork, true, true)]
    [InlineData(Goals.StartBusiness, FollowUpRules.IfGoalIsWork, true, true)]
    [InlineData(Goals.Life, FollowUpRules.IfGoalIsWork, true, false)]
    [InlineData(Goals.Life, FollowUpRules.Always, true, true)]
    [InlineData(Goals.FindJob, FollowUpRules.Never, true, false)]
    [InlineData(Goals.FindJob, FollowUpRules.Always, false, false)]
    public async Task Rule_goal_and_consent_decide_whether_a_case_is_opened(string goal, string rule, bool mayContact, bool opened)
    {
        var request = Guid.NewGuid();
        await scheduler.Service.Hear(Facts.Submitted(request, scheduler.Now) with { Goal = goal, MayContact = mayContact });
        await scheduler.Service.Hear(Facts.Completed(request, scheduler.Now) with { FollowUp = rule });

        Assert.Equal(opened, await scheduler.InDb(db => db.Cases.AnyAsync(c => c.RequestId == request)));
    }

    [Fact]
    public async Task The_latest_goal_counts_however_the_news_came()
    {
        var request = Guid.NewGuid();
        await scheduler.Service.Hear(Facts.Amended(request, scheduler.Now, version: 3, goal: Goals.FindJob));
        await scheduler.Service.Hear(Facts.Amended(request, scheduler.Now, version: 2, goal: Goals.Life));
        await scheduler.Service.Hear(Facts.Submitted(request, scheduler.Now.AddDays(-1)) with { Goal = Goals.Life });
        await scheduler.Service.Hear(Facts.Completed(request, scheduler.Now));

        Assert.True(await scheduler.InDb(db => db.Cases.AnyAsync(c => c.RequestId == request)));
    }

    [Fact]
    public async Task Completion_that_is_heard_before_the_request_waits_for_it()
    {
        var request = Guid.NewGuid();
        var completed = scheduler.Service.Hear(Facts.Completed(request, scheduler.Now));
        await scheduler.Service.Hear(Facts.Submitted(request, scheduler.Now.AddDays(-30)));
        await completed;

        Assert.True(await scheduler.InDb(db => db.Cases.AnyAsync(c => c.RequestId == request)));
    }

    [Fact]
    public async Task A_completion_that_is_told_many_times_opens_one_case()
    {
        var (request, resident) = (Guid.NewGuid(), Guid.NewGuid());
        await scheduler.Service.Hear(Facts.Submitted(request, scheduler.Now.AddDays(-30)) with { ResidentId = resident });
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => scheduler.Service.Hear(Facts.Completed(request, scheduler.Now) with { ResidentId = resident })));

        Assert.Equal(1, await scheduler.InDb(db => db.Cases.CountAsync(c => c.RequestId == request)));
    }

    [Fact]
    public async Task A_consent_given_after_the_request_counts()
    {
        var (request, resident) = (Guid.NewGuid(), Guid.NewGuid());
        await scheduler.Service.Hear(Facts.Consent(resident, true, scheduler.Now.AddDays(-1)));
        await scheduler.Service.Hear(Facts.Submitted(request, scheduler.Now.AddDays(-30)) with { ResidentId = resident, MayContact = false });
        await scheduler.Service.Hear(Facts.Completed(request, scheduler.Now) with { ResidentId = resident });

        Assert.True(await scheduler.InDb(db => db.Cases.AnyAsync(c => c.RequestId == request)));
    }

    [Fact]
    public async Task Who_takes_the_consent_back_is_not_asked_any_more()
    {
        var (request, resident) = (Guid.NewGuid(), Guid.NewGuid());
        var placement = await scheduler.CaseOf(request, resident);

        await scheduler.Service.Hear(Facts.Consent(resident, false, scheduler.Now));

        var closed = await scheduler.InDb(db => db.Cases.Include(c => c.Tasks).SingleAsync(c => c.Id == placement.Id));
        Assert.Equal(CaseState.ClosedByRequest, closed.State);
        Assert.All(closed.Tasks, t => Assert.Equal(FollowUpState.Cancelled, t.State));
        Assert.Equal("ByRequest", (await scheduler.Service.Publishes<CaseClosed>(c => c.CaseId == placement.Id)).Result);
    }

    [Fact]
    public async Task Of_two_words_about_consent_the_later_counts()
    {
        var (request, resident) = (Guid.NewGuid(), Guid.NewGuid());
        var placement = await scheduler.CaseOf(request, resident);

        await scheduler.Service.Hear(Facts.Consent(resident, true, scheduler.Now));
        await scheduler.Service.Hear(Facts.Consent(resident, false, scheduler.Now.AddDays(-1)));
        await scheduler.Service.Hear(new ConsentChanged { ResidentId = resident, Purpose = ConsentPurposes.FaceCheckIn, Granted = false, At = scheduler.Now });

        Assert.Equal(CaseState.Open, await scheduler.InDb(db => db.Cases.Where(c => c.Id == placement.Id).Select(c => c.State).SingleAsync()));
    }
}

public sealed class FollowUpTests : IAsyncLifetime
{
    private readonly RunningScheduler scheduler = new();

    public ValueTask InitializeAsync() => scheduler.InitializeAsync();

    public ValueTask DisposeAsync() => scheduler.DisposeAsync();

    [Fact]
    public async Task A_point_opens_on_its_day_and_is_on_the_stations_list_until_it_is_answered()
    {
        var placement = await scheduler.CaseOf(Guid.NewGuid());
        Assert.Empty(await List());
        scheduler.Service.Pass(TimeSpan.FromDays(7));
        await scheduler.Sweep();

        var due = await scheduler.Service.Publishes<FollowUpDue>(m => m.CaseId == placement.Id);
        Assert.Equal((7, RunningScheduler.Station, placement.CompletedAt.LocalDate().AddDays(10)), (due.Point, due.StationCode, due.WindowEnds));
        Assert.Equal([7], await List());

        Assert.Equal(HttpStatusCode.OK, (await Say(placement, 7, "Seeking", "SelfReported")).Status);
        Assert.Empty(await List());
        Assert.Equal([7], await List("answered"));
        Assert.Equal([30, 90, 180], await List("waiting"));

        async Task<List<int>> List(string state = "due") =>
            [.. (await scheduler.Service.Http.Get($"/api/v1/stations/{RunningScheduler.Station}/follow-ups?state={state}")).Body.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("point").GetInt32())];
    }

    [Fact]
    public async Task The_list_begins_with_what_ends_first_and_comes_in_pages()
    {
        var cases = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            cases.Add((await scheduler.CaseOf(Guid.NewGuid())).Id);
            scheduler.Service.Pass(TimeSpan.FromDays(1));
        }

        await scheduler.CaseOf(Guid.NewGuid(), station: RunningScheduler.OtherStation);
        scheduler.Service.Pass(TimeSpan.FromDays(6));
        await scheduler.Sweep();
        var seen = new List<Guid>();
        for (string? after = ""; after is not null;)
        {
            var page = await scheduler.Service.Http.Get($"/api/v1/stations/{RunningScheduler.Station}/follow-ups?size=2&after={after}");
            seen.AddRange(page.Body.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("caseId").GetGuid()));
            after = page.Body.GetProperty("next").GetString();
        }

        Assert.Equal(cases, seen);
    }

    [Theory]
    [InlineData("/api/v1/stations/none/follow-ups", HttpStatusCode.NotFound, "station-not-found")]
    [InlineData("/api/v1/stations/440106009-1/follow-ups?state=later", HttpStatusCode.BadRequest, "state-unknown")]
    [InlineData("/api/v1/stations/440106009-1/follow-ups?state=1", HttpStatusCode.BadRequest, "state-unknown")]
    [InlineData("/api/v1/stations/440106009-1/follow-ups?state=due,waiting", HttpStatusCode.BadRequest, "state-unknown")]
    [InlineData("/api/v1/stations/440106009-1/follow-ups?after=9999999999-1", HttpStatusCode.BadRequest, "after-malformed")]
    [InlineData("/api/v1/cases/00000000-0000-0000-0000-000000000001", HttpStatusCode.NotFound, "case-not-found")]
    public async Task What_cannot_be_listed_is_refused(string path, HttpStatusCode status, string code)
    {
        var answer = await scheduler.Service.Http.Get(path);

        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Proof_of_work_is_a_placement_and_is_told_once()
    {
        var placement = await At(7);
        var first = await Say(placement, 7, "EmployedContract", "SystemMatch", new { trainingRelated = "Very", incomeBand = "From4000", source = "Station" });
        Assert.Equal(("Placed", 7), (first.Text("state"), first.Body.GetProperty("placedPoint").GetInt32()));
        scheduler.Service.Pass(TimeSpan.FromDays(23));
        await scheduler.Sweep();
        await Say(placement, 30, "EmployedContract", "Document");
        await scheduler.Service.Quiet<Data.SchedulerDb>();

        var placed = Assert.Single(scheduler.Service.Published<LearnerPlaced>(), m => m.CaseId == placement.Id);
        Assert.Equal((7, "EmployedContract", "SystemMatch"), (placed.Point, placed.Outcome, placed.Evidence));
        Assert.Equal(2, await scheduler.InDb(db => db.FollowUpAnswers.CountAsync(a => a.CaseId == placement.Id)));
    }

    [Fact]
    public async Task A_learners_own_word_is_not_counted_until_it_is_proven()
    {
        var placement = await At(7);
        Assert.Equal("PlacedUnverified", (await Say(placement, 7, "EmployedContract", "SelfReported")).Text("state"));
        await scheduler.Service.Quiet<Data.SchedulerDb>();
        Assert.DoesNotContain(scheduler.Service.Published<LearnerPlaced>(), m => m.CaseId == placement.Id);

        Assert.Equal("Placed", (await Say(placement, 7, "EmployedContract", "EmployerConfirmed")).Text("state"));
        await scheduler.Service.Publishes<LearnerPlaced>(m => m.CaseId == placement.Id);
    }

    [Theory]
    [InlineData(30, "Seeking", "SelfReported", HttpStatusCode.Conflict, "follow-up-not-due")]
    [InlineData(7, "EmployedContract", "InstitutionReported", HttpStatusCode.Conflict, "evidence-institution-alone")]
    [InlineData(7, "EmployedContract", null, HttpStatusCode.Conflict, "evidence-needed")]
    [InlineData(7, "Rich", "SelfReported", HttpStatusCode.BadRequest, "invalid-fields")]
    [InlineData(7, null, "SelfReported", HttpStatusCode.BadRequest, "invalid-fields")]
    [InlineData(7, "Seeking", "Rumour", HttpStatusCode.BadRequest, "invalid-fields")]
    public async Task What_cannot_be_an_answer_is_refused(int point, string? outcome, string? evidence, HttpStatusCode status, string code)
    {
        var placement = await At(7);
        var answer = await scheduler.Service.Http.Post(Path(placement, point), new { outcome, evidence });

        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task An_answer_needs_the_right_station_the_right_version_and_is_given_once()
    {
        var placement = await At(7);
        var path = Path(placement, 7);
        var body = new { outcome = "Seeking", evidence = "SelfReported" };
        var foreign = await scheduler.Service.Http.Post(path.Replace(RunningScheduler.Station, RunningScheduler.OtherStation, StringComparison.Ordinal), body);
        Assert.Equal((HttpStatusCode.NotFound, "follow-up-not-found"), (foreign.Status, foreign.Code));
        var unknown = await scheduler.Service.Http.Post($"/api/v1/stations/{RunningScheduler.Station}/follow-ups/{Guid.NewGuid()}/answer", body);
        Assert.Equal((HttpStatusCode.NotFound, "follow-up-not-found"), (unknown.Status, unknown.Code));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await scheduler.Service.Http.Post(path, body, ifMatch: "\"99\"")).Status);

        var read = await scheduler.Service.Http.Get($"/api/v1/cases/{placement.Id}");
        Assert.Equal(HttpStatusCode.OK, (await scheduler.Service.Http.Post(path, body, ifMatch: read.ETag)).Status);
        Assert.Equal("already-answered", (await scheduler.Service.Http.Post(path, body)).Code);
    }

    [Fact]
    public async Task Of_many_answers_at_once_one_counts()
    {
        var placement = await At(7);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Say(placement, 7, "EmployedContract", "SystemMatch")));

        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => Assert.Contains(a.Code, new[] { "already-answered", "stale-version" }));
        Assert.Equal(1, await scheduler.InDb(db => db.FollowUpAnswers.CountAsync(a => a.CaseId == placement.Id)));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]   // the control: without versions both answers count, and a placement is told twice
    public async Task Two_answers_at_the_same_moment_make_one_placement(bool guarded, int placements)
    {
        var placement = await At(7);
        var rendezvous = new Rendezvous(2, db => db.ChangeTracker.Entries<PlacementCase>().Any(e => e.State == EntityState.Modified));
        var told = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            await using var db = await scheduler.ByHand(rendezvous, versionsCount: guarded);
            var row = await db.Cases.Include(c => c.Tasks).SingleAsync(c => c.Id == placement.Id);
            db.Tell(row, row.Answer(row.Tasks.Single(t => t.Point == 7), Outcome.EmployedContract, Evidence.SystemMatch, scheduler.Now).Step!, scheduler.Now);
            return await db.SaveOrForget(default);
        }));

        Assert.Equal(placements, told.Count(saved => saved));
    }

    [Fact]
    public async Task Nobody_reached_twice_loses_the_case_and_a_late_answer_brings_it_back()
    {
        var placement = await At(7);
        scheduler.Service.Pass(TimeSpan.FromDays(4));
        Assert.Equal(1, (await scheduler.Sweep()).Body.GetProperty("followUpsMissed").GetInt32());
        Assert.Equal("Guiding", await State(placement));
        scheduler.Service.Pass(TimeSpan.FromDays(35));
        await scheduler.Sweep();
        Assert.Equal("Lost", await State(placement));

        Assert.Equal("Guiding", (await Say(placement, 30, "Seeking", "SelfReported")).Text("state"));
    }

    [Fact]
    public async Task Work_at_three_points_to_the_half_year_is_sustained()
    {
        var placement = await At(7);
        await Say(placement, 7, "Seeking", "SelfReported");
        foreach (var days in new[] { 23, 60, 90 })
        {
            scheduler.Service.Pass(TimeSpan.FromDays(days));
            await scheduler.Sweep();
            await Say(placement, days switch { 23 => 30, 60 => 90, _ => 180 }, "EmployedContract", "SystemMatch");
        }

        Assert.Equal("Sustained", await State(placement));
        await scheduler.Service.Publishes<PlacementSustained>(m => m.CaseId == placement.Id);
        Assert.Equal("Sustained", (await scheduler.Service.Publishes<CaseClosed>(m => m.CaseId == placement.Id)).Result);
        Assert.Equal("case-closed", (await Say(placement, 7, "EmployedContract", "SystemMatch")).Code);
    }

    [Fact]
    public async Task A_case_that_nobody_answered_is_closed_as_lost_after_its_last_window()
    {
        var placement = await At(7);
        scheduler.Service.Pass(TimeSpan.FromDays(190));
        Assert.Equal(1, (await scheduler.Sweep()).Body.GetProperty("casesClosed").GetInt32());

        Assert.Equal("Lost", (await scheduler.Service.Publishes<CaseClosed>(m => m.CaseId == placement.Id)).Result);
        Assert.Equal(0, (await scheduler.Sweep()).Body.GetProperty("casesClosed").GetInt32());
    }

    [Fact]
    public async Task An_outage_over_the_end_of_a_window_gives_its_days_back()
    {
        var placement = await At(7);
        scheduler.Service.Pass(TimeSpan.FromDays(6));

        await scheduler.Sweep(forgive: true);

        var task = await scheduler.InDb(db => db.FollowUps.SingleAsync(t => t.CaseId == placement.Id && t.Point == 7));
        Assert.Equal((FollowUpState.Due, placement.CompletedAt.LocalDate().AddDays(16)), (task.State, task.WindowEnds));
    }

    [Fact]
    public async Task A_job_is_suggested_to_who_looks_for_one()
    {
        var placement = await At(7);
        var path = $"/api/v1/stations/{RunningScheduler.Station}/cases/{placement.Id}/referrals";
        var body = new { post = "天河某家政公司 育婴员", occupationCode = "4-10-01-02" };

        var first = await scheduler.Service.Http.Post(path, body, key: "r1");
        var again = await scheduler.Service.Http.Post(path, body, key: "r1");

        Assert.Equal((HttpStatusCode.Created, first.Id), (first.Status, again.Id));
        Assert.Equal("Referred", await State(placement));
        Assert.Equal(1, (await scheduler.Service.Http.Get($"/api/v1/cases/{placement.Id}")).Body.GetProperty("referrals").GetInt32());
        Assert.Equal("personal-data-in-text", (await scheduler.Service.Http.Post(path, body with { post = "王女士 138 0013 8000" })).Code);
        Assert.Equal("invalid-fields", (await scheduler.Service.Http.Post(path, body with { occupationCode = "x" })).Code);
        Assert.Equal("case-not-found", (await scheduler.Service.Http.Post(path.Replace(RunningScheduler.Station, RunningScheduler.OtherStation, StringComparison.Ordinal), body)).Code);
        await Say(placement, 7, "EmployedContract", "SystemMatch");
        Assert.Equal("case-not-looking", (await scheduler.Service.Http.Post(path, body)).Code);
    }

    private async Task<PlacementCase> At(int day)
    {
        var placement = await scheduler.CaseOf(Guid.NewGuid());
        scheduler.Service.Pass(TimeSpan.FromDays(day));
        await scheduler.Sweep();
        return placement;
    }

    private static string Path(PlacementCase placement, int point) => $"/api/v1/stations/{placement.StationCode}/follow-ups/{placement.Tasks.Single(t => t.Point == point).Id}/answer";

    private Task<Answer> Say(PlacementCase placement, int point, string outcome, string evidence, object? more = null) =>
        scheduler.Service.Http.Post(Path(placement, point), new
        {
            outcome,
            evidence,
            trainingRelated = more?.GetType().GetProperty("trainingRelated")?.GetValue(more),
            incomeBand = more?.GetType().GetProperty("incomeBand")?.GetValue(more),
            source = more?.GetType().GetProperty("source")?.GetValue(more),
        });

    private async Task<string> State(PlacementCase placement) => (await scheduler.Service.Http.Get($"/api/v1/cases/{placement.Id}")).Text("state");
}
