using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SkillStation.Acceptance.Data;

namespace SkillStation.Acceptance;

internal static class ApproveFilingEndpoint
{
    public static void Map(RouteGroupBuilder districts) => districts.MapPost("/{districtCode}/filings/{classId:guid}/approve", Handle).WithName("ApproveFiling");

    /// <summary>Approves: the class opens and the first of the queue are offered their seats.</summary>
    /// <response code="404">class-not-found</response>
    /// <response code="409">filing-not-open</response>
    private static Task<Results<Ok<ClassView>, ProblemHttpResult>> Handle(
        string districtCode, Guid classId, [FromHeader(Name = "If-Match")] string? ifMatch, AcceptanceDb db, TimeProvider clock, CancellationToken ct) =>
        DecideFiling.With(db, districtCode, classId, ifMatch, clock.GetUtcNow(), (c, _) => c.ApproveFiling(), ct);
}
