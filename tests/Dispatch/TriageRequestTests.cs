using System.Net;
using SkillStation.Contracts;
using SkillStation.Contracts.Acceptance;
using SkillStation.Contracts.Dispatch;
using SkillStation.Contracts.Requests;
using SkillStation.Contracts.Scheduler;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;

namespace SkillStation.Dispatch.Tests;

public sealed class TriageRequestTests(City city)
{
    [Fact]
    public async Task A_clean_request_is_admitted_and_pooled_in_the_same_moment()
    {
        var course = await city.Course();

        var id = await city.Request(course);

        var request = await city.Request(id);
        Assert.Equal((RequestState.Pooled, 1), (request.State, request.Turn));
        Assert.True((await city.Service.Publishes<RequestAdmitted>(m => m.RequestId == id)).Automatic);
        var pooled = await city.Service.Publishes<RequestPooled>(m => m.RequestId == id);
        Assert.Equal((request.PoolId, 1, City.Daytime, request.QueuedAt), (pooled.PoolId, pooled.Turn, pooled.TimePattern, pooled.QueuedAt));
    }

    [Theory]
    [InlineData("AgeOutOfRange")]
    [InlineData("Duplicate")]
    [InlineData("SameOccupationThisYear")]
    [InlineData("EntrepreneurVsEmploymentSameYear")]
    [InlineData("NotAccessible")]
    [InlineData("StationUnknown")]
    public async Task A_request_that_fails_a_check_waits_for_a_person_and_is_not_refused(string check)
    {
        var (occupation, resident) = (City.Unique("O"), Guid.CreateVersion7());
        var course = await city.Course(occupation: occupation);
        var submission = City.Submission(course, resident: resident);
        switch (check)
        {
            case "AgeOutOfRange":
                submission = submission with { Age = 15 };
                break;
            case "Duplicate":
                await city.Request(await city.Course(occupation: occupation), resident: resident);
                break;
            case "SameOccupationThisYear":
                await Completed(await city.Course(occupation: occupation), resident, RunningService.Start.AddMonths(-11));
                break;
            case "EntrepreneurVsEmploymentSameYear":
                await Completed(await city.Course(kind: TrainingKinds.Entrepreneurship), resident, RunningService.Start.AddMonths(-2));
                break;
            case "NotAccessible":
                submission = submission with { StationCode = await NotAccessible(), Needs = ["Wheelchair"] };
                break;
            default:
                submission = submission with { StationCode = "nowhere" };
                break;
        }

        await city.Service.Hear(submission);

        var request = await city.Request(submission.RequestId);
        Assert.Equal((RequestState.AwaitingTriage, check), (request.State, string.Join(',', request.FailedChecks)));
        Assert.DoesNotContain(city.Service.Published<RequestRefused>(), m => m.RequestId == request.Id);
    }

    [Fact]
    public async Task A_training_completed_more_than_a_year_ago_is_no_hindrance()
    {
        var (occupation, resident) = (City.Unique("O"), Guid.CreateVersion7());
        var course = await city.Course(occupation: occupation);
        await Completed(course, resident, RunningService.Start.AddMonths(-13));

        var id = await city.Request(course, resident: resident);

        Assert.Equal(RequestState.Pooled, (await city.Request(id)).State);
    }

    [Fact]
    public async Task The_same_submission_twice_counts_once()
    {
        var course = await city.Course();
        var submission = City.Submission(course);
        var messageId = Guid.CreateVersion7();

        await city.Service.Hear(submission, messageId);
        await city.Service.Hear(submission, messageId);
        await city.Service.Hear(submission);

        var pool = await city.ReadPool((await city.Request(submission.RequestId)).PoolId!.Value);
        Assert.Equal(1, pool.Members);
    }

    [Fact]
    public async Task A_request_that_comes_before_its_course_waits_for_it()
    {
        var course = City.Unique("C");
        var submission = City.Submission(course);

        var heard = city.Service.Hear(submission);
        await city.Course(code: course);
        await heard;

        Assert.Equal(RequestState.Pooled, (await city.Request(submission.RequestId)).State);
    }

    [Fact]
    public async Task A_course_copy_keeps_the_highest_version_whatever_the_order()
    {
        var course = await city.Course(min: 4, version: 3);
        await city.Course(min: 9, version: 2, code: course);

        var pool = await city.ReadPool((await city.Request(await city.Request(course))).PoolId!.Value);

        Assert.Equal(4, pool.Threshold);
    }

    [Fact]
    public async Task When_the_time_to_look_is_over_a_request_that_is_clean_by_then_is_admitted()
    {
        var (occupation, resident) = (City.Unique("O"), Guid.CreateVersion7());
        var other = await city.Request(await city.Course(occupation: occupation), resident: resident);
        var id = await city.Request(await city.Course(occupation: occupation), resident: resident);
        await city.Service.Hear(new RequestWithdrawn { RequestId = other, ResidentId = resident, Reason = SeatReasons.ByResident, At = RunningService.Start });

        await city.Due(DeadlineKinds.Triage, id);

        Assert.Equal(RequestState.Pooled, (await city.Request(id)).State);
    }

    [Fact]
    public async Task When_the_time_to_look_is_over_a_request_that_still_fails_goes_to_the_districts_list()
    {
        var id = await city.Request(await city.Course(), age: 10);

        await city.Due(DeadlineKinds.Triage, id, DeadlineStages.FourFifths);
        Assert.Null((await city.Request(id)).EscalatedAt);
        await city.Due(DeadlineKinds.Triage, id);

        Assert.NotNull((await city.Request(id)).EscalatedAt);
        var list = await city.Http.Get($"/api/v1/districts/{City.District}/escalations");
        Assert.Contains(list.Body.GetProperty("requests").EnumerateArray(), r => r.GetProperty("id").GetGuid() == id);
    }

    [Fact]
    public async Task The_list_shows_oldest_first_why_a_person_must_look_and_until_when()
    {
        const string station = "440106001-1";
        var course = await city.Course();
        var late = await city.Request(course, station, minute: 5, age: 10);
        var early = await city.Request(course, station, minute: 1, age: 10);
        await Set(early, RunningService.Start.AddDays(1), RunningService.Start.AddHours(2));
        await Set(early, RunningService.Start.AddDays(9), RunningService.Start.AddHours(1));   // set earlier, heard later

        var first = await city.Http.Get($"/api/v1/stations/{station}/requests?state=AwaitingTriage&size=1");
        var second = await city.Http.Get($"/api/v1/stations/{station}/requests?state=AwaitingTriage&size=1&after={first.Text("next")}");

        var (a, b) = (first.Body.GetProperty("items")[0], second.Body.GetProperty("items")[0]);
        Assert.Equal((early, late), (a.GetProperty("id").GetGuid(), b.GetProperty("id").GetGuid()));
        Assert.Equal("年龄没有到这门课的要求。", a.GetProperty("failedChecks")[0].GetProperty("text").GetString());
        Assert.Equal(RunningService.Start.AddDays(1), a.GetProperty("dueAt").GetDateTimeOffset());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, second.Body.GetProperty("next").ValueKind);
    }

    [Theory]
    [InlineData("440106009-1/requests?after=x", "after-malformed", HttpStatusCode.BadRequest)]
    [InlineData("440106009-1/requests?state=Lost", "state-unknown", HttpStatusCode.BadRequest)]
    [InlineData("nowhere/requests", "station-not-found", HttpStatusCode.NotFound)]
    [InlineData("nowhere/pools", "station-not-found", HttpStatusCode.NotFound)]
    [InlineData("440106009-1/pools?state=7", "state-unknown", HttpStatusCode.BadRequest)]
    [InlineData("?after=nowhere", "after-malformed", HttpStatusCode.BadRequest)]
    [InlineData("440106009-1/pools?after=1_2", "after-malformed", HttpStatusCode.BadRequest)]
    public async Task A_list_that_cannot_be_made_says_why(string path, string code, HttpStatusCode status)
    {
        var answer = await city.Http.Get("/api/v1/stations/" + path);

        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Another_stations_request_cannot_be_seen()
    {
        var id = await city.Request(await city.Course());

        Assert.Equal(HttpStatusCode.OK, (await city.Http.Get($"/api/v1/stations/{City.Station}/requests/{id}")).Status);
        Assert.Equal("request-not-found", (await city.Http.Get($"/api/v1/stations/440106001-1/requests/{id}")).Code);
    }

    private Task Set(Guid request, DateTimeOffset due, DateTimeOffset at) => city.Service.Hear(new DeadlineSet
    {
        DeadlineId = Guid.CreateVersion7(),
        Kind = DeadlineKinds.Triage,
        SubjectId = request,
        DueAt = due,
        ExtendedBy = TimeSpan.Zero,
        At = at,
    });

    private Task<string> NotAccessible() => city.Service.InDb<DispatchDb, string>(db => Task.FromResult(db.Stations.First(s => !s.Accessible && s.DistrictCode == City.District).Code));

    private Task Completed(string course, Guid resident, DateTimeOffset at) => city.Service.Hear(new LearnerCompleted
    {
        ClassId = Guid.CreateVersion7(),
        RequestId = Guid.CreateVersion7(),
        ResidentId = resident,
        CourseCode = course,
        StationCode = City.Station,
        InstitutionCode = "YC",
        FollowUp = FollowUpRules.Never,
        HoursAttended = 40,
        HoursScheduled = 40,
        At = at,
    });
}
