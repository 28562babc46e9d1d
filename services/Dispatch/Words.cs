using SkillStation.Platform.Http;

namespace SkillStation.Dispatch;

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

/// <summary>What other services and people will read: without a number as long as that of a phone or an identity card, however it is spaced.</summary>
internal static class NoLongNumber
{
    public const string Pattern = @"^(?![\s\S]*([0-9][\s-]?){11})[\s\S]*$";
    public const string Chinese = "请不要写电话号码或证件号码。";
    public const string English = "Leave out phone and ID numbers.";
}
