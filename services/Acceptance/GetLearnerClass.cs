using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Platform;

namespace SkillStation.Acceptance;

/// <summary>A class as one of its learners sees it; of the others not even how many they are.</summary>
/// <param name="State">Planned, Filed, Returned, Open, InProgress, Assessing, Completed or Cancelled.</param>
/// <param name="SeatState">Waitlisted, Offered, Confirmed, Released, Dropped, Completed or NotCompleted.</param>
/// <param name="HoursAttended">Class hours so far.</param>
/// <param name="HoursNeeded">Class hours that must be attended to be assessed.</param>
/// <param name="CheckInOpen">Whether a session takes check-ins now.</param>
public sealed record LearnerClassView(
    Guid ClassId, string CourseName, string CourseNameEn, string InstitutionName, string InstitutionNameEn, string Venue, string State, string SeatState, decimal Hours,
    decimal HoursAttended, decimal HoursNeeded, bool CheckInOpen, IReadOnlyList<LearnerSession> Sessions, string? CredentialNumber);

/// <param name="Room">Its name; null for the station's room.</param>
/// <param name="Mark">Present, Late, LeftEarly, Excused or Absent; null while open and not marked.</param>
public sealed record LearnerSession(int Number, DateTimeOffset StartsAt, DateTimeOffset EndsAt, decimal Hours, string? Room, string Teacher, bool Closed, string? Mark);

internal static class GetLearnerClassEndpoint
{
    public static void Map(RouteGroupBuilder learners) => learners.MapGet("/requests/{requestId:guid}/class", Handle).WithName("GetLearnerClass");

    /// <summary>The class in which a request has its seat: timetable, room, teacher, hours attended.</summary>
    /// <response code="404">class-not-found</response>
    private static async Task<Results<Ok<LearnerClassView>, ProblemHttpResult>> Handle(Guid residentId, Guid requestId, AcceptanceDb db, TimeProvider clock, CancellationToken ct)
    {
        // a request can have been in an earlier class that was cancelled; the latest one counts
        var found = await db.WholeClasses.AsNoTracking()
            .Where(c => c.Enrolments.Any(e => e.RequestId == requestId && e.ResidentId == residentId))
            .OrderByDescending(c => c.AcceptedAt).FirstOrDefaultAsync(ct);
        if (found is null)
        {
            return CheckInRefusals.NoSeat.AsProblem();
        }

        var learner = found.Find(requestId)!;
        var institution = await db.Institutions.AsNoTracking().SingleAsync(i => i.Code == found.InstitutionCode, ct);
        var rooms = await db.Rooms.AsNoTracking().Where(r => r.InstitutionCode == found.InstitutionCode).ToDictionaryAsync(r => r.Number, r => r.Name, ct);
        var teachers = await db.Instructors.AsNoTracking().Where(i => i.InstitutionCode == found.InstitutionCode).ToDictionaryAsync(i => i.Number, i => i.Name, ct);
        var ids = found.Sessions.Select(s => s.Id).ToList();
        var marks = await db.Sessions.AsNoTracking().Where(s => ids.Contains(s.Id)).SelectMany(s => s.Sheet).Where(a => a.RequestId == requestId).ToDictionaryAsync(a => a.SessionId, a => a.Mark, ct);
        var rule = ClassRules.On(found.Sessions.Count == 0 ? clock.GetUtcNow().LocalDate() : found.Sessions.Min(s => s.Date));
        return TypedResults.Ok(new LearnerClassView(
            found.Id, found.CourseName, found.CourseNameEn, institution.Name, institution.NameEn, found.Venue, found.State.ToString(), learner.State.ToString(), found.Hours,
            learner.HoursAttended, Math.Ceiling(found.Hours * rule.AttendanceShare), found.Sessions.Any(s => found.TakesCheckIns(s, clock.GetUtcNow())),
            [.. found.Sessions.OrderBy(s => s.Number).Select(s => new LearnerSession(
                s.Number, s.StartsAt, s.EndsAt, s.Hours, s.RoomNumber is null ? null : rooms.GetValueOrDefault(s.RoomNumber, s.RoomNumber), teachers.GetValueOrDefault(s.InstructorNumber, ""),
                s.IsClosed, marks.TryGetValue(s.Id, out var mark) ? mark.ToString() : null))],
            learner.CredentialNumber));
    }
}
