using System.Net;
using SkillStation.Contracts;
using SkillStation.Contracts.Acceptance;
using SkillStation.Contracts.Dispatch;
using SkillStation.Contracts.Requests;
using SkillStation.Contracts.Scheduler;
using SkillStation.Requests.Data;

namespace SkillStation.Requests.Tests;

/// <summary>The service with three stations and as many residents as a test asks for; and what the other services would say.</summary>
public sealed class City : IAsyncLifetime
{
    public const string Carer = "4-10-01-05-L5";
    public const string CarerNextLevel = "4-10-01-05-L4";
    public const string Soup = "LS-healthy-soup";
    public const string Central = "440106001-1";
    public const string North = "440106002-1";
    public const string Far = "440115001-1";

    private int residents;

    public RunningService Service { get; private set; } = null!;

    public HttpClient Http => Service.Http;

    public DateTimeOffset Now => Service.Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        Service = await RunningService.StartAsync(new RequestsModule());
        await Service.Hear(Opened(Central, "中心站", "Central", 113.2644, 23.1291));
        await Service.Hear(Opened(North, "北站", "North", 113.2644, 23.1381));   // 1 km away
        await Service.Hear(Opened(Far, "南沙站", "Far", 113.5000, 22.8000));
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    public static Guid NewId() => Guid.CreateVersion7();

    public StationOpened Opened(string code, string name, string nameEn, double longitude, double latitude, DateTimeOffset? at = null) => new()
    {
        StationCode = code,
        Name = name,
        NameEn = nameEn,
        DistrictCode = code[..6],
        DistrictName = "天河区",
        DistrictNameEn = "Tianhe",
        Longitude = longitude,
        Latitude = latitude,
        RoomCapacity = 30,
        Accessible = true,
        At = at ?? Now,
    };

    public async Task<Guid> Resident(params string[] consents)
    {
        var phone = $"138{Interlocked.Increment(ref residents):D8}";
        var answer = await Http.Post("/api/v1/residents", new { name = "陈小明", phone, bornOn = "1986-03-03", consents = (string[])["HandleRequest", .. consents] });
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return answer.Id;
    }

    public static object Wish(string course = Carer, string? station = Central, object? near = null, string goal = Goals.FindJob, object? times = null, object? maxMinutes = null, object? needs = null, string? note = null) =>
        new { courseCode = course, stationCode = station, near, goal, times = times ?? new[] { "WeekdayEvening" }, maxMinutes = maxMinutes ?? 30, needs, note };

    public static object Change(string goal = Goals.ChangeJob, object? times = null, int maxMinutes = 45, object? needs = null, string? note = null) =>
        new { goal, times = times ?? new[] { "Weekend" }, maxMinutes, needs, note };

    /// <summary>A resident with a request that has just been submitted.</summary>
    public async Task<Wanted> Submitted(string course = Carer, Guid? resident = null, string? note = null)
    {
        var who = resident ?? await Resident("FollowUpContact");
        var answer = await Http.Post($"/api/v1/residents/{who}/requests", Wish(course, note: note));
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return new Wanted(this, who, answer.Id);
    }

    public async Task<Wanted> Pooled(Guid poolId, Wanted? of = null, DateTimeOffset? queuedAt = null)
    {
        var wanted = of ?? await Submitted();
        await Service.Hear(new RequestAdmitted { RequestId = wanted.Id, StationCode = Central, Automatic = true, At = Now });
        await Service.Hear(wanted.PooledNews(poolId, queuedAt: queuedAt));
        return wanted;
    }

    public async Task<Wanted> SeatOffered(Guid poolId, Guid classId, Wanted? of = null)
    {
        var wanted = await Pooled(poolId, of);
        await Service.Hear(wanted.SeatNews(classId, poolId));
        return wanted;
    }

    public async Task<Wanted> SeatConfirmed(Guid poolId, Guid classId)
    {
        var wanted = await SeatOffered(poolId, classId);
        Assert.Equal(HttpStatusCode.OK, (await wanted.Do("seat/confirm")).Status);
        return wanted;
    }

    public async Task<Wanted> AwaitingRating(Guid poolId, Guid classId)
    {
        var wanted = await SeatConfirmed(poolId, classId);
        await Service.Hear(new ClassStarted { ClassId = classId, PoolId = poolId, Requests = [wanted.Id], FirstSessionAt = Now, At = Now });
        await Service.Hear(wanted.CompletedNews(classId));
        await Service.Hear(Finished(classId, poolId, wanted.Id));
        return wanted;
    }

    public PoolChanged Pool(Guid id, int version, string state = PoolStates.Forming, int members = 3, int threshold = 15, int attempt = 0, string course = Carer, string station = Central, bool widened = false) => new()
    {
        PoolId = id,
        Version = version,
        CourseCode = course,
        TrainingKind = TrainingKinds.SkillUpgrade,
        DistrictCode = station[..6],
        StationCode = station,
        TimePattern = TimePatterns.WeekdayEvening,
        State = state,
        Members = members,
        Threshold = threshold,
        Attempt = attempt,
        Widened = widened,
        At = Now,
    };

    public OfferAccepted Accepted(Guid poolId, Guid classId, int attempt = 1) => new()
    {
        OfferId = NewId(),
        PoolId = poolId,
        Attempt = attempt,
        InstitutionCode = "YC-017",
        InstitutionName = "羊城职业培训学校",
        InstitutionNameEn = "Yangcheng Vocational School",
        ClassId = classId,
        At = Now,
    };

    public ClassScheduled Scheduled(Guid poolId, Guid classId, int attempt = 1) => new()
    {
        ClassId = classId,
        OfferId = NewId(),
        PoolId = poolId,
        Attempt = attempt,
        InstitutionCode = "YC-017",
        StationCode = Central,
        DistrictCode = "440106",
        CourseCode = Carer,
        TrainingKind = TrainingKinds.SkillUpgrade,
        Capacity = 20,
        Venue = "中心站 201 室",
        Sessions = [.. Enumerable.Range(1, 3).Select(n => new SessionPlanned { SessionId = NewId(), Number = n, StartsAt = Now.AddDays(n), EndsAt = Now.AddDays(n).AddHours(3), Hours = 4 })],
        At = Now,
    };

    public ClassCompleted Finished(Guid classId, Guid poolId, params Guid[] attended) => new()
    {
        ClassId = classId,
        PoolId = poolId,
        InstitutionCode = "YC-017",
        Attended = attended,
        Completed = attended.Length,
        NotCompleted = 0,
        AttendanceRate = 1,
        At = Now,
    };

    public DeadlineSet Clock(string kind, Guid subject, DateTimeOffset dueAt, DateTimeOffset? at = null) =>
        new() { DeadlineId = NewId(), Kind = kind, SubjectId = subject, DueAt = dueAt, ExtendedBy = TimeSpan.Zero, At = at ?? Now };

    public DeadlineReached Due(string kind, Guid subject, string stage = DeadlineStages.Due, DateTimeOffset? dueAt = null) =>
        new() { DeadlineId = NewId(), Kind = kind, SubjectId = subject, Stage = stage, DueAt = dueAt ?? Now, At = Now };

    internal Task<TResult> InDb<TResult>(Func<RequestsDb, Task<TResult>> work) => Service.InDb(work);

    public async Task<IReadOnlyList<T>> Told<T>(Func<T, bool> about) where T : class
    {
        await Service.Quiet<RequestsDb>();
        return [.. Service.Published<T>().Where(about)];
    }
}

/// <summary>A request in a test, seen through the API.</summary>
public sealed record Wanted(City City, Guid ResidentId, Guid Id)
{
    public string Path => $"/api/v1/residents/{ResidentId}/requests/{Id}";

    public Task<Answer> Get() => City.Http.Get(Path);

    public async Task<string> Status() => (await Get()).Text("status");

    public async Task<IReadOnlyList<string>> History() => [.. (await Get()).Body.GetProperty("history").EnumerateArray().Select(e => e.GetProperty("code").GetString()!)];

    public Task<Answer> Do(string command, object? body = null, string? key = null, string? ifMatch = null) => City.Http.Post($"{Path}/{command}", body, key, ifMatch);

    public Task Hear<T>(T news, Guid? messageId = null) where T : class => City.Service.Hear(news, messageId);

    public InformationRequested Question(DateTimeOffset? at = null) =>
        new() { RequestId = Id, Field = "times", Question = "您周末能来吗？", At = at ?? City.Now };

    public RequestRefused No() => new() { RequestId = Id, Code = "SameOccupationThisYear", Alternative = Instead(), At = City.Now };

    public static AlternativeOffered Instead() => new() { Kind = "OtherCourse", CourseCode = City.Soup, Text = "可以先学养生靓汤" };

    public RequestPooled PooledNews(Guid poolId, int turn = 1, DateTimeOffset? queuedAt = null, DateTimeOffset? at = null) =>
        new() { RequestId = Id, PoolId = poolId, Turn = turn, TimePattern = TimePatterns.WeekdayEvening, QueuedAt = queuedAt ?? City.Now, At = at ?? City.Now };

    public RequestUnserved UnservedNews(Guid poolId) => new() { RequestId = Id, PoolId = poolId, Code = "TooFewPeople", Alternative = Instead(), At = City.Now };

    public SeatOffered SeatNews(Guid classId, Guid poolId, bool fromWaitlist = false, DateTimeOffset? at = null) =>
        new() { ClassId = classId, RequestId = Id, PoolId = poolId, Attempt = 1, FirstSessionAt = City.Now.AddDays(7), FromWaitlist = fromWaitlist, At = at ?? City.Now };

    public LearnerWaitlisted WaitlistNews(Guid classId, Guid poolId, int place = 2, DateTimeOffset? at = null) =>
        new() { ClassId = classId, RequestId = Id, PoolId = poolId, Attempt = 1, Place = place, At = at ?? City.Now };

    public SeatReleased ReleasedNews(Guid classId, Guid poolId, string reason, DateTimeOffset? at = null) =>
        new() { ClassId = classId, RequestId = Id, PoolId = poolId, Reason = reason, At = at ?? City.Now };

    public LearnerCompleted CompletedNews(Guid classId) => new()
    {
        ClassId = classId,
        RequestId = Id,
        ResidentId = ResidentId,
        CourseCode = City.Carer,
        StationCode = City.Central,
        InstitutionCode = "YC-017",
        FollowUp = FollowUpRules.IfGoalIsWork,
        HoursAttended = 110,
        HoursScheduled = 120,
        At = City.Now,
    };

    public LearnerDropped DroppedNews(Guid classId, string reason, bool attended) => new() { ClassId = classId, RequestId = Id, Reason = reason, Attended = attended, At = City.Now };
}
