using System.Globalization;
using SkillStation.Portal.Clients;
using SkillStation.Portal.Shell;

namespace SkillStation.Portal.Session;

/// <summary>Where "near" is: a station that the visitor chose, kept in a cookie of theirs and nowhere else.</summary>
public sealed record Whereabouts(string StationCode, double Longitude, double Latitude, Words Name)
{
    private const string Cookie = "near";

    /// <summary>As the services take it.</summary>
    public string Near => string.Create(CultureInfo.InvariantCulture, $"{Longitude:0.######},{Latitude:0.######}");

    /// <summary>Null while the visitor has chosen none, or the cookie makes no sense.</summary>
    public static Whereabouts? Of(HttpContext context) =>
        context.Request.Cookies[Cookie]?.Split('|') is [var code, var longitude, var latitude, var zh, var en]
        && double.TryParse(longitude, CultureInfo.InvariantCulture, out var x) && x is >= -180 and <= 180
        && double.TryParse(latitude, CultureInfo.InvariantCulture, out var y) && y is >= -90 and <= 90
            ? new Whereabouts(code, x, y, new Words(zh, en))
            : null;

    public void Keep(HttpContext context) =>
        context.Response.Cookies.Append(Cookie, string.Join('|', StationCode, Longitude.ToString(CultureInfo.InvariantCulture), Latitude.ToString(CultureInfo.InvariantCulture), Name.Zh, Name.En), Preferences.ForAYear(context));
}
