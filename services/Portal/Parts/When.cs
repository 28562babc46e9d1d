using System.Globalization;
using SkillStation.Platform;
using static SkillStation.Platform.Http.Language;

namespace SkillStation.Portal.Parts;

/// <summary>Times as people say them, in the city's zone.</summary>
public static class When
{
    private static CultureInfo Culture => CultureInfo.GetCultureInfo(IsEnglish ? "en" : "zh-CN");

    /// <summary>3月2日 周一.</summary>
    public static string Day(DateOnly day) => day.ToString(Pick("M月d日 ddd", "ddd d MMM"), Culture);

    /// <summary>2026年3月2日.</summary>
    public static string Date(DateOnly day) => day.ToString(Pick("yyyy年M月d日", "d MMMM yyyy"), Culture);

    /// <summary>3月2日 周一 09:00.</summary>
    public static string Of(DateTimeOffset at) => at.ToLocal().ToString(Pick("M月d日 ddd HH:mm", "ddd d MMM, HH:mm"), Culture);

    /// <summary>09:00.</summary>
    public static string Time(DateTimeOffset at) => at.ToLocal().ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>For the datetime attribute.</summary>
    public static string Machine(DateTimeOffset at) => at.ToLocal().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>What is left: 2 小时, 1 天 8 小时; or that it is over.</summary>
    public static string Left(DateTimeOffset until, DateTimeOffset now)
    {
        var left = until - now;
        return left switch
        {
            { TotalMinutes: < 0 } => Pick("已超时", "overdue"),
            { TotalMinutes: < 60 } => Pick($"{left.Minutes} 分钟", $"{left.Minutes} min"),
            { TotalHours: < 24 } => Pick($"{(int)left.TotalHours} 小时", $"{(int)left.TotalHours} h"),
            { TotalDays: < 3 } => Pick($"{left.Days} 天 {left.Hours} 小时", $"{left.Days} d {left.Hours} h"),
            _ => Pick($"{left.Days} 天", $"{left.Days} days"),
        };
    }
}
