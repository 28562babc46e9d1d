using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts;
using SkillStation.Contracts.Acceptance;
using SkillStation.Contracts.Dispatch;
using SkillStation.Contracts.Requests;
using SkillStation.Platform.Data;
using SkillStation.Scheduler.Data;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler.Tests;

/// <summary>One running Scheduler for the tests of a class.</summary>
public sealed class RunningScheduler : IAsyncLifetime
{
    public const string Station = "440106009-1";
    public const string OtherStation = "440105001-1";
    public const string Course = "4-10-01-05-L5";
    public const string OtherCourse = "6-01-01-01-L5";

    public RunningService Service { get; private set; } = null!;

    public DateTimeOffset Now => Service.Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        Service = await RunningService.StartAsync(new SchedulerModule());
        await Service.Hear(Facts.Opened(Station, "440106"));
        await Service.Hear(Facts.Opened(OtherStation, "440105"));
        await Service.Hear(Facts.Listed(Course, TrainingKinds.SkillUpgrade));
        await Service.Hear(Facts.Listed(OtherCourse, TrainingKinds.LifeSkills));
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    internal Task<T> InDb<T>(Func<SchedulerDb, Task<T>> work) => Service.InDb(work);

    /// <summary>The runs of one clock, first first.</summary>
    internal Task<List<Deadline>> Runs(string kind, Guid subject) =>
        InDb(db => db.Deadlines.AsNoTracking().Where(d => d.Kind == kind && d.SubjectId == subject).OrderBy(d => d.Round).ToListAsync());

    /// <summary>Runs the sweeps; by default the gap since the last is no outage.</summary>
    public Task<Answer> Sweep(bool forgive = false) => Service.Http.Post("/api/v1/sweeps", new { forgiveOutage = forgive });

    /// <summary>A case of a learner who has just completed a course.</summary>
    internal async Task<PlacementCase> CaseOf(Guid request, Guid? resident = null, string station = Station)
    {
        var person = resident ?? Guid.NewGuid();
        await Service.Hear(Facts.Submitted(request, Now.AddDays(-40)) with { ResidentId = person, StationCode = station });
        await Service.Hear(Facts.Completed(request, Now) with { ResidentId = person, StationCode = station });
        return (await InDb(db => db.Cases.AsNoTracking().Include(c => c.Tasks).SingleOrDefaultAsync(c => c.RequestId == request)))!;
    }

    /// <summary>The database by hand, with or without its guard; saves wait for each other at the <paramref name="rendezvous"/>.</summary>
    internal async Task<SchedulerDb> ByHand(Rendezvous rendezvous, bool versionsCount)
    {
        var connection = await InDb(db => Task.FromResult(db.Database.GetConnectionString()!));
        return versionsCount ? new GuardedDb(Options<GuardedDb>(), rendezvous) : new UnguardedDb(Options<UnguardedDb>(), rendezvous);

        DbContextOptions<T> Options<T>() where T : DbContext => new DbContextOptionsBuilder<T>().UseSqlite(connection).UseApplicationServiceProvider(Service.Services).Options;
    }

    private sealed class GuardedDb(DbContextOptions<GuardedDb> options, Rendezvous rendezvous) : RacingDb(options, rendezvous);

    private sealed class UnguardedDb(DbContextOptions<UnguardedDb> options, Rendezvous rendezvous) : RacingDb(options, rendezvous)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            base.OnModelCreating(modelBuilder);
            foreach (var version in modelBuilder.Model.GetEntityTypes().Select(t => t.FindProperty("Version")).Where(p => p is not null))
            {
                version!.IsConcurrencyToken = false;
            }
        }
    }

    private abstract class RacingDb(DbContextOptions options, Rendezvous rendezvous) : SchedulerDb(options)
    {
        public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
        {
            await rendezvous.Arrive(this);
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.ApplyConfigurationsFromAssembly(typeof(SchedulerDb).Assembly);
            base.OnModelCreating(modelBuilder);
        }
    }
}

/// <summary>Makes a race certain: everybody has read before anybody writes.</summary>
internal sealed class Rendezvous(int people, Func<DbContext, bool> catches)
{
    private readonly TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int arrived;

    public async Task Arrive(DbContext db)
    {
        if (!all.Task.IsCompleted && catches(db))
        {
            if (Interlocked.Increment(ref arrived) == people)
            {
                all.TrySetResult();
            }

            await all.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }
}

/// <summary>What the other services would tell.</summary>
internal static class Facts
{
    /// <summary>A Wednesday, 10:00 in Guangzhou, with no holiday near.</summary>
    public static readonly DateTimeOffset Wednesday = new(2026, 3, 4, 2, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Local(string text) => DateTimeOffset.Parse(text + "+08:00", CultureInfo.InvariantCulture);

    public static StationOpened Opened(string code, string district) => new()
    {
        StationCode = code,
        Name = "站",
        NameEn = "Station",
        DistrictCode = district,
        DistrictName = "区",
        DistrictNameEn = "District",
        Longitude = 113.3,
        Latitude = 23.1,
        RoomCapacity = 30,
        Accessible = true,
        At = Wednesday,
    };

    public static CourseListed Listed(string code, string kind, int version = 1) => new()
    {
        CourseCode = code,
        Version = version,
        Name = "课",
        NameEn = "Course",
        OccupationCode = "4-10-01-05",
        Level = "L5",
        TrainingKind = kind,
        Clusters = [],
        Hours = 40,
        MinSize = 10,
        MaxSize = 30,
        Assessment = Assessments.Level,
        Credential = "SkillLevelCertificate",
        Filing = FilingModes.Approval,
        FollowUp = FollowUpRules.IfGoalIsWork,
        AutoDispatch = false,
        AgeMin = 16,
        At = Wednesday,
    };

    public static RequestSubmitted Submitted(Guid request, DateTimeOffset at) => new()
    {
        RequestId = request,
        ResidentId = Guid.NewGuid(),
        CourseCode = RunningScheduler.Course,
        StationCode = RunningScheduler.Station,
        Goal = Goals.FindJob,
        Times = [TimePatterns.Weekend],
        MaxMinutes = 30,
        Needs = [],
        MayContact = true,
        At = at,
    };

    public static RequestAmended Amended(Guid request, DateTimeOffset at, int version = 2, string goal = Goals.FindJob) =>
        new() { RequestId = request, Version = version, Goal = goal, Times = [TimePatterns.Weekend], MaxMinutes = 30, Needs = [], At = at };

    public static RequestAdmitted Admitted(Guid request, DateTimeOffset at) => new() { RequestId = request, StationCode = RunningScheduler.Station, Automatic = false, At = at };

    public static RequestRefused Refused(Guid request, DateTimeOffset at) =>
        new() { RequestId = request, Code = "AgeOutOfRange", Alternative = new AlternativeOffered { Kind = "OtherCourse", Text = "…" }, At = at };

    public static RequestUnserved Unserved(Guid request, DateTimeOffset at) =>
        new() { RequestId = request, PoolId = Guid.NewGuid(), Code = "TooFewPeople", Alternative = new AlternativeOffered { Kind = "OtherCourse", Text = "…" }, At = at };

    public static InformationRequested Asked(Guid request, DateTimeOffset at) => new() { RequestId = request, Field = "goal", Question = "?", At = at };

    public static RequestWithdrawn Withdrawn(Guid request, DateTimeOffset at) => new() { RequestId = request, ResidentId = Guid.NewGuid(), Reason = SeatReasons.ByResident, At = at };

    public static RequestPooled Pooled(Guid request, DateTimeOffset at) =>
        new() { RequestId = request, PoolId = Guid.NewGuid(), Turn = 1, TimePattern = TimePatterns.Weekend, QueuedAt = at, At = at };

    public static PoolChanged Pool(Guid pool, int version, string state, DateTimeOffset at, bool widened = false, string kind = TrainingKinds.SkillUpgrade) => new()
    {
        PoolId = pool,
        Version = version,
        CourseCode = RunningScheduler.Course,
        TrainingKind = kind,
        DistrictCode = "440106",
        StationCode = RunningScheduler.Station,
        TimePattern = TimePatterns.Weekend,
        State = state,
        Members = 1,
        Threshold = 10,
        Attempt = 0,
        Widened = widened,
        At = at,
    };

    public static ClassOffered Offered(Guid offer, DateTimeOffset at, params Guid[] requests) => new()
    {
        OfferId = offer,
        PoolId = Guid.NewGuid(),
        Attempt = 1,
        InstitutionCode = "YC-017",
        StationCode = RunningScheduler.Station,
        DistrictCode = "440106",
        CourseCode = RunningScheduler.Course,
        TimePattern = TimePatterns.Weekend,
        Learners = [.. requests.Select(r => new OfferedLearner { RequestId = r, ResidentId = Guid.NewGuid(), QueuedAt = at, Needs = [] })],
        Reasons = [],
        Forced = false,
        At = at,
    };

    public static OfferAccepted Accepted(Guid offer, Guid trainingClass, DateTimeOffset at) =>
        new() { OfferId = offer, PoolId = Guid.NewGuid(), Attempt = 1, InstitutionCode = "YC-017", InstitutionName = "院", InstitutionNameEn = "I", ClassId = trainingClass, At = at };

    public static OfferDeclined Declined(Guid offer, DateTimeOffset at) =>
        new() { OfferId = offer, PoolId = Guid.NewGuid(), Attempt = 1, InstitutionCode = "YC-017", Answer = OfferAnswers.Declined, At = at };

    public static OfferRevoked Revoked(Guid offer, DateTimeOffset at) => new() { OfferId = offer, PoolId = Guid.NewGuid(), InstitutionCode = "YC-017", Reason = "…", At = at };

    public static ClassScheduled Scheduled(Guid trainingClass, DateTimeOffset at, params (Guid Id, DateTimeOffset EndsAt)[] sessions) => new()
    {
        ClassId = trainingClass,
        OfferId = Guid.NewGuid(),
        PoolId = Guid.NewGuid(),
        Attempt = 1,
        InstitutionCode = "YC-017",
        StationCode = RunningScheduler.Station,
        DistrictCode = "440106",
        CourseCode = RunningScheduler.Course,
        TrainingKind = TrainingKinds.SkillUpgrade,
        Capacity = 30,
        Venue = "一室",
        Sessions = [.. sessions.Select((s, i) => new SessionPlanned { SessionId = s.Id, Number = i + 1, StartsAt = s.EndsAt.AddHours(-3), EndsAt = s.EndsAt, Hours = 4 })],
        At = at,
    };

    public static ClassFiled Filed(Guid trainingClass, DateTimeOffset at, string mode = FilingModes.Approval) =>
        new() { ClassId = trainingClass, DistrictCode = "440106", Mode = mode, StartsOn = new DateOnly(2026, 4, 1), At = at };

    public static FilingDecided Decided(Guid trainingClass, DateTimeOffset at) => new() { ClassId = trainingClass, Decision = FilingDecisions.Approved, At = at };

    public static SeatOffered Seat(Guid request, DateTimeOffset at) =>
        new() { ClassId = Guid.NewGuid(), RequestId = request, PoolId = Guid.NewGuid(), Attempt = 1, FirstSessionAt = at.AddDays(7), FromWaitlist = false, At = at };

    public static SeatConfirmed SeatTaken(Guid request, DateTimeOffset at) => new() { RequestId = request, ClassId = Guid.NewGuid(), At = at };

    public static SeatDeclined SeatRefused(Guid request, DateTimeOffset at) => new() { RequestId = request, ClassId = Guid.NewGuid(), Reason = SeatReasons.ByResident, At = at };

    public static SeatReleased SeatFreed(Guid request, DateTimeOffset at) =>
        new() { ClassId = Guid.NewGuid(), RequestId = request, PoolId = Guid.NewGuid(), Reason = SeatReasons.ByResident, At = at };

    public static ClassStarted Started(Guid trainingClass, DateTimeOffset firstSession, params Guid[] requests) =>
        new() { ClassId = trainingClass, PoolId = Guid.NewGuid(), Requests = requests, FirstSessionAt = firstSession, At = firstSession.AddMinutes(5) };

    public static SessionClosed SheetClosed(Guid trainingClass, Guid session, DateTimeOffset at) =>
        new() { ClassId = trainingClass, SessionId = session, Number = 1, Present = 10, Absent = 0, Automatic = false, At = at };

    public static TeachingEnded Taught(Guid trainingClass, DateTimeOffset at, string assessment = Assessments.Level) => new() { ClassId = trainingClass, Assessment = assessment, At = at };

    public static ClassCompleted ClassOver(Guid trainingClass, DateTimeOffset at, params Guid[] attended) => new()
    {
        ClassId = trainingClass,
        PoolId = Guid.NewGuid(),
        InstitutionCode = "YC-017",
        Attended = attended,
        Completed = attended.Length,
        NotCompleted = 0,
        AttendanceRate = 1,
        At = at,
    };

    public static ClassCancelled Cancelled(Guid trainingClass, DateTimeOffset at, params Guid[] requests) =>
        new() { ClassId = trainingClass, PoolId = Guid.NewGuid(), Attempt = 1, Reason = "Revoked", Requests = requests, At = at };

    public static LearnerCompleted Completed(Guid request, DateTimeOffset at) => new()
    {
        ClassId = Guid.NewGuid(),
        RequestId = request,
        ResidentId = Guid.NewGuid(),
        CourseCode = RunningScheduler.Course,
        StationCode = RunningScheduler.Station,
        InstitutionCode = "YC-017",
        FollowUp = FollowUpRules.IfGoalIsWork,
        HoursAttended = 40,
        HoursScheduled = 40,
        At = at,
    };

    public static LearnerDropped Dropped(Guid request, DateTimeOffset at) => new() { ClassId = Guid.NewGuid(), RequestId = request, Reason = DropReasons.NoShow, Attended = false, At = at };

    public static CredentialIssued Certified(Guid request, DateTimeOffset at) =>
        new() { ClassId = Guid.NewGuid(), RequestId = request, Number = "1", Kind = "SkillLevelCertificate", IssuedOn = new DateOnly(2026, 3, 4), At = at };

    public static TrainingRated Rated(Guid request, DateTimeOffset at, int stars = 5) =>
        new() { RequestId = request, ClassId = Guid.NewGuid(), InstitutionCode = "YC-017", Overall = stars, ReallyTaught = true, Charged = false, At = at };

    public static ConsentChanged Consent(Guid resident, bool granted, DateTimeOffset at) => new() { ResidentId = resident, Purpose = ConsentPurposes.FollowUpContact, Granted = granted, At = at };
}

/// <summary>The real files of the service, without a database.</summary>
internal static class RealData
{
    public static WorkingCalendar Calendar(Action<int>? unpublished = null) => new(
        ReferenceData.Read<Row>(typeof(SchedulerModule).Assembly, "china-holidays.csv").Select(r => new CalendarDay { Date = r.Date, Name = r.Name, DayOff = r.DayOff == "yes" }), unpublished);

    private sealed record Row(DateOnly Date, string Name, string DayOff);
}
