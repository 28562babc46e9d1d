using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Dispatch.Data;

namespace SkillStation.Dispatch;

internal static class GetStationEndpoint
{
    public static void Map(RouteGroupBuilder stations) => stations.MapGet("/{stationCode}", Handle).WithName("GetStation");

    /// <summary>One station.</summary>
    /// <response code="404">station-not-found</response>
    private static async Task<Results<Ok<StationView>, ProblemHttpResult>> Handle(string stationCode, DispatchDb db, CancellationToken ct)
    {
        var station = await db.Stations.AsNoTracking().SingleOrDefaultAsync(s => s.Code == stationCode, ct);
        return station is null ? StationRefusals.NotFound.AsProblem() : TypedResults.Ok(StationView.Of(station, null));
    }
}
