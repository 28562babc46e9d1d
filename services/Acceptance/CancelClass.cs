using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance;

/// <summary>Why the class will not be held.</summary>
/// <param name="Reason">In plain words. It stays in this service.</param>
public sealed record CancelClass([Given, Text(500)] string Reason);

internal static class CancelClassEndpoint
{
    public static void Map(RouteGroupBuilder institutions) => institutions.MapPost("/{institutionCode}/classes/{id:guid}/cancel", Handle).WithName("CancelClass");

    /// <summary>Cancels a class before it starts; its learners keep their place in the queue.</summary>
    /// <response code="400">invalid-fields</response>
    /// <response code="404">class-not-found</response>
    /// <response code="409">class-already-started</response>
    private static Task<Results<Ok<ClassView>, ProblemHttpResult>> Handle(
        string institutionCode, Guid id, CancelClass body, [FromHeader(Name = "If-Match")] string? ifMatch, AcceptanceDb db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return ChangeClass.With(
            db, () => db.ClassOf(institutionCode, id, ct), ifMatch, now,
            c => Task.FromResult(c.Cancel(CancelReasons.ByInstitution, body.Reason.Trim(), now)), c => ClassView.Of(c, db, ct), ct);
    }
}
