using System.Globalization;
using SkillStation.Platform.Http;

namespace SkillStation.Dispatch;

/// <summary>Where a page of a list that is ordered by an instant ends.</summary>
internal readonly record struct Keyset(DateTimeOffset At, Guid Id)
{
    public static readonly Refusal Malformed = Refusal.OfField("after", "after-malformed", "请用上一页给出的 next。", "Use the next of the page before.");

    public static bool TryRead(string? text, out Keyset after)
    {
        after = default;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        var parts = text.Split('_');
        if (parts.Length != 2 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) || ticks > DateTime.MaxValue.Ticks || !Guid.TryParse(parts[1], out var id))
        {
            return false;
        }

        after = new Keyset(new DateTimeOffset(ticks, TimeSpan.Zero), id);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}_{Id:N}");
}

/// <summary>A state in a query string.</summary>
internal static class Words
{
    public static readonly Refusal Unknown = Refusal.OfField("state", "state-unknown", "没有这个状态。", "There is no such state.");

    /// <summary>True with null when nothing was asked for; false for a word that is none.</summary>
    public static bool TryRead<T>(string? text, out T? word) where T : struct, Enum
    {
        word = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (!Enum.GetNames<T>().Contains(text, StringComparer.Ordinal))
        {
            return false;
        }

        word = Enum.Parse<T>(text);
        return true;
    }
}
