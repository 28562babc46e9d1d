using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SkillStation.Acceptance.Data;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance;

/// <summary>Why the class cannot open.</summary>
/// <param name="Reason">In plain words.</param>
public sealed record RefuseFiling([Given, Text(1000)] string Reason);

internal static class RefuseFilingEndpoint
{
    public static void Map(RouteGroupBuilder districts) => districts.MapPost("/{districtCode}/filings/{classId:guid}/refuse", Handle).WithName("RefuseFiling");

    /// <summary>Refuses a filing: the class is cancelled and its learners keep their place in the queue.</summary>
    /// <response code="400">invalid-fields</response>
    /// <response code="404">class-not-found</response>
    /// <response code="409">filing-not-open</response>
    private static Task<Results<Ok<ClassView>, ProblemHttpResult>> Handle(
        string districtCode, Guid classId, RefuseFiling body, [FromHeader(Name = "If-Match")] string? ifMatch, AcceptanceDb db, TimeProvider clock, CancellationToken ct) =>
        DecideFiling.With(db, districtCode, classId, ifMatch, clock.GetUtcNow(), (c, now) => c.RefuseFiling(body.Reason.Trim(), now), ct);
}
