using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform.Http;

namespace SkillStation.Dispatch;

internal static class ListPoolsEndpoint
{
    public static void Map(RouteGroupBuilder pools) => pools.MapGet("", Handle).WithName("ListPools");

    /// <summary>The pools that a station looks after, oldest first.</summary>
    /// <param name="state">Forming, Ready, Dispatching, Accepted, Escalated or Closed; all when left out.</param>
    /// <response code="400">after-malformed, state-unknown</response>
    /// <response code="404">station-not-found</response>
    private static async Task<Results<Ok<Page<PoolSummary>>, ProblemHttpResult>> Handle(string stationCode, string? state, [AsParameters] PageQuery page, DispatchDb db, CancellationToken ct)
    {
        if (!page.TryRead<Guid>(out var after))
        {
            return PageQuery.Malformed.AsProblem();
        }

        if (!Words.TryRead<PoolState>(state, out var only))
        {
            return Words.Unknown.AsProblem();
        }

        if (!await db.Stations.AnyAsync(s => s.Code == stationCode, ct))
        {
            return StationRefusals.NotFound.AsProblem();
        }

        var pools = await db.Pools.AsNoTracking()
            .Where(p => p.StationCode == stationCode && (only == null || p.State == only))
            .Where(p => p.OpenedAt > after.At || (p.OpenedAt == after.At && p.Id.CompareTo(after.Key) > 0))
            .OrderBy(p => p.OpenedAt).ThenBy(p => p.Id).Take(page.Take + 1).ToListAsync(ct);
        return TypedResults.Ok(page.Cut(await PoolSummary.Of(db, pools, ct), p => new PageKey<Guid>(p.OpenedAt, p.Id).ToString()));
    }
}
