using System.Globalization;
using SkillStation.Platform.Http;

namespace SkillStation.Requests.Domain;

/// <summary>A point on the map, in degrees.</summary>
internal readonly record struct Place(double Longitude, double Latitude)
{
    private const double EarthRadiusKm = 6371.0088;
    // 80 metres a minute with the detours of real streets; beyond some 1.3 km a bus or the metro is quicker, waiting included.
    private const double WalkMinutesPerKm = 12.5;
    private const double RideMinutes = 12;
    private const double RideMinutesPerKm = 3.5;

    public static readonly Refusal Malformed = Refusal.OfField("near", "near-malformed", "位置的写法应为“经度,纬度”，例如 113.26,23.13。", "A place is written as longitude,latitude, such as 113.26,23.13.");
    public static readonly Refusal Needed = Refusal.OfField("near", "near-needed", "请给出您的位置。", "Tell us where you are.");

    public static (Place? Place, Refusal? Refusal) Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return (null, null);
        }

        var parts = text.Split(',');
        return parts.Length == 2
            && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude) && longitude is >= -180 and <= 180
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude) && latitude is >= -90 and <= 90
            ? (new Place(longitude, latitude), null)
            : (null, Malformed);
    }

    /// <summary>The way to another place in whole minutes, on foot or by public transport, whichever is quicker.</summary>
    public int MinutesTo(Place other)
    {
        var km = KmTo(other);
        return (int)Math.Ceiling(Math.Min(km * WalkMinutesPerKm, RideMinutes + (km * RideMinutesPerKm)));
    }

    private double KmTo(Place other)
    {
        var (latitude, otherLatitude) = (double.DegreesToRadians(Latitude), double.DegreesToRadians(other.Latitude));
        var north = Math.Sin((otherLatitude - latitude) / 2);
        var east = Math.Sin(double.DegreesToRadians(other.Longitude - Longitude) / 2);
        return 2 * EarthRadiusKm * Math.Asin(Math.Min(1, Math.Sqrt((north * north) + (Math.Cos(latitude) * Math.Cos(otherLatitude) * east * east))));
    }
}
