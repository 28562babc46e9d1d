using Microsoft.AspNetCore.Http.HttpResults;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance;

/// <summary>The attendance sheet of a session: a line for each learner with a confirmed seat, and for each who had one then.</summary>
/// <param name="CloseBy">When time closes the sheet, if nobody does; null once closed.</param>
/// <param name="Version">Of the class.</param>
public sealed record SheetView(SessionView Session, IReadOnlyList<SheetLine> Lines, int Present, int Absent, DateTimeOffset? CloseBy, int Version) : IVersionedView
{
    internal static async Task<SheetView> Of(TrainingClass c, ClassSession s, AcceptanceDb db, CancellationToken ct)
    {
        var due = s.IsClosed ? [] : await db.DueOf(DeadlineKinds.SessionSheet, [s.Id], ct);
        return new SheetView(
            SessionView.Of(s),
            [.. c.Enrolments.Where(e => e.State == EnrolmentState.Confirmed || s.MarkOf(e.RequestId) is not null)
                .Select(e => new SheetLine(e.RequestId, e.Number, s.MarkOf(e.RequestId)?.ToString()))],
            s.Present, s.Absent, due.TryGetValue(s.Id, out var at) ? at : null, c.Version);
    }
}

/// <param name="Mark">Present, Late, LeftEarly, Excused or Absent; null while open and not marked.</param>
public sealed record SheetLine(Guid RequestId, int Number, string? Mark);

internal static class GetSessionEndpoint
{
    public static void Map(RouteGroupBuilder institutions) =>
        institutions.MapGet("/{institutionCode}/classes/{id:guid}/sessions/{number:int}", Handle).WithName("GetSession");

    /// <summary>A session with its attendance sheet.</summary>
    /// <response code="404">class-not-found, session-not-found</response>
    private static async Task<Results<Ok<SheetView>, ProblemHttpResult>> Handle(string institutionCode, Guid id, int number, AcceptanceDb db, CancellationToken ct)
    {
        var trainingClass = await db.ClassOf(institutionCode, id, ct);
        if (trainingClass is null)
        {
            return ClassRefusals.NotFound.AsProblem();
        }

        var session = await SessionOf(db, trainingClass, number, ct);
        return session is null ? ClassRefusals.SessionNotFound.AsProblem() : TypedResults.Ok(await SheetView.Of(trainingClass, session, db, ct));
    }

    /// <summary>The session with its sheet loaded.</summary>
    public static async Task<ClassSession?> SessionOf(AcceptanceDb db, TrainingClass trainingClass, int number, CancellationToken ct)
    {
        var session = trainingClass.Sessions.SingleOrDefault(s => s.Number == number);
        if (session is not null)
        {
            await db.Entry(session).Collection(s => s.Sheet).LoadAsync(ct);
        }

        return session;
    }
}
