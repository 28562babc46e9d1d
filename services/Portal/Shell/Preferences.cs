using Microsoft.AspNetCore.Localization;

namespace SkillStation.Portal.Shell;

/// <summary>大字 and the language: two links that set a cookie and go back to where the visitor was.</summary>
internal static class Preferences
{
    public const string SizeCookie = "size";

    public static void MapPreferences(this WebApplication app)
    {
        app.MapGet("/prefs/size", (HttpContext context, string? v, string? back) =>
        {
            context.Response.Cookies.Append(SizeCookie, v == "large" ? "large" : "", ForAYear(context));
            return Results.LocalRedirect(SafePath(back));
        }).WithMetadata(new IsPage()).ExcludeFromDescription();
        app.MapGet("/prefs/lang", (HttpContext context, string? v, string? back) =>
        {
            var culture = new RequestCulture(v == "en" ? "en" : "zh-CN");
            context.Response.Cookies.Append(CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(culture), ForAYear(context));
            return Results.LocalRedirect(SafePath(back));
        }).WithMetadata(new IsPage()).ExcludeFromDescription();
    }

    /// <summary>A path of this site and nothing else, whatever was asked for.</summary>
    public static string SafePath(string? path) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) ? path : "/";

    public static CookieOptions ForAYear(HttpContext context) => new()
    {
        MaxAge = TimeSpan.FromDays(365),
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
    };
}
