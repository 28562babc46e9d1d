using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts;
using SkillStation.Contracts.Acceptance;
using SkillStation.Contracts.Dispatch;
using SkillStation.Contracts.Requests;
using SkillStation.Contracts.Scheduler;
using SkillStation.Dispatch.Data;
using SkillStation.Platform;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Races.Tests;

/// <summary>
/// A city, whole or in part, with what the races need: small courses of four hours that are held without approval and end with a proof of attendance,
/// institutions with one room and one teacher, and any number of residents.
/// </summary>
internal sealed class Town : IAsyncDisposable
{
    public const string Station = "440103001-1";
    public const string District = "440103";
    // A race needs all its clients inside at once, and those held back until the last has looked.
    private static readonly string[] Open =
        ["--Admission:Writes", "2000", "--Admission:WaitingWrites", "2000", "--Admission:Reads", "2000", "--Admission:WaitingReads", "2000", "--Database:Patience", "60"];

    private static int last;
    private readonly List<Guid> residents = [];
    private readonly HashSet<string> parts;

    private Town(RunningService service, IEnumerable<IServiceModule> modules) => (Service, parts) = (service, [.. modules.Select(m => m.Name)]);

    public RunningService Service { get; }

    public HttpClient Http => Service.Http;

    public DateTimeOffset Now => Service.Clock.GetUtcNow();

    public static async Task<Town> StartAsync(params IServiceModule[] modules) => await Known(new Town(await RunningService.StartWithAsync(Open, modules), modules));

    /// <summary>The same on files that outlive it.</summary>
    public static async Task<Town> StartInAsync(string folder, params IServiceModule[] modules) => await Known(new Town(await RunningService.StartWithAsync([.. Open, "--Database:DataDir", folder], modules), modules));

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    public static string Unique(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{Interlocked.Increment(ref last)}");

    /// <summary>So many clients, each on its own, as fast as they get through.</summary>
    public static Task<T[]> AtOnce<T>(int clients, Func<int, Task<T>> client) => Task.WhenAll(Enumerable.Range(0, clients).Select(i => Task.Run(() => client(i))));

    /// <summary>The first so many residents; those who are not there yet register.</summary>
    public async Task<IReadOnlyList<Guid>> Residents(int count)
    {
        residents.AddRange(await AtOnce(count - residents.Count is > 0 and var more ? more : 0, async _ =>
        {
            var phone = string.Create(CultureInfo.InvariantCulture, $"137{Interlocked.Increment(ref last):00000000}");
            var answer = await Http.Post("/api/v1/residents", new { name = "甲", phone, bornOn = "1986-03-03", consents = new[] { "HandleRequest" } });
            Assert.Equal(HttpStatusCode.Created, answer.Status);
            return answer.Id;
        }));
        return [.. residents.Take(count)];
    }

    public static string RequestsOf(Guid resident) => $"/api/v1/residents/{resident}/requests";

    public static object Wish(string course) =>
        new { courseCode = course, stationCode = Station, goal = Goals.Life, times = new[] { TimePatterns.Weekend }, maxMinutes = 60, needs = Array.Empty<string>() };

    public Task<Answer> Ask(Guid resident, string course, string? key = null) => Http.Post(RequestsOf(resident), Wish(course), key);

    /// <summary>A course of an occupation of its own.</summary>
    public async Task<string> Course(int min = 1, int max = 100, decimal hours = 4, bool auto = false)
    {
        var code = Unique("C");
        if (parts.Contains("requests"))
        {
            await Service.InDb<RequestsDb, int>(db =>
            {
                db.Courses.Add(new Course
                {
                    Id = db.NewId(), Code = code, Name = "课程", NameEn = "Course", OccupationCode = code, OccupationName = "工种", Level = "L5", TrainingKind = TrainingKinds.LifeSkills, Clusters = "",
                    Hours = hours, MinSize = min, MaxSize = max, Fee = 0, Assessment = Assessments.None, Credential = "AttendanceProof", Filing = FilingModes.RecordOnly, FollowUp = FollowUpRules.Never,
                    AutoDispatch = auto, AgeMin = 16, LicenceWarning = "", LicenceWarningEn = "", Summary = "", SummaryEn = "", Certainty = "", SearchText = code,
                });
                return db.SaveChangesAsync();
            });
        }

        await Service.Hear(new CourseListed
        {
            CourseCode = code, Version = 1, Name = "课程", NameEn = "Course", OccupationCode = code, Level = "L5", TrainingKind = TrainingKinds.LifeSkills, Clusters = [], Hours = hours, MinSize = min,
            MaxSize = max, Assessment = Assessments.None, Credential = "AttendanceProof", Filing = FilingModes.RecordOnly, FollowUp = FollowUpRules.Never, AutoDispatch = auto, AgeMin = 16, At = Now,
        });
        return code;
    }

    /// <summary>An institution beside the station that may teach the course, with so many seats in each of its rooms R1, R2 … and one teacher, T1.</summary>
    public async Task<string> Institution(string course, int seats, int rooms = 1)
    {
        var code = Unique("I");
        var (from, to) = (new DateOnly(2025, 1, 1), new DateOnly(2035, 12, 31));
        if (parts.Contains("acceptance"))
        {
            await Service.InDb<AcceptanceDb, int>(db =>
            {
                db.Institutions.Add(new Institution { Id = db.NewId(), Code = code, Name = "学校", NameEn = "School", Kind = "PrivateSchool", DistrictCode = District, Longitude = 113.251, Latitude = 23.125, Quality = 0.8m });
                db.Rooms.AddRange(Enumerable.Range(1, rooms).Select(n => new Room { InstitutionCode = code, Number = $"R{n}", Name = "课室", Capacity = seats, Kind = "Theory" }));
                db.Instructors.Add(new Instructor { InstitutionCode = code, Number = "T1", Name = "甲老师", OccupationCodes = course });
                db.Qualifications.Add(new Qualification { Id = db.NewId(), InstitutionCode = code, CourseCode = course, Level = "L5", TrainingKind = TrainingKinds.LifeSkills, ValidFrom = from, ValidTo = to });
                return db.SaveChangesAsync();
            });
        }

        await Service.Hear(new InstitutionListed
        {
            InstitutionCode = code, Version = 1, Name = "学校", NameEn = "School", DistrictCode = District, Longitude = 113.251, Latitude = 23.125, StartingQuality = 0.8m, LargestRoom = seats, At = Now,
        });
        await Service.Hear(new QualificationGranted
        {
            QualificationId = Guid.CreateVersion7(), InstitutionCode = code, CourseCode = course, Level = "L5", TrainingKind = TrainingKinds.LifeSkills, ValidFrom = from, ValidTo = to, At = Now,
        });
        return code;
    }

    /// <summary>An offer as it comes from a station, for requests of anybody or of these residents.</summary>
    public async Task<ClassOffered> Offer(string course, string institution, IReadOnlyList<(Guid Request, Guid Resident)> learners)
    {
        var offer = new ClassOffered
        {
            OfferId = Guid.CreateVersion7(), PoolId = Guid.CreateVersion7(), Attempt = 1, InstitutionCode = institution, StationCode = Station, DistrictCode = District, CourseCode = course,
            TimePattern = TimePatterns.Weekend, Learners = [.. learners.Select((l, i) => new OfferedLearner { RequestId = l.Request, ResidentId = l.Resident, QueuedAt = Now.AddMilliseconds(i), Needs = [] })],
            Reasons = [], Forced = false, At = Now,
        };
        await Service.Hear(offer);
        return offer;
    }

    public Task<Answer> Accept(string institution, Guid offer) => Http.Post($"/api/v1/institutions/{institution}/offers/{offer}/accept");

    /// <summary>The path of a class, once the institution has accepted the offer.</summary>
    public async Task<string> Accepted(string institution, Guid offer)
    {
        var answer = await Accept(institution, offer);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return $"/api/v1/institutions/{institution}/classes/{answer.Body.GetProperty("classId").GetGuid()}";
    }

    public Task<Answer> Schedule(string path, params object[] sessions) => Http.Post(path + "/schedule", new { sessions });

    /// <summary>A half-day so many days from now.</summary>
    public object Session(int days = 2, string room = "R1", decimal hours = 4) =>
        new { date = Service.Clock.Today().AddDays(days), slot = "Morning", hours, roomNumber = room, instructorNumber = "T1" };

    /// <summary>The path of a class that is open: its seats are offered.</summary>
    public async Task<string> Opened(string institution, Guid offer, int days = 2)
    {
        var path = await Accepted(institution, offer);
        Assert.Equal(HttpStatusCode.OK, (await Schedule(path, Session(days))).Status);
        return path;
    }

    /// <summary>Requests of those on the roster who stand so.</summary>
    public async Task<List<(Guid Request, int? Seat)>> Roster(string classPath, string state)
    {
        var view = await Http.Get(classPath);
        return [.. view.Body.GetProperty("roster").EnumerateArray().Where(l => l.GetProperty("state").GetString() == state)
            .Select(l => (l.GetProperty("requestId").GetGuid(), l.GetProperty("seatNumber") is { ValueKind: System.Text.Json.JsonValueKind.Number } seat ? seat.GetInt32() : (int?)null))];
    }

    /// <summary>A request as Dispatch hears of it.</summary>
    public RequestSubmitted Submission(string course, string station = Station, int? age = 40) => new()
    {
        RequestId = Guid.CreateVersion7(), ResidentId = Guid.CreateVersion7(), CourseCode = course, StationCode = station, Goal = Goals.Life, Times = [TimePatterns.Weekend], MaxMinutes = 30, Needs = [],
        Age = age, MayContact = true, At = Now,
    };

    public DeadlineReached Due(string kind, Guid subject) =>
        new() { DeadlineId = Guid.CreateVersion7(), Kind = kind, SubjectId = subject, Stage = DeadlineStages.Due, DueAt = Now, At = Now };

    public Task<List<T>> Read<TDb, T>(Func<TDb, IQueryable<T>> query) where TDb : Platform.Data.ModuleDb => Service.InDb<TDb, List<T>>(db => query(db).ToListAsync());

    /// <summary>Waits until every message has arrived, and those that it caused; none may have been set aside.</summary>
    public async Task Settled()
    {
        for (var pass = 0; pass < 2; pass++)
        {
            await Empty<RequestsDb>("requests");
            await Empty<DispatchDb>("dispatch");
            await Empty<AcceptanceDb>("acceptance");
        }

        Task Empty<TDb>(string part) where TDb : Platform.Data.ModuleDb => parts.Contains(part)
            ? Eventually.True(() => Service.InDb<TDb, bool>(async db =>
            {
                Assert.Null(await db.Outbox.Select(m => m.Failure).FirstOrDefaultAsync(f => f != null));
                return !await db.Outbox.AnyAsync();
            }), $"the outbox of {part} is empty", TimeSpan.FromMinutes(3))
            : Task.CompletedTask;
    }

    private static async Task<Town> Known(Town town)
    {
        if (!town.parts.Contains("dispatch"))
        {
            await town.Service.Hear(new StationOpened
            {
                StationCode = Station, Name = "站", NameEn = "Station", DistrictCode = District, DistrictName = "荔湾区", DistrictNameEn = "Liwan", Longitude = 113.251, Latitude = 23.125, RoomCapacity = 30,
                Accessible = true, At = RunningService.Start,
            });
        }

        return town;
    }
}

/// <summary>Files that several services, one after the other or at the same time, work on.</summary>
internal sealed class SharedFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("skillstation-races-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
