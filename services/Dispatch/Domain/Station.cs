namespace SkillStation.Dispatch.Domain;

/// <summary>A skills station (技能加油站): where requests of its neighbourhood are looked at and pooled.</summary>
internal sealed class Station
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string NameEn { get; init; }
    public required string DistrictCode { get; init; }
    public required string StreetCode { get; init; }
    public required string HostType { get; init; }
    public required double Longitude { get; init; }
    public required double Latitude { get; init; }
    public required int RoomCapacity { get; init; }
    public required bool Accessible { get; init; }
    public required string ServiceMode { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
}

/// <summary>A district (区), with the centre of its area for finding its neighbours.</summary>
internal sealed class District
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string NameEn { get; init; }
    public required double Longitude { get; init; }
    public required double Latitude { get; init; }
}

/// <summary>A sub-district or town (街道、镇).</summary>
internal sealed class Subdistrict
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string NameEn { get; init; }
    public required string DistrictCode { get; init; }
    public required string Kind { get; init; }
}

/// <summary>Distances between points of one datum (GCJ-02).</summary>
internal static class Geo
{
    private const double EarthRadiusKm = 6371.0088;

    public static double Km(double longitude, double latitude, double otherLongitude, double otherLatitude)
    {
        var (a, b) = (double.DegreesToRadians(latitude), double.DegreesToRadians(otherLatitude));
        var sinLat = Math.Sin((b - a) / 2);
        var sinLng = Math.Sin(double.DegreesToRadians(otherLongitude - longitude) / 2);
        return 2 * EarthRadiusKm * Math.Asin(Math.Sqrt(sinLat * sinLat + Math.Cos(a) * Math.Cos(b) * sinLng * sinLng));
    }

    /// <summary>The other districts, nearest first.</summary>
    public static IReadOnlyList<string> NearestFirst(IReadOnlyList<District> districts, string code)
    {
        var here = districts.Single(d => d.Code == code);
        return [.. districts.Where(d => d.Code != code).OrderBy(d => Km(here.Longitude, here.Latitude, d.Longitude, d.Latitude)).ThenBy(d => d.Code, StringComparer.Ordinal).Select(d => d.Code)];
    }
}
