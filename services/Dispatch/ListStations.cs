using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform.Http;

namespace SkillStation.Dispatch;

/// <summary>A station.</summary>
/// <param name="Longitude">Degrees, GCJ-02.</param>
/// <param name="Latitude">Degrees, GCJ-02.</param>
/// <param name="RoomCapacity">Learners that its own room holds.</param>
/// <param name="ServiceMode">How people come within 15 minutes: Walk15, EBike15 or Drive15.</param>
/// <param name="Km">From the point asked for, as the crow flies; null when none was.</param>
public sealed record StationView(
    string Code, string Name, string NameEn, string DistrictCode, string StreetCode, string HostType, double Longitude, double Latitude, int RoomCapacity, bool Accessible, string ServiceMode, double? Km)
{
    internal static StationView Of(Station s, double? km) => new(
        s.Code, s.Name, s.NameEn, s.DistrictCode, s.StreetCode, s.HostType, s.Longitude, s.Latitude, s.RoomCapacity, s.Accessible, s.ServiceMode, km is null ? null : Math.Round(km.Value, 2));
}

internal static class ListStationsEndpoint
{
    private static readonly Refusal NearMalformed = Refusal.OfField("near", "near-malformed", "请按“经度,纬度”填写，例如 113.36,23.13。", "Give longitude,latitude, for example 113.36,23.13.");

    public static void Map(RouteGroupBuilder stations) => stations.MapGet("", Handle).WithName("ListStations");

    /// <summary>Stations by code or, with a point, the nearest first.</summary>
    /// <param name="district">Code of a district; all when left out.</param>
    /// <param name="near">Longitude and latitude (GCJ-02) with a comma between them.</param>
    /// <response code="400">near-malformed, after-malformed</response>
    private static async Task<Results<Ok<Page<StationView>>, ProblemHttpResult>> Handle(string? district, string? near, [AsParameters] PageQuery page, DispatchDb db, CancellationToken ct)
    {
        if (!TryRead(near, out var point))
        {
            return NearMalformed.AsProblem();
        }

        // A city has some hundred stations: all of them are read, since no database here orders by distance.
        var stations = await db.Stations.AsNoTracking().Where(s => district == null || s.DistrictCode == district).ToListAsync(ct);
        var ordered = stations
            .Select(s => (Station: s, Km: point is { } p ? Geo.Km(p.Longitude, p.Latitude, s.Longitude, s.Latitude) : (double?)null))
            .OrderBy(s => s.Km ?? 0).ThenBy(s => s.Station.Code, StringComparer.Ordinal).ToList();
        var from = ordered.FindIndex(s => s.Station.Code == page.After) + 1;
        if (from == 0 && !string.IsNullOrEmpty(page.After))
        {
            return PageQuery.Malformed.AsProblem();
        }

        return TypedResults.Ok(page.Cut([.. ordered.Skip(from).Take(page.Take + 1).Select(s => StationView.Of(s.Station, s.Km))], s => s.Code));
    }

    private static bool TryRead(string? near, out (double Longitude, double Latitude)? point)
    {
        point = null;
        if (string.IsNullOrEmpty(near))
        {
            return true;
        }

        var parts = near.Split(',');
        if (parts.Length != 2
            || !double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude) || Math.Abs(longitude) is not <= 180
            || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude) || Math.Abs(latitude) is not <= 90)
        {
            return false;
        }

        point = (longitude, latitude);
        return true;
    }
}

internal static class StationRefusals
{
    public static readonly Refusal NotFound = Refusal.NotFound("station-not-found", "没有找到这个站点。", "There is no such station.");
    public static readonly Refusal DistrictNotFound = Refusal.NotFound("district-not-found", "没有找到这个区。", "There is no such district.");
}
