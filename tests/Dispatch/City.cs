using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SkillStation.Contracts;
using SkillStation.Contracts.Acceptance;
using SkillStation.Contracts.Dispatch;
using SkillStation.Contracts.Requests;
using SkillStation.Contracts.Scheduler;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Dispatch.Tests;

[assembly: AssemblyFixture(typeof(City))]

namespace SkillStation.Dispatch.Tests;

/// <summary>
/// One running Dispatch for all tests that can share it: every test lists courses and institutions of its own, so that none sees another's.
/// What the other services would say is said here, in their words.
/// </summary>
public sealed class City : IAsyncLifetime
{
    /// <summary>In Tianhe, step-free.</summary>
    public const string Station = "440106009-1";
    public const string District = "440106";
    public const string Daytime = TimePatterns.WeekdayDaytime;
    public const string Evening = TimePatterns.WeekdayEvening;
    public const string Weekend = TimePatterns.Weekend;

    private static int last;

    public RunningService Service { get; private set; } = null!;

    public HttpClient Http => Service.Http;

    public async ValueTask InitializeAsync() => Service = await RunningService.StartAsync(new DispatchModule());

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    public static string Unique(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{Interlocked.Increment(ref last)}");

    public async Task<string> Course(
        int min = 3, int max = 5, bool auto = false, string kind = TrainingKinds.SkillUpgrade, string? occupation = null, int ageMin = 16, string? cluster = null, string? code = null, int version = 1)
    {
        code ??= Unique("C");
        await Service.Hear(new CourseListed
        {
            CourseCode = code,
            Version = version,
            Name = "课程" + code,
            NameEn = "Course " + code,
            OccupationCode = occupation ?? Unique("O"),
            Level = "L5",
            TrainingKind = kind,
            Clusters = [cluster ?? Unique("K")],
            Hours = 40,
            MinSize = min,
            MaxSize = max,
            Assessment = Assessments.Level,
            Credential = "SkillLevelCertificate",
            Filing = FilingModes.Approval,
            FollowUp = FollowUpRules.IfGoalIsWork,
            AutoDispatch = auto,
            AgeMin = ageMin,
            At = RunningService.Start,
        });
        return code;
    }

    /// <summary>An institution so many kilometres north of the station, qualified for the course unless said otherwise.</summary>
    public async Task<string> Institution(string course, double km = 2, decimal quality = 0.8m, int room = 40, string kind = TrainingKinds.SkillUpgrade, DateOnly? qualifiedTo = null, string? code = null)
    {
        code ??= Unique("YC");
        var (lng, lat) = await Service.InDb<DispatchDb, (double, double)>(async db =>
        {
            var station = await db.Stations.SingleAsync(s => s.Code == Station);
            return (station.Longitude, station.Latitude);
        });
        await Service.Hear(new InstitutionListed
        {
            InstitutionCode = code,
            Version = 1,
            Name = "机构" + code,
            NameEn = "School " + code,
            DistrictCode = District,
            Longitude = lng,
            Latitude = lat + km / 111.195,
            StartingQuality = quality,
            LargestRoom = room,
            At = RunningService.Start,
        });
        await Qualify(code, course, kind, qualifiedTo);
        return code;
    }

    public Task Qualify(string institution, string course, string kind = TrainingKinds.SkillUpgrade, DateOnly? to = null) => Service.Hear(new QualificationGranted
    {
        QualificationId = Guid.CreateVersion7(),
        InstitutionCode = institution,
        CourseCode = course,
        Level = "L5",
        TrainingKind = kind,
        ValidFrom = new DateOnly(2025, 1, 1),
        ValidTo = to ?? new DateOnly(2027, 12, 31),
        At = RunningService.Start,
    });

    public static RequestSubmitted Submission(
        string course, string station = Station, IReadOnlyList<string>? times = null, int minute = 0, Guid? resident = null, int? age = 40, IReadOnlyList<string>? needs = null) => new()
        {
            RequestId = Guid.CreateVersion7(),
            ResidentId = resident ?? Guid.CreateVersion7(),
            CourseCode = course,
            StationCode = station,
            Goal = Goals.FindJob,
            Times = times ?? [Daytime],
            MaxMinutes = 30,
            Needs = needs ?? [],
            Age = age,
            MayContact = true,
            At = RunningService.Start.AddMinutes(minute),
        };

    /// <summary>A request is heard; the answer is its id.</summary>
    public async Task<Guid> Request(
        string course, string station = Station, IReadOnlyList<string>? times = null, int minute = 0, Guid? resident = null, int? age = 40, IReadOnlyList<string>? needs = null)
    {
        var submission = Submission(course, station, times, minute, resident, age, needs);
        await Service.Hear(submission);
        return submission.RequestId;
    }

    /// <summary>So many requests for a course, a minute apart; the answer is the pool that they stand in.</summary>
    public async Task<Guid> Pool(string course, int members, string station = Station, string time = Daytime)
    {
        var id = Guid.Empty;
        for (var i = 0; i < members; i++)
        {
            id = await Request(course, station, [time], i);
        }

        return (await Request(id)).PoolId!.Value;
    }

    /// <summary>A ready pool that the first of so many institutions was offered; the answer is the pool.</summary>
    public async Task<(Guid Pool, string Course, DispatchedOffer Offer)> Offered(int members = 3, int institutions = 1)
    {
        var course = await Course();
        for (var i = 0; i < institutions; i++)
        {
            await Institution(course, km: 1 + i);
        }

        var pool = await Pool(course, members);
        var answer = await Http.Post($"/api/v1/stations/{Station}/pools/{pool}/dispatch", new { });
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.Status);
        return (pool, course, await LiveOffer(pool));
    }

    /// <summary>The same, accepted.</summary>
    public async Task<(Guid Pool, string Course, DispatchedOffer Offer, Guid ClassId)> Accepted(int members = 3, int institutions = 1)
    {
        var (pool, course, offer) = await Offered(members, institutions);
        var classId = Guid.CreateVersion7();
        await Service.Hear(Acceptance(offer, classId));
        return (pool, course, offer, classId);
    }

    public async Task<DispatchedOffer> LiveOffer(Guid pool) => await Service.InDb<DispatchDb, DispatchedOffer>(
        async db => await db.Offers.Where(o => o.LiveKey == pool).Select(o => new DispatchedOffer(o.Id, o.PoolId, o.Attempt, o.InstitutionCode)).SingleAsync());

    public static OfferAccepted Acceptance(DispatchedOffer offer, Guid classId) => new()
    {
        OfferId = offer.Id,
        PoolId = offer.PoolId,
        Attempt = offer.Attempt,
        InstitutionCode = offer.InstitutionCode,
        InstitutionName = "机构",
        InstitutionNameEn = "School",
        ClassId = classId,
        At = RunningService.Start,
    };

    public static OfferDeclined Decline(DispatchedOffer offer, string answer = OfferAnswers.Declined, DateTimeOffset? at = null) => new()
    {
        OfferId = offer.Id,
        PoolId = offer.PoolId,
        Attempt = offer.Attempt,
        InstitutionCode = offer.InstitutionCode,
        Answer = answer,
        Code = answer == OfferAnswers.Declined ? "NoTeacher" : null,
        At = at ?? RunningService.Start,
    };

    public static SeatReleased Release(Guid classId, Guid request, Guid pool, string reason) =>
        new() { ClassId = classId, RequestId = request, PoolId = pool, Reason = reason, At = RunningService.Start };

    public Task Due(string kind, Guid subject, string stage = DeadlineStages.Due, DateTimeOffset? dueAt = null) => Service.Hear(new DeadlineReached
    {
        DeadlineId = Guid.CreateVersion7(),
        Kind = kind,
        SubjectId = subject,
        Stage = stage,
        DueAt = dueAt ?? RunningService.Start,
        At = RunningService.Start,
    });

    internal Task<PooledRequest> Request(Guid id) => Service.InDb<DispatchDb, PooledRequest>(db => db.Requests.AsNoTracking().SingleAsync(r => r.Id == id));

    internal Task<DemandPool> ReadPool(Guid id) => Service.InDb<DispatchDb, DemandPool>(db => db.Pools.AsNoTracking().Include(p => p.History).SingleAsync(p => p.Id == id));

    internal Task<List<DispatchOffer>> Offers(Guid pool) => Service.InDb<DispatchDb, List<DispatchOffer>>(db => db.Offers.AsNoTracking().Where(o => o.PoolId == pool).OrderBy(o => o.Attempt).ToListAsync());

    internal Task<List<PooledRequest>> Members(Guid pool) =>
        Service.InDb<DispatchDb, List<PooledRequest>>(db => db.Requests.AsNoTracking().Where(r => r.PoolId == pool).OrderBy(r => r.QueuedAt).ToListAsync());

    /// <summary>The last that was said of a pool.</summary>
    public async Task<PoolChanged> Said(Guid pool)
    {
        var version = (await ReadPool(pool)).Version;
        return await Service.Publishes<PoolChanged>(p => p.PoolId == pool && p.Version == version);
    }

    /// <summary>Two database contexts at once, as two requests or two replicas have.</summary>
    internal async Task Twice(Func<DispatchDb, DispatchDb, Task> work) => await InTwo(Service, work);

    internal static async Task InTwo(RunningService service, Func<DispatchDb, DispatchDb, Task> work)
    {
        await using var one = service.Services.CreateAsyncScope();
        await using var other = service.Services.CreateAsyncScope();
        await work(one.ServiceProvider.GetRequiredService<DispatchDb>(), other.ServiceProvider.GetRequiredService<DispatchDb>());
    }
}

/// <summary>What an institution would know of an offer.</summary>
public sealed record DispatchedOffer(Guid Id, Guid PoolId, int Attempt, string InstitutionCode);
