using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform.Http;

namespace SkillStation.Dispatch;

internal static class ListStationRequestsEndpoint
{
    public static void Map(RouteGroupBuilder requests) => requests.MapGet("", Handle).WithName("ListStationRequests");

    /// <summary>Requests made at a station, oldest first; those to be looked at have the state AwaitingTriage.</summary>
    /// <param name="state">AwaitingTriage, Asked, Refused, Pooled, Placed, Withdrawn, Unserved or Done; all when left out.</param>
    /// <response code="400">after-malformed, state-unknown</response>
    /// <response code="404">station-not-found</response>
    private static async Task<Results<Ok<Page<StationRequestView>>, ProblemHttpResult>> Handle(string stationCode, string? state, [AsParameters] PageQuery page, DispatchDb db, CancellationToken ct)
    {
        if (!page.TryRead<Guid>(out var after))
        {
            return PageQuery.Malformed.AsProblem();
        }

        if (!Words.TryRead<RequestState>(state, out var only))
        {
            return Words.Unknown.AsProblem();
        }

        if (!await db.Stations.AnyAsync(s => s.Code == stationCode, ct))
        {
            return StationRefusals.NotFound.AsProblem();
        }

        var requests = await db.Requests.AsNoTracking()
            .Where(r => r.StationCode == stationCode && (only == null || r.State == only))
            .Where(r => r.QueuedAt > after.At || (r.QueuedAt == after.At && r.Id.CompareTo(after.Key) > 0))
            .OrderBy(r => r.QueuedAt).ThenBy(r => r.Id).Take(page.Take + 1).ToListAsync(ct);
        return TypedResults.Ok(page.Cut(await StationRequestView.Of(db, requests, ct), r => new PageKey<Guid>(r.QueuedAt, r.Id).ToString()));
    }
}
