using System.Net;
using SkillStation.Contracts.Acceptance;

namespace SkillStation.Acceptance.Tests;

public sealed class ScheduleClassTests(Scene scene) : IClassFixture<Scene>
{
    [Fact]
    public async Task A_timetable_is_set_and_filed_in_one_go()
    {
        var run = await scene.Accepted();
        var first = scene.Today.AddDays(7);

        var answer = await run.Schedule(Scene.Two(first));

        Assert.Equal((HttpStatusCode.OK, "Filed"), (answer.Status, answer.Text("state")));
        var told = await scene.Service.Publishes<ClassScheduled>(m => m.ClassId == run.ClassId);
        Assert.Equal((28, 2, $"测试学校 {run.Institution} R1 实训室"), (told.Capacity, told.Sessions.Count, told.Venue));
        // 09:00 in Guangzhou, four class hours of 45 minutes and two breaks of 10.
        Assert.Equal(new DateTimeOffset(first.ToDateTime(new TimeOnly(1, 0)), TimeSpan.Zero), told.Sessions[0].StartsAt);
        Assert.Equal(TimeSpan.FromMinutes(200), told.Sessions[0].EndsAt - told.Sessions[0].StartsAt);
        Assert.Equal(("Approval", first), await Filed(run));
        Assert.DoesNotContain(scene.Service.Published<FilingDecided>(), m => m.ClassId == run.ClassId);
        Assert.Equal(4, (await scene.Hours(run.ClassId)).Count);
    }

    [Fact]
    public async Task What_only_needs_recording_is_open_at_once_and_may_start_tomorrow()
    {
        var run = await scene.Accepted(Scene.Life);

        var answer = await run.Schedule(Scene.Two(scene.Today.AddDays(1)));

        Assert.Equal("Open", answer.Text("state"));
        Assert.Equal("Recorded", (await scene.Service.Publishes<FilingDecided>(m => m.ClassId == run.ClassId)).Decision);
        await run.Seated(run.Learners[2]);
    }

    [Fact]
    public async Task Every_rule_of_a_timetable_is_kept_and_says_what_is_wrong()
    {
        var run = await scene.Accepted();
        var day = scene.Today.AddDays(7);
        var cases = new (object[] Sessions, string Code, string Field, string Says)[]
        {
            ([], "sessions-missing", "sessions", ""),
            ([Scene.Session(day)], "hours-do-not-add-up", "sessions", "4 课时，这门课要 8 课时"),
            (Scene.Two(scene.Today.AddDays(6)), "start-too-early", "sessions[0].date", day.ToString("yyyy-MM-dd")),
            ([Scene.Session(day.AddDays(1)), Scene.Session(day)], "sessions-out-of-order", "sessions[1].date", ""),
            ([Scene.Session(day), Scene.Session(day, teacher: "T2")], "sessions-out-of-order", "sessions[1].date", ""),
            ([Scene.Session(day), Scene.Session(day, "Afternoon"), Scene.Session(day, "Evening", 2)], "day-too-long", "sessions", "一天最多 8 课时"),
            (Scene.Two(day, room: "R7"), "room-unknown", "sessions[0].roomNumber", ""),
            ([Scene.Session(day), Scene.Session(day, "Afternoon", room: null)], "room-or-station-room", "sessions[1].roomNumber", ""),
            ([Scene.Session(day), Scene.Session(day, "Afternoon", stationRoom: true)], "room-or-station-room", "sessions[1].roomNumber", ""),
            ([Scene.Session(day), Scene.Session(day, "Afternoon", room: null, stationRoom: true)], "station-room-missing", "sessions[1].stationRoom", ""),
            (Scene.Two(day, teacher: "T7"), "instructor-unknown", "sessions[0].instructorNumber", ""),
            (Scene.Two(day, teacher: "T9"), "instructor-teaches-other", "sessions[0].instructorNumber", ""),
            ([Scene.Session(day, hours: 5)], "invalid-fields", "sessions[0].hours", ""),
            ([Scene.Session(day, slot: "Night")], "invalid-fields", "sessions[0].slot", ""),
        };
        foreach (var (sessions, code, field, says) in cases)
        {
            var answer = await run.Schedule(sessions);

            Assert.Equal((HttpStatusCode.BadRequest, code), (answer.Status, answer.Code));
            Assert.Equal([field], answer.Fields);
            Assert.Contains(says, System.Text.RegularExpressions.Regex.Unescape(answer.Body.GetProperty("errors").GetRawText()));
        }

        Assert.Equal("Planned", await run.State());
    }

    [Fact]
    public async Task The_qualification_must_be_valid_on_the_day_of_every_session()
    {
        var run = await scene.Accepted(institution: await scene.Institution(qualifiedTo: scene.Today.AddDays(7)));

        var answer = await run.Schedule(Scene.Two(scene.Today.AddDays(7)));

        Assert.Equal((HttpStatusCode.Conflict, "qualification-not-valid"), (answer.Status, answer.Code));
        Assert.Contains(scene.Today.AddDays(8).ToString("yyyy-MM-dd"), answer.Text("detail"));
    }

    [Fact]
    public async Task The_smallest_room_decides_the_seats_and_must_hold_enough_to_open()
    {
        var run = await scene.Accepted();
        var day = scene.Today.AddDays(7);

        Assert.Equal("room-too-small", (await run.Schedule([Scene.Session(day), Scene.Session(day, "Afternoon", room: "R3")])).Code);
        var answer = await run.Schedule([Scene.Session(day), Scene.Session(day, "Afternoon", room: "R2")]);

        Assert.Equal(2, answer.Body.GetProperty("seats").GetProperty("capacity").GetInt32());
    }

    [Fact]
    public async Task The_room_of_the_station_can_be_used_and_is_one_for_all_institutions()
    {
        var station = await scene.Station(room: 20);
        var day = scene.Today.AddDays(7);
        object[] sessions = [Scene.Session(day, room: null, stationRoom: true), Scene.Session(day, "Afternoon", room: null, stationRoom: true)];
        var run = await scene.Accepted(station: station);
        var other = await scene.Accepted(station: station);

        var answer = await run.Schedule(sessions);

        Assert.Equal((20, "站点 " + station), (answer.Body.GetProperty("seats").GetProperty("capacity").GetInt32(), answer.Text("venue")));
        Assert.Equal("room-taken", (await other.Schedule(sessions)).Code);
    }

    [Fact]
    public async Task A_taken_room_and_a_busy_teacher_are_told_with_the_session()
    {
        var institution = await scene.Institution();
        var run = await scene.Scheduled(institution: institution);
        var other = await scene.Accepted(institution: institution);
        var day = scene.Today.AddDays(8);   // the second session of the first class

        var room = await other.Schedule([Scene.Session(day, teacher: "T2"), Scene.Session(day, "Afternoon")]);
        var teacher = await other.Schedule([Scene.Session(day, room: "R2"), Scene.Session(day, "Afternoon", room: "R2")]);
        var free = await other.Schedule([Scene.Session(day, room: "R2", teacher: "T2"), Scene.Session(day, "Afternoon")]);

        Assert.Equal((HttpStatusCode.Conflict, "room-taken"), (room.Status, room.Code));
        Assert.Contains("第 1 次课", room.Text("detail"));
        Assert.Equal("instructor-taken", teacher.Code);
        Assert.Equal(HttpStatusCode.OK, free.Status);
        Assert.Equal("Filed", await run.State());
    }

    [Fact]
    public async Task A_returned_filing_is_scheduled_again_and_gives_back_what_it_no_longer_needs()
    {
        var run = await scene.Scheduled();
        await run.Decide("return", new { items = "请换教室" });
        var first = await run.SessionId(1);

        var answer = await run.Schedule(Scene.Two(scene.Today.AddDays(8), room: "R2"));

        Assert.Equal((HttpStatusCode.OK, "Filed"), (answer.Status, answer.Text("state")));
        Assert.NotEqual(first, await run.SessionId(1));
        var hours = await scene.Hours(run.ClassId);
        Assert.Equal(4, hours.Count);
        Assert.All(hours, h => Assert.True(h.Date >= scene.Today.AddDays(8)));
        Assert.DoesNotContain(hours, h => h.SubjectKey.EndsWith("/R1", StringComparison.Ordinal));
        await Eventually.True(() => scene.Service.Published<ClassFiled>().Count(m => m.ClassId == run.ClassId) == 2, "it is filed again");
    }

    [Fact]
    public async Task A_class_is_not_scheduled_twice()
    {
        var run = await scene.Scheduled();

        Assert.Equal("class-not-to-schedule", (await run.Schedule(Scene.Two(scene.Today.AddDays(9)))).Code);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await run.Schedule(Scene.Two(scene.Today.AddDays(9)), "\"1\"")).Status);
    }

    [Fact]
    public async Task Without_a_timetable_in_time_the_class_is_given_back_once()
    {
        var run = await scene.Accepted();
        var scheduled = await scene.Scheduled();

        await scene.Due("ClassScheduling", run.ClassId);
        await scene.Due("ClassScheduling", run.ClassId);
        await scene.Due("ClassScheduling", scheduled.ClassId);

        var told = await scene.Service.Publishes<OfferDeclined>(m => m.OfferId == run.OfferId);
        Assert.Equal("NotScheduled", told.Answer);
        await scene.Service.Quiet<Data.AcceptanceDb>();
        Assert.Single(scene.Service.Published<OfferDeclined>(), m => m.OfferId == run.OfferId);
        Assert.DoesNotContain(scene.Service.Published<ClassCancelled>(), m => m.ClassId == run.ClassId);
        Assert.Equal(("Cancelled", "NotScheduled"), ((await run.View()).Text("state"), (await run.View()).Text("cancelledFor")));
        Assert.Equal("NotScheduled", (await scene.Http.Get($"{run.Offers}/{run.OfferId}")).Text("state"));
        Assert.Equal("Filed", await scheduled.State());
    }

    [Fact]
    public async Task The_institution_can_cancel_before_the_start_and_everybody_keeps_their_place()
    {
        var run = await scene.Open();

        var answer = await scene.Http.Post(run.Class + "/cancel", new { reason = "老师生病" });

        Assert.Equal(("Cancelled", "ByInstitution", "老师生病"), (answer.Text("state"), answer.Text("cancelledFor"), answer.Text("cancelNote")));
        var told = await scene.Service.Publishes<ClassCancelled>(m => m.ClassId == run.ClassId);
        Assert.Equal(("ByInstitution", 1), (told.Reason, told.Attempt));
        Assert.Equal(run.Learners, told.Requests);
        Assert.Empty(await scene.Hours(run.ClassId));
        Assert.Equal("class-already-started", (await scene.Http.Post(run.Class + "/cancel", new { reason = "再一次" })).Code);
    }

    [Fact]
    public async Task Classes_are_listed_by_state()
    {
        var institution = await scene.Institution();
        var planned = await scene.Accepted(institution: institution);
        var filed = await scene.Scheduled(institution: institution);

        Assert.Equal([planned.ClassId.ToString(), filed.ClassId.ToString()], (await scene.Http.Get(planned.Classes)).Items("id"));
        Assert.Equal([filed.ClassId.ToString()], (await scene.Http.Get(planned.Classes + "?state=Filed")).Items("id"));
        Assert.Equal(HttpStatusCode.BadRequest, (await scene.Http.Get(planned.Classes + "?state=Nonsense")).Status);
    }

    private async Task<(string, DateOnly)> Filed(Run run)
    {
        var told = await scene.Service.Publishes<ClassFiled>(m => m.ClassId == run.ClassId);
        return (told.Mode, told.StartsOn);
    }
}
