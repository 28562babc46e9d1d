using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;

namespace SkillStation.Dispatch;

/// <summary>A course that people asked for and did not get.</summary>
/// <param name="Reasons">How many requests ended for which reason, the most first.</param>
public sealed record UnmetDemandView(string CourseCode, string CourseName, string CourseNameEn, int Requests, IReadOnlyList<UnmetReasonView> Reasons);

/// <param name="Code">TooFewPeople, NoInstitution, ClosedByDistrict or NoSecondTurn.</param>
public sealed record UnmetReasonView(string Code, int Requests);

internal static class ListUnmetDemandEndpoint
{
    public static void Map(RouteGroupBuilder unmet) => unmet.MapGet("", Handle).WithName("ListUnmetDemand");

    /// <summary>Courses with requests that could not be served, the most asked for first: what the catalogue and the institutions lack.</summary>
    /// <param name="district">Code of a district; the whole city when left out.</param>
    private static async Task<Ok<List<UnmetDemandView>>> Handle(string? district, DispatchDb db, CancellationToken ct)
    {
        var counts = await db.Requests.Where(r => r.State == RequestState.Unserved && (district == null || r.DistrictCode == district))
            .GroupBy(r => new { r.CourseCode, r.EndCode }).Select(g => new { g.Key.CourseCode, g.Key.EndCode, Count = g.Count() }).ToListAsync(ct);
        var courses = await db.Courses.AsNoTracking().ToDictionaryAsync(c => c.Code, ct);
        return TypedResults.Ok(counts.GroupBy(c => c.CourseCode)
            .Select(g => new UnmetDemandView(
                g.Key, courses[g.Key].Name, courses[g.Key].NameEn, g.Sum(c => c.Count),
                [.. g.OrderByDescending(c => c.Count).ThenBy(c => c.EndCode, StringComparer.Ordinal).Select(c => new UnmetReasonView(c.EndCode!, c.Count))]))
            .OrderByDescending(v => v.Requests).ThenBy(v => v.CourseCode, StringComparer.Ordinal).ToList());
    }
}
