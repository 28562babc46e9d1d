using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance;

/// <summary>Marks for a sheet; those given before and not named here stay.</summary>
public sealed record MarkAttendance([Given] IReadOnlyList<MarkGiven> Marks);

/// <param name="Mark">Present, Late, LeftEarly (half the hours), Excused or Absent.</param>
public sealed record MarkGiven([Given] Guid? RequestId, [Given, OneOf("Present", "Late", "LeftEarly", "Excused", "Absent")] string Mark);

internal static class MarkAttendanceEndpoint
{
    public static void Map(RouteGroupBuilder institutions) =>
        institutions.MapPut("/{institutionCode}/classes/{id:guid}/sessions/{number:int}/attendance", Handle).WithName("MarkAttendance");

    /// <summary>
    /// Writes attendance (考勤), as often as needed until the sheet is closed. The first learner who is seen starts the class. If-Match may be left
    /// out: two people may fill one sheet, each their own learners.
    /// </summary>
    /// <response code="400">invalid-fields, learner-not-on-roster</response>
    /// <response code="404">class-not-found, session-not-found</response>
    /// <response code="409">class-not-running, session-closed, session-not-started</response>
    private static Task<Results<Ok<SheetView>, ProblemHttpResult>> Handle(
        string institutionCode, Guid id, int number, MarkAttendance body, [FromHeader(Name = "If-Match")] string? ifMatch, AcceptanceDb db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        ClassSession? session = null;
        return ChangeClass.With(
            db, () => db.ClassOf(institutionCode, id, ct), ifMatch, now,
            async c =>
            {
                session = await GetSessionEndpoint.SessionOf(db, c, number, ct);
                return session is null
                    ? ClassRefusals.SessionNotFound
                    : c.Mark(session, [.. body.Marks.Select(m => (m.RequestId!.Value, Enum.Parse<AttendanceMark>(m.Mark)))], now);
            },
            c => SheetView.Of(c, session!, db, ct), ct);
    }
}
