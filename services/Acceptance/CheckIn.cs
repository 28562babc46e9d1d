using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance;

/// <summary>A learner says: I am here.</summary>
/// <param name="ClassId">The class, as the QR code in the room or the learner's own page has it.</param>
/// <param name="Code">The six digits that are shown in the room.</param>
public sealed record CheckIn([Given] Guid? ClassId, [Given, Text(6)] string Code);

/// <param name="Mark">Present, or Late.</param>
public sealed record CheckedInView(Guid RequestId, int Number, DateTimeOffset StartsAt, string CourseName, string CourseNameEn, string Mark);

internal static class CheckInEndpoint
{
    private static readonly TimeSpan Punctual = TimeSpan.FromMinutes(15);

    public static void Map(RouteGroupBuilder learners) => learners.MapPost("/check-ins", Handle).WithName("CheckIn");

    /// <summary>Checks a learner in (签到) to the session that is held now. Again is no harm; what the teacher wrote stays.</summary>
    /// <response code="400">invalid-fields, check-in-code-wrong</response>
    /// <response code="404">class-not-found</response>
    /// <response code="409">no-session-now</response>
    private static Task<Results<Ok<CheckedInView>, ProblemHttpResult>> Handle(Guid residentId, CheckIn body, AcceptanceDb db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        ClassSession? session = null;
        Enrolment? learner = null;
        return ChangeClass.With(
            db, () => db.WholeClasses.SingleOrDefaultAsync(c => c.Id == body.ClassId && c.Enrolments.Any(e => e.ResidentId == residentId), ct), null, now,
            async c =>
            {
                learner = c.Enrolments.SingleOrDefault(e => e.ResidentId == residentId && e.State == EnrolmentState.Confirmed);
                if (learner is null)
                {
                    return CheckInRefusals.NoSeat;
                }

                var open = c.Sessions.Where(s => c.TakesCheckIns(s, now)).ToList();
                session = open.Find(s => CheckInCode.Fits(c, s, body.Code.Trim(), now));
                if (session is null)
                {
                    return open.Count == 0 ? CheckInRefusals.NoSession : CheckInRefusals.CodeWrong;
                }

                await db.Entry(session).Collection(s => s.Sheet).LoadAsync(ct);
                return session.MarkOf(learner.RequestId) is null
                    ? c.Mark(session, [(learner.RequestId, now > session.StartsAt + Punctual ? AttendanceMark.Late : AttendanceMark.Present)], now)
                    : null;
            },
            c => Task.FromResult(new CheckedInView(learner!.RequestId, session!.Number, session.StartsAt, c.CourseName, c.CourseNameEn, session.MarkOf(learner.RequestId)!.Value.ToString())), ct);
    }
}
