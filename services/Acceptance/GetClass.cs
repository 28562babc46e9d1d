using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance;

/// <summary>A class with its timetable, filing, seats and roster; learners are numbers, not names.</summary>
/// <param name="State">Planned, Filed, Returned, Open, InProgress, Assessing, Completed or Cancelled.</param>
/// <param name="Hours">Class hours that the course asks for.</param>
/// <param name="ScheduleBy">Until when a timetable is needed; null once there is one.</param>
/// <param name="AssessBy">Until when results are needed; null unless in assessment.</param>
/// <param name="CancelledFor">Revoked, FilingRefused, ByInstitution, NotHeld or NotScheduled.</param>
public sealed record ClassView(
    Guid Id, Guid OfferId, string InstitutionCode, string StationCode, string DistrictCode, string CourseCode, string CourseName, string CourseNameEn, string TrainingKind,
    string TimePattern, decimal Hours, string Assessment, string Credential, string State, FilingView Filing, SeatCounts Seats, string Venue,
    IReadOnlyList<SessionView> Sessions, IReadOnlyList<LearnerLine> Roster, DateTimeOffset AcceptedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt,
    DateTimeOffset? ScheduleBy, DateTimeOffset? AssessBy, bool AssessmentOverdue, string? CancelledFor, string? CancelNote, int Version) : IVersionedView
{
    internal static async Task<ClassView> Of(TrainingClass c, AcceptanceDb db, CancellationToken ct)
    {
        var scheduleBy = c.State == ClassState.Planned ? await db.DueOf(DeadlineKinds.ClassScheduling, [c.Id], ct) : [];
        var decideBy = c.State == ClassState.Filed ? await db.DueOf(DeadlineKinds.FilingDecision, [c.Id], ct) : [];
        var assessBy = c.State == ClassState.Assessing ? await db.DueOf(DeadlineKinds.Assessment, [c.Id], ct) : [];
        var answerBy = await db.DueOf(DeadlineKinds.SeatAnswer, c.Enrolments.Where(e => e.State == EnrolmentState.Offered).Select(e => e.RequestId), ct);
        var held = c.Sessions.Where(s => s.IsClosed).Sum(s => s.Hours);
        return new ClassView(
            c.Id, c.OfferId, c.InstitutionCode, c.StationCode, c.DistrictCode, c.CourseCode, c.CourseName, c.CourseNameEn, c.TrainingKind, c.TimePattern, c.Hours, c.Assessment,
            c.Credential, c.State.ToString(),
            new FilingView(c.FilingMode, c.Filing.ToString(), c.FiledAt, c.FilingReturns, c.FilingNote, c.EscalatedAt is not null, Due(decideBy, c.Id)),
            SeatCounts.Of(c), c.Venue,
            [.. c.Sessions.Select(SessionView.Of)],
            [.. c.Enrolments.Select(e => LearnerLine.Of(e, held, Due(answerBy, e.RequestId)))],
            c.AcceptedAt, c.StartedAt, c.EndedAt, Due(scheduleBy, c.Id), Due(assessBy, c.Id), c.AssessmentOverdueAt is not null, c.CancelledFor, c.CancelNote, c.Version);
    }

    private static DateTimeOffset? Due(Dictionary<Guid, DateTimeOffset> due, Guid subject) => due.TryGetValue(subject, out var at) ? at : null;
}

/// <param name="Mode">Approval or RecordOnly.</param>
/// <param name="State">NotFiled, Filed, Returned, Approved, Recorded or Refused.</param>
/// <param name="Note">What the district wants changed, or why it refused.</param>
/// <param name="Escalated">The district's time is over and the city looks at it.</param>
public sealed record FilingView(string Mode, string State, DateTimeOffset? FiledAt, int Returns, string? Note, bool Escalated, DateTimeOffset? DecideBy);

/// <param name="RoomNumber">Null for the station's room.</param>
/// <param name="ClosedByTime">Nobody closed the sheet in time.</param>
public sealed record SessionView(
    Guid Id, int Number, DateOnly Date, string Slot, DateTimeOffset StartsAt, DateTimeOffset EndsAt, decimal Hours, string? RoomNumber, bool StationRoom, string InstructorNumber,
    bool Closed, bool ClosedByTime)
{
    internal static SessionView Of(ClassSession s) => new(
        s.Id, s.Number, s.Date, s.Slot.ToString(), s.StartsAt, s.EndsAt, s.Hours, s.RoomNumber, s.RoomNumber is null, s.InstructorNumber, s.IsClosed, s.ClosedByTime);
}

/// <param name="Number">Learner number in this class.</param>
/// <param name="State">Waitlisted, Offered, Confirmed, Released, Dropped, Completed or NotCompleted.</param>
/// <param name="Reason">Why it ended without completion.</param>
/// <param name="AttendanceRate">Hours attended of the hours of closed sessions, 0 to 1; null before the first is closed.</param>
/// <param name="Absent">From the assessment.</param>
/// <param name="AnswerBy">Until when the seat is kept for an answer.</param>
public sealed record LearnerLine(
    Guid RequestId, int Number, int? SeatNumber, string State, string? Reason, IReadOnlyList<string> Needs, decimal HoursAttended, decimal? AttendanceRate,
    decimal? Theory, decimal? Practical, bool Absent, string? Assessor, string? CredentialNumber, DateTimeOffset? AnswerBy)
{
    internal static LearnerLine Of(Enrolment e, decimal held, DateTimeOffset? answerBy) => new(
        e.RequestId, e.Number, e.SeatNumber, e.State.ToString(), e.Reason, e.Needs.Split(';', StringSplitOptions.RemoveEmptyEntries), e.HoursAttended,
        held == 0 ? null : Math.Min(1, Math.Round(e.HoursAttended / held, 4)), e.Theory, e.Practical, e.AbsentFromAssessment, e.Assessor, e.CredentialNumber, answerBy);
}

internal static class GetClassEndpoint
{
    public static void Map(RouteGroupBuilder institutions) => institutions.MapGet("/{institutionCode}/classes/{id:guid}", Handle).WithName("GetClass");

    /// <summary>One class.</summary>
    /// <response code="404">class-not-found</response>
    private static async Task<Results<Ok<ClassView>, ProblemHttpResult>> Handle(string institutionCode, Guid id, AcceptanceDb db, CancellationToken ct)
    {
        var trainingClass = await db.WholeClasses.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.InstitutionCode == institutionCode, ct);
        return trainingClass is null ? ClassRefusals.NotFound.AsProblem() : TypedResults.Ok(await ClassView.Of(trainingClass, db, ct));
    }
}
