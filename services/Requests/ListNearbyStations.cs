using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests;

/// <summary>A station and the way to it.</summary>
/// <param name="Minutes">On foot or by public transport, whichever is quicker.</param>
/// <param name="Accessible">Whether a wheelchair can get in.</param>
public sealed record NearbyStation(string Code, Words Name, Words District, double Longitude, double Latitude, int Minutes, bool Accessible)
{
    internal static NearbyStation Of(StationCopy s, int minutes) =>
        new(s.Code, new Words(s.Name, s.NameEn), new Words(s.DistrictName, s.DistrictNameEn), s.Longitude, s.Latitude, minutes, s.Accessible);
}

internal static class ListNearbyStationsEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/nearby-stations", Handle).WithName("ListNearbyStations").WithTags("Stations");

    /// <summary>The stations nearest to a place, nearest first.</summary>
    /// <param name="near">longitude,latitude in degrees (GCJ-02)</param>
    /// <param name="take">1 to 50; 5 when left out</param>
    /// <response code="400">near-needed, near-malformed</response>
    private static async Task<Results<Ok<IReadOnlyList<NearbyStation>>, ProblemHttpResult>> Handle(string? near, int? take, RequestsDb db, CancellationToken ct)
    {
        var (place, refusal) = Place.Read(near);
        if (place is not { } here)
        {
            return (refusal ?? Place.Needed).AsProblem();
        }

        var stations = await Nearest(db, here, ct);
        return TypedResults.Ok<IReadOnlyList<NearbyStation>>([.. stations.Take(Math.Clamp(take ?? 5, 1, 50)).Select(s => NearbyStation.Of(s.Station, s.Minutes))]);
    }

    /// <summary>All stations, nearest first. There are a few hundred, so the sum is done here and not in the database.</summary>
    internal static async Task<IReadOnlyList<(StationCopy Station, int Minutes)>> Nearest(RequestsDb db, Place here, CancellationToken ct) =>
        [.. (await db.Stations.AsNoTracking().ToListAsync(ct)).Select(s => (s, here.MinutesTo(s.Place))).OrderBy(s => s.Item2).ThenBy(s => s.s.Code, StringComparer.Ordinal)];
}
