using System.Net;
using SkillStation.Acceptance.Domain;

namespace SkillStation.Acceptance.Tests;

public sealed class CheckInTests(Scene scene) : IClassFixture<Scene>
{
    [Fact]
    public async Task Who_reads_the_code_in_the_room_is_present_and_again_is_no_harm()
    {
        var run = await scene.Ready(learners: 2);

        var first = await CheckIn(run, run.Residents[0], await Code(run));
        var again = await CheckIn(run, run.Residents[0], await Code(run));

        Assert.Equal((HttpStatusCode.OK, "Present", 1), (first.Status, first.Text("mark"), first.Body.GetProperty("number").GetInt32()));
        Assert.Equal((HttpStatusCode.OK, "Present"), (again.Status, again.Text("mark")));
        Assert.Equal("InProgress", await run.State());
    }

    [Fact]
    public async Task Who_comes_later_than_a_quarter_of_an_hour_is_late()
    {
        var run = await scene.Ready(learners: 2);
        scene.Service.Clock.TryMoveTo((await run.StartsAt(1)).AddMinutes(20));

        Assert.Equal("Late", (await CheckIn(run, run.Residents[0], await Code(run))).Text("mark"));
    }

    [Fact]
    public async Task What_the_teacher_wrote_stays()
    {
        var run = await scene.Ready(learners: 2);
        await run.Mark(1, run.Learners[0], "LeftEarly");

        Assert.Equal("LeftEarly", (await CheckIn(run, run.Residents[0], await Code(run))).Text("mark"));
    }

    [Fact]
    public async Task A_code_is_good_for_a_minute_and_for_its_own_session()
    {
        var run = await scene.Ready(learners: 2);
        var other = await scene.Ready(learners: 2);
        var code = await Code(run);

        Assert.Equal("check-in-code-wrong", (await CheckIn(other, other.Residents[0], code)).Code);
        scene.Service.Pass(TimeSpan.FromSeconds(CheckInCode.Seconds));
        Assert.NotEqual(code, await Code(run));
        Assert.Equal(HttpStatusCode.OK, (await CheckIn(run, run.Residents[0], code)).Status);
        scene.Service.Pass(TimeSpan.FromSeconds(3 * CheckInCode.Seconds));
        Assert.Equal((HttpStatusCode.BadRequest, "check-in-code-wrong"), ((await CheckIn(run, run.Residents[1], code)).Status, (await CheckIn(run, run.Residents[1], code)).Code));
    }

    [Fact]
    public async Task There_is_nothing_to_check_in_to_before_the_sheet_opens_and_after_it_is_closed()
    {
        var run = await scene.Open(learners: 2);
        await run.Confirm(run.Learners[0]);

        Assert.Equal("no-session-now", (await CheckIn(run, run.Residents[0], "123456")).Code);
        Assert.Equal("no-session-now", (await scene.Http.Get($"{run.Class}/sessions/1/check-in-code")).Code);
        Assert.Equal("session-not-found", (await scene.Http.Get($"{run.Class}/sessions/9/check-in-code")).Code);
    }

    [Fact]
    public async Task Who_has_no_seat_in_the_class_does_not_learn_that_there_is_one()
    {
        var run = await scene.Ready(learners: 2);

        Assert.Equal((HttpStatusCode.NotFound, "class-not-found"), ((await CheckIn(run, Guid.CreateVersion7(), await Code(run))).Status, (await CheckIn(run, Guid.CreateVersion7(), "123456")).Code));
        Assert.Equal(HttpStatusCode.NotFound, (await scene.Http.Get($"/api/v1/residents/{run.Residents[1]}/requests/{run.Learners[0]}/class")).Status);
    }

    [Fact]
    public async Task A_learner_sees_the_timetable_with_room_teacher_and_own_marks()
    {
        var run = await scene.Ready(learners: 2);
        await CheckIn(run, run.Residents[0], await Code(run));

        var own = await scene.Http.Get($"/api/v1/residents/{run.Residents[0]}/requests/{run.Learners[0]}/class");

        var sessions = own.Body.GetProperty("sessions").EnumerateArray().ToList();
        Assert.Equal(("Confirmed", 2, true), (own.Text("seatState"), sessions.Count, own.Body.GetProperty("checkInOpen").GetBoolean()));
        Assert.Equal(("实训室", "甲老师", "Present"), (sessions[0].GetProperty("room").GetString(), sessions[0].GetProperty("teacher").GetString(), sessions[0].GetProperty("mark").GetString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, sessions[1].GetProperty("mark").ValueKind);
    }

    private async Task<string> Code(Run run) => (await scene.Http.Get($"{run.Class}/sessions/1/check-in-code")).Text("code");

    private Task<Answer> CheckIn(Run run, Guid resident, string code) => scene.Http.Post($"/api/v1/residents/{resident}/check-ins", new { classId = run.ClassId, code });
}
