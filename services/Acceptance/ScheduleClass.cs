using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts;
using SkillStation.Contracts.Acceptance;
using SkillStation.Platform;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance;

/// <summary>A timetable, in the order of time.</summary>
/// <param name="Sessions">All sessions of the class; together exactly the hours of the course.</param>
public sealed record ScheduleClass([Given] IReadOnlyList<SessionGiven> Sessions);

/// <summary>One session; in a room of the institution or, with stationRoom, in the room that the station lends.</summary>
/// <param name="Slot">Morning (from 09:00), Afternoon (14:00) or Evening (19:00).</param>
/// <param name="Hours">Class hours of 45 minutes, 1 to 4.</param>
public sealed record SessionGiven(
    [Given] DateOnly? Date, [Given, OneOf("Morning", "Afternoon", "Evening")] string Slot, [Given, Between(1, 4)] decimal? Hours,
    [Text(20)] string? RoomNumber, bool? StationRoom, [Given, Text(20)] string InstructorNumber);

internal static class ScheduleClassEndpoint
{
    public static void Map(RouteGroupBuilder institutions) => institutions.MapPost("/{institutionCode}/classes/{id:guid}/schedule", Handle).WithName("ScheduleClass");

    /// <summary>Sets the timetable and files the class with the district (排课、开班申请); again while the district has returned it.</summary>
    /// <response code="400">invalid-fields, sessions-missing, sessions-out-of-order, start-too-early, day-too-long, hours-do-not-add-up, room-unknown, room-or-station-room, station-room-missing, instructor-unknown, instructor-teaches-other</response>
    /// <response code="404">class-not-found</response>
    /// <response code="409">class-not-to-schedule, qualification-not-valid, room-too-small, room-taken, instructor-taken</response>
    private static Task<Results<Ok<ClassView>, ProblemHttpResult>> Handle(
        string institutionCode, Guid id, ScheduleClass body, [FromHeader(Name = "If-Match")] string? ifMatch, AcceptanceDb db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return ChangeClass.With(db, () => db.ClassOf(institutionCode, id, ct), ifMatch, now, Schedule, c => ClassView.Of(c, db, ct), ct);

        async Task<Refusal?> Schedule(TrainingClass trainingClass)
        {
            var unclear = body.Sessions.Index().FirstOrDefault(s => (s.Item.RoomNumber is null) != (s.Item.StationRoom == true), (-1, null!)).Index;
            if (unclear >= 0)
            {
                return TimetableRefusals.RoomOrStation(unclear);
            }

            var planned = body.Sessions.Select(s => new PlannedSession(s.Date!.Value, Enum.Parse<Slot>(s.Slot), s.Hours!.Value, s.RoomNumber, s.InstructorNumber)).ToList();
            var (timetable, refusal) = Timetable.Draw(trainingClass, planned, await Means(db, trainingClass, ct), clock.Today());
            refusal = trainingClass.MaySchedule() ?? refusal ?? trainingClass.Schedule(timetable!, db.NewId, now) ?? await Book(db, trainingClass, ct);
            if (refusal is null)
            {
                await OfferSeats.In(db, trainingClass, ct);
                Announce(db, trainingClass, now);
            }

            return refusal;
        }
    }

    private static async Task<PlanningMeans> Means(AcceptanceDb db, TrainingClass c, CancellationToken ct) => new(
        await db.Institutions.Where(i => i.Code == c.InstitutionCode).Select(i => i.Name).SingleAsync(ct),
        await db.Rooms.AsNoTracking().Where(r => r.InstitutionCode == c.InstitutionCode).ToListAsync(ct),
        await db.Stations.AsNoTracking().SingleOrDefaultAsync(s => s.Code == c.StationCode, ct),
        await db.Instructors.AsNoTracking().Where(t => t.InstitutionCode == c.InstitutionCode).ToListAsync(ct),
        await db.Qualifications.AsNoTracking().Where(q => q.InstitutionCode == c.InstitutionCode && q.CourseCode == c.CourseCode).ToListAsync(ct));

    /// <summary>Takes the room and the teacher of every session, or says which is taken. Of an earlier timetable what is still needed stays.</summary>
    private static async Task<Refusal?> Book(AcceptanceDb db, TrainingClass trainingClass, CancellationToken ct)
    {
        var wanted = trainingClass.Sessions
            .SelectMany(s => new[] { (Kind: OccupiedKind.Room, Key: s.RoomKey, Session: s), (Kind: OccupiedKind.Instructor, Key: s.InstructorKey, Session: s) }).ToList();
        var keys = wanted.Select(w => w.Key).Distinct().ToList();
        var (first, last) = (trainingClass.Sessions[0].Date, trainingClass.Sessions[^1].Date);
        var taken = await db.Occupancies.Where(o => o.Kind != OccupiedKind.Learner && keys.Contains(o.SubjectKey) && o.Date >= first && o.Date <= last && o.ClassId != trainingClass.Id)
            .Select(o => new { o.Kind, o.SubjectKey, o.Date, o.Slot }).ToListAsync(ct);
        foreach (var (kind, key, session) in wanted)
        {
            if (taken.Any(o => o.Kind == kind && o.SubjectKey == key && o.Date == session.Date && o.Slot == session.Slot))
            {
                return kind == OccupiedKind.Room
                    ? TimetableRefusals.RoomTaken(session.Number, session.Date, session.Slot)
                    : TimetableRefusals.InstructorTaken(session.Number, session.Date, session.Slot);
            }
        }

        var had = await db.Occupancies.Where(o => o.ClassId == trainingClass.Id).ToListAsync(ct);
        var needed = wanted.Select(w => (w.Kind, w.Key, w.Session.Date, w.Session.Slot)).ToHashSet();
        db.Occupancies.RemoveRange(had.Where(o => !needed.Remove((o.Kind, o.SubjectKey, o.Date, o.Slot))));
        db.Occupancies.AddRange(needed.Select(n => new Occupancy { Kind = n.Kind, SubjectKey = n.Key, Date = n.Date, Slot = n.Slot, ClassId = trainingClass.Id }));
        return null;
    }

    private static void Announce(AcceptanceDb db, TrainingClass c, DateTimeOffset now)
    {
        db.Publish(c.Id, new ClassScheduled
        {
            ClassId = c.Id,
            OfferId = c.OfferId,
            PoolId = c.PoolId,
            Attempt = c.Attempt,
            InstitutionCode = c.InstitutionCode,
            StationCode = c.StationCode,
            DistrictCode = c.DistrictCode,
            CourseCode = c.CourseCode,
            TrainingKind = c.TrainingKind,
            Capacity = c.Capacity,
            Venue = c.Venue,
            Sessions = [.. c.Sessions.Select(s => new SessionPlanned { SessionId = s.Id, Number = s.Number, StartsAt = s.StartsAt, EndsAt = s.EndsAt, Hours = s.Hours })],
            At = now,
        });
        db.Publish(c.Id, new ClassFiled { ClassId = c.Id, DistrictCode = c.DistrictCode, Mode = c.FilingMode, StartsOn = c.Sessions[0].Date, At = now });
        if (c.Filing == FilingState.Recorded)
        {
            db.Publish(c.Id, new FilingDecided { ClassId = c.Id, Decision = FilingDecisions.Recorded, At = now });
        }
    }
}
