using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts.Acceptance;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance;

internal static class CloseSessionEndpoint
{
    public static void Map(RouteGroupBuilder institutions) =>
        institutions.MapPost("/{institutionCode}/classes/{id:guid}/sessions/{number:int}/close", Handle).WithName("CloseSession");

    /// <summary>Closes an attendance sheet: who is not marked was absent. After the last one the teaching has ended.</summary>
    /// <response code="404">class-not-found, session-not-found</response>
    /// <response code="409">class-not-running, session-closed, session-not-started</response>
    private static Task<Results<Ok<SheetView>, ProblemHttpResult>> Handle(
        string institutionCode, Guid id, int number, [FromHeader(Name = "If-Match")] string? ifMatch, AcceptanceDb db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        ClassSession? session = null;
        return ChangeClass.With(
            db, () => db.ClassOf(institutionCode, id, ct), ifMatch, now,
            async c =>
            {
                session = await GetSessionEndpoint.SessionOf(db, c, number, ct);
                return session is null ? ClassRefusals.SessionNotFound : Close(db, c, session, byTime: false, now);
            },
            c => SheetView.Of(c, session!, db, ct), ct);
    }

    /// <summary>The sheet's time is over: it is closed as it is.</summary>
    public static async Task Due(AcceptanceDb db, Guid sessionId, DateTimeOffset now, CancellationToken ct)
    {
        var trainingClass = await db.WholeClasses.SingleOrDefaultAsync(c => c.Sessions.Any(s => s.Id == sessionId), ct);
        if (trainingClass is null)
        {
            return;   // of a timetable that was replaced
        }

        var session = await GetSessionEndpoint.SessionOf(db, trainingClass, trainingClass.Sessions.Single(s => s.Id == sessionId).Number, ct);
        var news = new ClassNews(trainingClass);
        if (Close(db, trainingClass, session!, byTime: true, now) is null)
        {
            await news.Announce(db, now, ct);
        }
    }

    private static Refusal? Close(AcceptanceDb db, TrainingClass trainingClass, ClassSession session, bool byTime, DateTimeOffset now)
    {
        if (trainingClass.CloseSession(session, byTime, now) is { } refusal)
        {
            return refusal;
        }

        db.Publish(trainingClass.Id, new SessionClosed
        {
            ClassId = trainingClass.Id,
            SessionId = session.Id,
            Number = session.Number,
            Present = session.Present,
            Absent = session.Absent,
            Automatic = byTime,
            At = now,
        });
        return null;
    }
}
