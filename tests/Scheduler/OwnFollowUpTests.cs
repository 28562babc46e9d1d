using System.Net;
using Microsoft.EntityFrameworkCore;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler.Tests;

public sealed class OwnFollowUpTests(RunningScheduler scheduler) : IClassFixture<RunningScheduler>
{
    [Fact]
    public async Task Whoever_has_the_link_answers_and_it_counts_as_their_own_word()
    {
        var task = await Due();

        var before = await scheduler.Service.Http.Get(Path(task));
        var answer = await scheduler.Service.Http.Post(Path(task) + "/answer", new { outcome = "EmployedFlexible", trainingRelated = "Somewhat" });

        Assert.Equal(("Due", 7), (before.Text("state"), before.Body.GetProperty("point").GetInt32()));
        Assert.Equal((HttpStatusCode.OK, "Answered"), (answer.Status, answer.Text("state")));
        var placement = await scheduler.InDb(db => db.Cases.Include(c => c.Tasks).SingleAsync(c => c.Tasks.Any(t => t.Id == task)));
        Assert.Equal((Outcome.EmployedFlexible, Evidence.SelfReported, CaseState.PlacedUnverified), (placement.Tasks.Single(t => t.Id == task).Outcome, placement.Tasks.Single(t => t.Id == task).Evidence, placement.State));
    }

    [Fact]
    public async Task A_second_answer_changes_nothing()
    {
        var task = await Due();
        await scheduler.Service.Http.Post(Path(task) + "/answer", new { outcome = "Seeking" });

        var again = await scheduler.Service.Http.Post(Path(task) + "/answer", new { outcome = "SelfEmployed" });

        Assert.Equal((HttpStatusCode.Conflict, "already-answered"), (again.Status, again.Code));
    }

    [Fact]
    public async Task Who_would_rather_not_say_needs_no_reason()
    {
        var task = await Due();

        Assert.Equal(HttpStatusCode.OK, (await scheduler.Service.Http.Post(Path(task) + "/answer", new { outcome = "Refused" })).Status);
    }

    [Fact]
    public async Task A_link_that_was_never_given_opens_nothing_and_tells_of_nobody()
    {
        var task = await Due();

        Assert.Equal("follow-up-not-found", (await scheduler.Service.Http.Get(Path(Guid.CreateVersion7()))).Code);
        Assert.Equal("follow-up-not-found", (await scheduler.Service.Http.Post(Path(Guid.CreateVersion7()) + "/answer", new { outcome = "Seeking" })).Code);
        Assert.Equal("invalid-fields", (await scheduler.Service.Http.Post(Path(task) + "/answer", new { outcome = "Unreachable" })).Code);
        Assert.Equal(["courseCode", "point", "state", "stationCode", "windowEnds"], (await scheduler.Service.Http.Get(Path(task))).Body.EnumerateObject().Select(p => p.Name).Order());
    }

    private static string Path(Guid task) => $"/api/v1/follow-ups/{task}";

    private async Task<Guid> Due()
    {
        var placement = await scheduler.CaseOf(Guid.CreateVersion7());
        scheduler.Service.Pass(TimeSpan.FromDays(8));
        await scheduler.Sweep();
        return placement.Tasks.Single(t => t.Point == 7).Id;
    }
}
