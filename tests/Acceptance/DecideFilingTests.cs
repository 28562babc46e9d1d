using System.Net;
using SkillStation.Contracts.Acceptance;

namespace SkillStation.Acceptance.Tests;

public sealed class DecideFilingTests(Scene scene) : IClassFixture<Scene>
{
    [Fact]
    public async Task Approval_offers_seats_in_the_order_of_the_queue_and_puts_the_rest_on_the_waitlist()
    {
        var run = await scene.Scheduled(learners: 4, room: "R2");

        var answer = await run.Decide("approve");

        Assert.Equal("Open", answer.Text("state"));
        Assert.Equal("Approved", (await scene.Service.Publishes<FilingDecided>(m => m.ClassId == run.ClassId)).Decision);
        await scene.Service.Quiet<Data.AcceptanceDb>();
        var offered = scene.Service.Published<SeatOffered>().Where(m => m.ClassId == run.ClassId).ToList();
        Assert.Equal(run.Learners.Take(2), offered.Select(m => m.RequestId));
        Assert.All(offered, m => Assert.False(m.FromWaitlist));
        Assert.Equal(run.Learners.Skip(2).Zip([1, 2]), scene.Service.Published<LearnerWaitlisted>().Where(m => m.ClassId == run.ClassId).Select(m => (m.RequestId, m.Place)));
        var seats = answer.Body.GetProperty("seats");
        Assert.Equal((2, 2, 0, 2), (Count("capacity"), Count("offered"), Count("confirmed"), Count("waitlisted")));

        int Count(string name) => seats.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task A_person_with_another_class_at_that_time_is_passed_over_and_the_next_gets_the_seat()
    {
        var busy = Guid.CreateVersion7();
        await scene.Open(residents: [busy, Guid.CreateVersion7(), Guid.CreateVersion7()]);
        var run = await scene.Scheduled(learners: 3, room: "R2", residents: [busy, Guid.CreateVersion7(), Guid.CreateVersion7()]);

        await run.Decide("approve");

        Assert.Equal("LearnerClash", (await run.Released(run.Learners[0])).Reason);
        Assert.Equal(run.Learners.Skip(1), (await run.View()).Roster("Offered"));
    }

    [Fact]
    public async Task A_second_return_refuses_and_cancels()
    {
        var run = await scene.Scheduled();
        Assert.Equal("Returned", (await run.Decide("return", new { items = "请补教师证" })).Text("state"));
        Assert.Equal("请补教师证", (await run.View()).Body.GetProperty("filing").GetProperty("note").GetString());
        await run.Schedule(Scene.Two(scene.Today.AddDays(7)));

        var answer = await run.Decide("return", new { items = "还是不行" });

        Assert.Equal(("Cancelled", "FilingRefused"), (answer.Text("state"), answer.Text("cancelledFor")));
        var told = await scene.Service.Publishes<ClassCancelled>(m => m.ClassId == run.ClassId);
        Assert.Equal("FilingRefused", told.Reason);
        Assert.Equal(["Returned", "Refused"], scene.Service.Published<FilingDecided>().Where(m => m.ClassId == run.ClassId).Select(m => m.Decision));
    }

    [Fact]
    public async Task A_refusal_needs_a_reason_and_cancels_the_class()
    {
        var run = await scene.Scheduled();

        Assert.Equal(["reason"], (await run.Decide("refuse", new { reason = "" })).Fields);
        Assert.Equal("Cancelled", (await run.Decide("refuse", new { reason = "场地不合格" })).Text("state"));

        Assert.Equal(run.Learners, (await scene.Service.Publishes<ClassCancelled>(m => m.ClassId == run.ClassId)).Requests);
        Assert.Empty(await scene.Hours(run.ClassId));
    }

    [Fact]
    public async Task Silence_of_the_district_escalates_and_approves_nothing()
    {
        var run = await scene.Scheduled();

        await scene.Due("FilingDecision", run.ClassId);

        var filing = (await run.View()).Body.GetProperty("filing");
        Assert.Equal(("Filed", true), (filing.GetProperty("state").GetString(), filing.GetProperty("escalated").GetBoolean()));
        Assert.Equal("Filed", await run.State());
        Assert.Equal("Open", (await run.Decide("approve")).Text("state"));
    }

    [Fact]
    public async Task Another_district_finds_no_filing_and_a_decided_one_stays_decided()
    {
        var run = await scene.Scheduled();

        Assert.Equal(HttpStatusCode.NotFound, (await scene.Http.Post($"/api/v1/districts/440103/filings/{run.ClassId}/approve")).Status);
        await run.Decide("approve");
        Assert.Equal((HttpStatusCode.Conflict, "filing-not-open"), ((await run.Decide("approve")).Status, (await run.Decide("refuse", new { reason = "x" })).Code));
    }

    [Fact]
    public async Task Filings_are_listed_by_state_for_their_district()
    {
        var filed = await scene.Scheduled();
        var approved = await scene.Open();
        await scene.Accepted();

        var list = (await scene.Http.Get($"/api/v1/districts/{Scene.District}/filings?state=Filed&size=100")).Items("classId");

        Assert.Contains(filed.ClassId.ToString(), list);
        Assert.DoesNotContain(approved.ClassId.ToString(), list);
        Assert.Empty((await scene.Http.Get("/api/v1/districts/440103/filings")).Items("classId"));
    }
}
