using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;

namespace SkillStation.Dispatch;

/// <summary>What waits for a district, oldest first; at most a hundred of each.</summary>
/// <param name="Pools">To be assigned or closed.</param>
/// <param name="Requests">Nobody at the station looked in time; those whose station is unknown are shown to every district.</param>
public sealed record EscalationsView(IReadOnlyList<PoolSummary> Pools, IReadOnlyList<StationRequestView> Requests);

internal static class ListEscalationsEndpoint
{
    private const int Most = 100;

    public static void Map(RouteGroupBuilder districts) => districts.MapGet("/{districtCode}/escalations", Handle).WithName("ListEscalations");

    /// <summary>Pools that the district must assign or close, and requests that a station left lying.</summary>
    /// <response code="404">district-not-found</response>
    private static async Task<Results<Ok<EscalationsView>, ProblemHttpResult>> Handle(string districtCode, DispatchDb db, CancellationToken ct)
    {
        if (!await db.Districts.AnyAsync(d => d.Code == districtCode, ct))
        {
            return StationRefusals.DistrictNotFound.AsProblem();
        }

        var pools = await db.Pools.AsNoTracking().Where(p => p.DistrictCode == districtCode && p.State == PoolState.Escalated).OrderBy(p => p.OpenedAt).Take(Most).ToListAsync(ct);
        var requests = await db.Requests.AsNoTracking()
            .Where(r => (r.DistrictCode == districtCode || r.DistrictCode == "") && r.State == RequestState.AwaitingTriage && r.EscalatedAt != null)
            .OrderBy(r => r.QueuedAt).Take(Most).ToListAsync(ct);
        return TypedResults.Ok(new EscalationsView(await PoolSummary.Of(db, pools, ct), await StationRequestView.Of(db, requests, ct)));
    }
}
