using System.Net;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts.Acceptance;
using SkillStation.Contracts.Dispatch;
using SkillStation.Contracts.Requests;
using SkillStation.Contracts.Scheduler;
using SkillStation.Platform;

namespace SkillStation.Acceptance.Tests;

/// <summary>A running Acceptance with small courses; each class that a test makes is at an institution of its own, so that tests do not meet.</summary>
public sealed class Scene : IAsyncLifetime
{
    public const string Level = "X-level";
    public const string Life = "X-life";
    public const string Review = "X-review";
    public const string District = "440106";
    private static int institutions;
    private static int stations;

    public RunningService Service { get; private set; } = null!;

    public HttpClient Http => Service.Http;

    public DateOnly Today => Service.Clock.Today();

    public async ValueTask InitializeAsync()
    {
        Service = await RunningService.StartAsync(new AcceptanceModule());
        await Service.Hear(Course(Level, "Approval", "Level", "SkillLevelCertificate", "IfGoalIsWork"));
        await Service.Hear(Course(Life, "RecordOnly", "None", "AttendanceProof", "Never"));
        await Service.Hear(Course(Review, "RecordOnly", "PlanReview", "CompletionCertificate", "Always"));
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    public static CourseListed Course(string code, string filing, string assessment, string credential, string followUp, int version = 1, decimal hours = 8) => new()
    {
        CourseCode = code,
        Version = version,
        Name = "课程 " + code,
        NameEn = "Course " + code,
        OccupationCode = "X",
        Level = "L5",
        TrainingKind = "SkillUpgrade",
        Clusters = [],
        Hours = hours,
        MinSize = 2,
        MaxSize = 30,
        Assessment = assessment,
        Credential = credential,
        Filing = filing,
        FollowUp = followUp,
        AutoDispatch = false,
        AgeMin = 16,
        At = RunningService.Start,
    };

    /// <summary>An institution with rooms R1 (28) and R2 (2), teachers T1 and T2, and T9 who teaches something else.</summary>
    public async Task<string> Institution(DateOnly? qualifiedTo = null)
    {
        var code = $"T-{Interlocked.Increment(ref institutions):000}";
        await Service.InDb<AcceptanceDb, int>(db =>
        {
            db.Institutions.Add(new Institution { Id = db.NewId(), Code = code, Name = "测试学校 " + code, NameEn = "School " + code, Kind = "PrivateSchool", DistrictCode = District, Longitude = 113, Latitude = 23, Quality = 0.8m });
            db.Rooms.AddRange(
                new Room { InstitutionCode = code, Number = "R1", Name = "实训室", Capacity = 28, Kind = "Practical" },
                new Room { InstitutionCode = code, Number = "R2", Name = "小课室", Capacity = 2, Kind = "Theory" },
                new Room { InstitutionCode = code, Number = "R3", Name = "单间", Capacity = 1, Kind = "Theory" });
            db.Instructors.AddRange(
                new Instructor { InstitutionCode = code, Number = "T1", Name = "甲老师", OccupationCodes = "X;Y" },
                new Instructor { InstitutionCode = code, Number = "T2", Name = "乙老师", OccupationCodes = "X" },
                new Instructor { InstitutionCode = code, Number = "T9", Name = "丙老师", OccupationCodes = "Y" });
            db.Qualifications.AddRange(new[] { Level, Life, Review }.Select(c => new Qualification
            {
                Id = db.NewId(), InstitutionCode = code, CourseCode = c, Level = "L5", TrainingKind = "SkillUpgrade", ValidFrom = new DateOnly(2025, 1, 1), ValidTo = qualifiedTo ?? new DateOnly(2030, 12, 31),
            }));
            return db.SaveChangesAsync();
        });
        return code;
    }

    public async Task<string> Station(int room = 20)
    {
        var code = $"S-{Interlocked.Increment(ref stations):000}";
        await Service.Hear(new StationOpened
        {
            StationCode = code, Name = "站点 " + code, NameEn = "Station " + code, DistrictCode = District, DistrictName = "天河区", DistrictNameEn = "Tianhe",
            Longitude = 113, Latitude = 23, RoomCapacity = room, Accessible = true, At = RunningService.Start,
        });
        return code;
    }

    public async Task<Run> Offered(string course = Level, int learners = 3, bool forced = false, string? institution = null, string station = "S-000", Guid[]? residents = null)
    {
        var run = new Run(this, institution ?? await Institution(), Guid.CreateVersion7(), Guid.CreateVersion7(), [.. Enumerable.Range(0, learners).Select(_ => Guid.CreateVersion7())],
            residents ?? [.. Enumerable.Range(0, learners).Select(_ => Guid.CreateVersion7())]);
        await Service.Hear(run.Offer(course, forced, station));
        return run;
    }

    public async Task<Run> Accepted(string course = Level, int learners = 3, string? institution = null, string station = "S-000", Guid[]? residents = null)
    {
        var run = await Offered(course, learners, false, institution, station, residents);
        Assert.Equal(HttpStatusCode.OK, (await run.Accept()).Status);
        return run;
    }

    /// <summary>Filed, or open when the course only needs recording; the capacity is that of the room.</summary>
    public async Task<Run> Scheduled(string course = Level, int learners = 3, string room = "R1", string? institution = null, Guid[]? residents = null, int daysAhead = 7)
    {
        var run = await Accepted(course, learners, institution, residents: residents);
        var answer = await run.Schedule(Two(Today.AddDays(daysAhead), room));
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Code);
        return run;
    }

    public async Task<Run> Open(string course = Level, int learners = 3, string room = "R1", Guid[]? residents = null)
    {
        var run = await Scheduled(course, learners, room, residents: residents);
        if (course == Level)
        {
            Assert.Equal(HttpStatusCode.OK, (await run.Decide("approve")).Status);
        }

        return run;
    }

    /// <summary>Open, with everybody who was offered a seat having taken it, and the clock at the first session.</summary>
    public async Task<Run> Ready(string course = Level, int learners = 3, string room = "R1")
    {
        var run = await Open(course, learners, room);
        foreach (var learner in (await run.View()).Roster("Offered"))
        {
            await run.Confirm(learner);
        }

        Service.Clock.TryMoveTo(await run.StartsAt(1));
        return run;
    }

    /// <summary>Taught to the end; every learner was there unless the marks of the two sessions say otherwise.</summary>
    public async Task<Run> Taught(string course = Level, int learners = 3, Dictionary<int, string[]>? marks = null)
    {
        var run = await Ready(course, learners);
        for (var session = 1; session <= 2; session++)
        {
            Service.Clock.TryMoveTo(await run.StartsAt(session));
            var there = (await run.View()).Roster("Confirmed");
            var given = run.Learners.Index().Where(l => there.Contains(l.Item)).Select(l => (object)new { requestId = l.Item, mark = marks?.GetValueOrDefault(l.Index)?[session - 1] ?? "Present" });
            Assert.Equal(HttpStatusCode.OK, (await run.Mark(session, [.. given])).Status);
            Assert.Equal(HttpStatusCode.OK, (await run.Close(session)).Status);
        }

        return run;
    }

    /// <summary>Two sessions of four hours on two mornings.</summary>
    public static object[] Two(DateOnly from, string room = "R1", string teacher = "T1") =>
        [Session(from, room: room, teacher: teacher), Session(from.AddDays(1), room: room, teacher: teacher)];

    public static object Session(DateOnly date, string slot = "Morning", decimal hours = 4, string? room = "R1", string teacher = "T1", bool? stationRoom = null) =>
        new { date, slot, hours, roomNumber = room, stationRoom, instructorNumber = teacher };

    public Task Due(string kind, Guid subject) => Service.Hear(Reached(kind, subject, "Due"));

    public DeadlineReached Reached(string kind, Guid subject, string stage) => new()
    {
        DeadlineId = Guid.CreateVersion7(), Kind = kind, SubjectId = subject, Stage = stage, DueAt = Service.Clock.GetUtcNow(), At = Service.Clock.GetUtcNow(),
    };

    internal Task<T> InDb<T>(Func<AcceptanceDb, Task<T>> work) => Service.InDb(work);

    internal Task<List<Occupancy>> Hours(Guid classId) => InDb(db => db.Occupancies.AsNoTracking().Where(o => o.ClassId == classId).ToListAsync());
}

/// <summary>One offer and the class that comes of it, as a test drives it.</summary>
public sealed class Run(Scene scene, string institution, Guid offerId, Guid poolId, Guid[] learners, Guid[] residents)
{
    public string Institution => institution;

    public Guid OfferId => offerId;

    public Guid PoolId => poolId;

    public Guid[] Learners => learners;

    public Guid[] Residents => residents;

    public Guid ClassId { get; private set; }

    public string Offers => $"/api/v1/institutions/{institution}/offers";

    public string Classes => $"/api/v1/institutions/{institution}/classes";

    public string Class => $"{Classes}/{ClassId}";

    public ClassOffered Offer(string course, bool forced = false, string station = "S-000", int attempt = 1) => new()
    {
        OfferId = offerId,
        PoolId = poolId,
        Attempt = attempt,
        InstitutionCode = institution,
        StationCode = station,
        DistrictCode = Scene.District,
        CourseCode = course,
        TimePattern = "WeekdayDaytime",
        Learners = [.. learners.Select((l, i) => new OfferedLearner { RequestId = l, ResidentId = residents[i], QueuedAt = RunningService.Start.AddMinutes(i), Needs = i == 0 ? ["Wheelchair"] : [] })],
        Reasons = [new ReasonGiven { Code = "Near", Chinese = "离得近", English = "It is near" }],
        Forced = forced,
        At = scene.Service.Clock.GetUtcNow(),
    };

    public Task<Answer> AcceptOnly() => scene.Http.Post($"{Offers}/{offerId}/accept");

    public async Task<Answer> Accept(string? ifMatch = null)
    {
        var answer = await scene.Http.Post($"{Offers}/{offerId}/accept", ifMatch: ifMatch);
        if (answer.Status == HttpStatusCode.OK)
        {
            ClassId = answer.Body.GetProperty("classId").GetGuid();
        }

        return answer;
    }

    public Task<Answer> Schedule(object[] sessions, string? ifMatch = null) => scene.Http.Post(Class + "/schedule", new { sessions }, ifMatch: ifMatch);

    public Task<Answer> Decide(string verb, object? body = null) => scene.Http.Post($"/api/v1/districts/{Scene.District}/filings/{ClassId}/{verb}", body);

    public async Task<Answer> View() => await scene.Http.Get(Class);

    public async Task<string> State() => (await View()).Text("state");

    public async Task<DateTimeOffset> StartsAt(int session) => (await View()).Body.GetProperty("sessions")[session - 1].GetProperty("startsAt").GetDateTimeOffset();

    public async Task<Guid> SessionId(int session) => (await View()).Body.GetProperty("sessions")[session - 1].GetProperty("id").GetGuid();

    public Task Confirm(Guid learner, Guid? messageId = null) =>
        scene.Service.Hear(new SeatConfirmed { RequestId = learner, ClassId = ClassId, At = scene.Service.Clock.GetUtcNow() }, messageId);

    public Task GiveBack(Guid learner, string reason = "ByResident", Guid? messageId = null) =>
        scene.Service.Hear(new SeatDeclined { RequestId = learner, ClassId = ClassId, Reason = reason, At = scene.Service.Clock.GetUtcNow() }, messageId);

    public Task Withdraw(Guid learner) =>
        scene.Service.Hear(new RequestWithdrawn { RequestId = learner, ResidentId = Guid.CreateVersion7(), Reason = "ByResident", At = scene.Service.Clock.GetUtcNow() });

    public Task<Answer> Mark(int session, params object[] marks) => scene.Http.Put($"{Class}/sessions/{session}/attendance", new { marks });

    public Task<Answer> Mark(int session, Guid learner, string mark) => Mark(session, new { requestId = learner, mark });

    public Task<Answer> Close(int session) => scene.Http.Post($"{Class}/sessions/{session}/close");

    public Task<Answer> Results(params object[] results) => scene.Http.Put(Class + "/results", new { assessor = "考评员甲", results });

    public Task<Answer> Pass(Guid learner) => Results(new { requestId = learner, theory = 80, practical = 75 });

    public Task<SeatReleased> Released(Guid learner) => scene.Service.Publishes<SeatReleased>(m => m.RequestId == learner && m.ClassId == ClassId);

    public Task<SeatOffered> Seated(Guid learner) => scene.Service.Publishes<SeatOffered>(m => m.RequestId == learner && m.ClassId == ClassId);

    public Task<LearnerDropped> Dropped(Guid learner) => scene.Service.Publishes<LearnerDropped>(m => m.RequestId == learner && m.ClassId == ClassId);
}

public static class Reading
{
    /// <summary>Requests of those on the roster who stand so.</summary>
    public static List<Guid> Roster(this Answer view, string state) =>
        [.. view.Body.GetProperty("roster").EnumerateArray().Where(l => l.GetProperty("state").GetString() == state).Select(l => l.GetProperty("requestId").GetGuid())];

    public static System.Text.Json.JsonElement Learner(this Answer view, Guid requestId) =>
        view.Body.GetProperty("roster").EnumerateArray().Single(l => l.GetProperty("requestId").GetGuid() == requestId);

    public static string[] Items(this Answer page, string property) => [.. page.Body.GetProperty("items").EnumerateArray().Select(i => i.GetProperty(property).ToString())];
}
