using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SkillStation.Acceptance.Data;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance;

/// <summary>What has to change before the class can open.</summary>
/// <param name="Items">Item by item, in plain words.</param>
public sealed record ReturnFiling([Given, Text(1000)] string Items);

internal static class ReturnFilingEndpoint
{
    public static void Map(RouteGroupBuilder districts) => districts.MapPost("/{districtCode}/filings/{classId:guid}/return", Handle).WithName("ReturnFiling");

    /// <summary>Returns a filing with what to change; the second return is a refusal.</summary>
    /// <response code="400">invalid-fields</response>
    /// <response code="404">class-not-found</response>
    /// <response code="409">filing-not-open</response>
    private static Task<Results<Ok<ClassView>, ProblemHttpResult>> Handle(
        string districtCode, Guid classId, ReturnFiling body, [FromHeader(Name = "If-Match")] string? ifMatch, AcceptanceDb db, TimeProvider clock, CancellationToken ct) =>
        DecideFiling.With(db, districtCode, classId, ifMatch, clock.GetUtcNow(), (c, now) => c.ReturnFiling(body.Items.Trim(), now), ct);
}
