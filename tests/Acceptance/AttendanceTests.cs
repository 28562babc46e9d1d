using System.Net;
using SkillStation.Contracts.Acceptance;

namespace SkillStation.Acceptance.Tests;

public sealed class AttendanceTests(Scene scene) : IClassFixture<Scene>
{
    [Fact]
    public async Task The_first_learner_seen_starts_the_class_and_ends_the_waiting()
    {
        var run = await scene.Open(learners: 4, room: "R2");
        await run.Confirm(run.Learners[0]);
        scene.Service.Clock.TryMoveTo((await run.StartsAt(1)).AddMinutes(-20));

        var answer = await run.Mark(1, run.Learners[0], "Late");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal([run.Learners[0]], (await scene.Service.Publishes<ClassStarted>(m => m.ClassId == run.ClassId)).Requests);
        Assert.Equal("NoAnswer", (await run.Released(run.Learners[1])).Reason);
        Assert.Equal("ClassFull", (await run.Released(run.Learners[2])).Reason);
        Assert.Equal("InProgress", await run.State());
        await run.Mark(1, run.Learners[0], "Present");
        await scene.Service.Quiet<Data.AcceptanceDb>();
        Assert.Single(scene.Service.Published<ClassStarted>(), m => m.ClassId == run.ClassId);
    }

    [Fact]
    public async Task A_sheet_opens_twenty_minutes_before_the_session()
    {
        var run = await scene.Open(learners: 2);
        await run.Confirm(run.Learners[0]);

        var answer = await run.Mark(1, run.Learners[0], "Present");
        var close = await run.Close(1);

        Assert.Equal((HttpStatusCode.Conflict, "session-not-started"), (answer.Status, answer.Code));
        Assert.Contains("08:40", answer.Text("detail"));
        Assert.Contains("09:00", close.Text("detail"));
    }

    [Fact]
    public async Task Only_learners_with_a_confirmed_seat_are_marked_and_each_once()
    {
        var run = await scene.Ready(learners: 2);

        Assert.Equal(["marks[1].requestId"], (await run.Mark(1, Line(run.Learners[0]), Line(Guid.CreateVersion7()))).Fields);
        Assert.Equal(["marks[1].requestId"], (await run.Mark(1, Line(run.Learners[0]), Line(run.Learners[0]))).Fields);
        Assert.Equal("invalid-fields", (await run.Mark(1, run.Learners[0], "Asleep")).Code);
        Assert.Equal((HttpStatusCode.NotFound, "session-not-found"), ((await run.Mark(9, run.Learners[0], "Present")).Status, (await run.Close(9)).Code));
        Assert.Equal("Open", await run.State());

        static object Line(Guid learner) => new { requestId = learner, mark = "Present" };
    }

    [Fact]
    public async Task A_closed_sheet_counts_the_unmarked_as_absent_and_takes_no_more_marks()
    {
        var run = await scene.Ready(learners: 3);
        await run.Mark(1, run.Learners[0], "Present");
        await run.Mark(1, run.Learners[1], "LeftEarly");

        var closed = await run.Close(1);

        Assert.Equal((2, 1), (closed.Body.GetProperty("present").GetInt32(), closed.Body.GetProperty("absent").GetInt32()));
        var told = await scene.Service.Publishes<SessionClosed>(m => m.ClassId == run.ClassId);
        Assert.Equal((1, 2, 1, false), (told.Number, told.Present, told.Absent, told.Automatic));
        Assert.Equal("session-closed", (await run.Mark(1, run.Learners[2], "Present")).Code);
        Assert.Equal("session-closed", (await run.Close(1)).Code);
        var view = await run.View();
        Assert.Equal([1m, 0.5m, 0m], run.Learners.Select(l => view.Learner(l).GetProperty("attendanceRate").GetDecimal()));
    }

    [Fact]
    public async Task Time_closes_a_sheet_once_and_only_when_it_is_open()
    {
        var run = await scene.Ready(learners: 2);
        await run.Mark(1, run.Learners[0], "Present");
        var session = await run.SessionId(1);

        await scene.Due("SessionSheet", session);
        await scene.Due("SessionSheet", session);
        await scene.Due("SessionSheet", Guid.CreateVersion7());

        await scene.Service.Publishes<SessionClosed>(m => m.SessionId == session);
        await scene.Service.Quiet<Data.AcceptanceDb>();
        Assert.True(Assert.Single(scene.Service.Published<SessionClosed>(), m => m.SessionId == session).Automatic);
        var sheet = await scene.Http.Get($"{run.Class}/sessions/1");
        Assert.Equal(["Present", "Absent"], sheet.Body.GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("mark").GetString()));
    }

    [Fact]
    public async Task Who_misses_the_first_two_sessions_is_dropped_and_a_leave_is_not_a_miss()
    {
        var run = await scene.Taught(learners: 4, marks: new() { [1] = ["Absent", "Absent"], [2] = ["Excused", "Absent"], [3] = ["Present", "LeftEarly"] });

        Assert.Equal(("NoShow", false), (await run.Dropped(run.Learners[1]) is var gone ? (gone.Reason, gone.Attended) : default));
        Assert.Equal(("BelowAttendance", false), (await run.Dropped(run.Learners[2]) is var away ? (away.Reason, away.Attended) : default));
        Assert.Equal(("BelowAttendance", true), (await run.Dropped(run.Learners[3]) is var part ? (part.Reason, part.Attended) : default));   // 6 of 8 hours are less than 80 %
        Assert.Equal("Assessing", await run.State());
        Assert.Equal("Level", (await scene.Service.Publishes<TeachingEnded>(m => m.ClassId == run.ClassId)).Assessment);
        Assert.DoesNotContain(await scene.Hours(run.ClassId), h => h.SubjectKey == Domain.Occupancy.LearnerKey(run.Residents[1]));
    }

    [Fact]
    public async Task Without_an_assessment_the_end_of_teaching_completes_the_class()
    {
        var run = await scene.Taught(Scene.Life, learners: 2, marks: new() { [1] = ["Present", "Absent"] });

        var completed = await scene.Service.Publishes<LearnerCompleted>(m => m.ClassId == run.ClassId);
        Assert.Equal((run.Learners[0], run.Residents[0], "Never", 8m, 8m), (completed.RequestId, completed.ResidentId, completed.FollowUp, completed.HoursAttended, completed.HoursScheduled));
        Assert.Equal("AttendanceProof", (await scene.Service.Publishes<CredentialIssued>(m => m.ClassId == run.ClassId)).Kind);
        var told = await scene.Service.Publishes<ClassCompleted>(m => m.ClassId == run.ClassId);
        Assert.Equal((1, 1, 0.75m), (told.Completed, told.NotCompleted, told.AttendanceRate));
        Assert.Equal(run.Learners, told.Attended);
        Assert.Empty(await scene.Hours(run.ClassId));
        Assert.Equal("Completed", await run.State());
    }

    [Fact]
    public async Task Who_was_never_seen_is_not_among_those_who_may_rate()
    {
        var run = await scene.Taught(Scene.Life, learners: 2, marks: new() { [1] = ["Absent", "Absent"] });

        var told = await scene.Service.Publishes<ClassCompleted>(m => m.ClassId == run.ClassId);
        Assert.Equal([run.Learners[0]], told.Attended);
        Assert.Equal((1, 1, 0.5m), (told.Completed, told.NotCompleted, told.AttendanceRate));
    }

    [Fact]
    public async Task A_class_whose_first_sheet_saw_nobody_was_not_held()
    {
        var run = await scene.Ready(learners: 3, room: "R2");

        await run.Close(1);

        Assert.Equal("NotHeld", (await scene.Service.Publishes<ClassCancelled>(m => m.ClassId == run.ClassId)).Reason);
        Assert.Equal("class-not-running", (await run.Mark(2, run.Learners[0], "Present")).Code);
    }

    [Fact]
    public async Task Who_withdraws_from_a_running_class_is_dropped_and_keeps_what_was_recorded()
    {
        var run = await scene.Ready(learners: 2);
        await run.Mark(1, run.Learners[0], "Present");

        await run.Withdraw(run.Learners[0]);

        var told = await run.Dropped(run.Learners[0]);
        Assert.Equal(("Withdrawn", true), (told.Reason, told.Attended));
        Assert.Equal("InProgress", await run.State());
        Assert.Equal(4, (await run.View()).Learner(run.Learners[0]).GetProperty("hoursAttended").GetDecimal());
    }

    [Fact]
    public async Task Two_people_fill_one_sheet_at_the_same_time()
    {
        var run = await scene.Ready(learners: 6);

        var answers = await Task.WhenAll(run.Learners.Select(l => run.Mark(1, l, "Present")));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.Equal(6, (await run.Close(1)).Body.GetProperty("present").GetInt32());
        await scene.Service.Publishes<ClassStarted>(m => m.ClassId == run.ClassId);
        await scene.Service.Quiet<Data.AcceptanceDb>();
        Assert.Single(scene.Service.Published<ClassStarted>(), m => m.ClassId == run.ClassId);
    }
}
