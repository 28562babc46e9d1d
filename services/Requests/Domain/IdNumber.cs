using System.Globalization;

namespace SkillStation.Requests.Domain;

/// <summary>The 18 characters of a resident identity card, GB 11643-1999: region, birth date, serial, check character (ISO 7064 MOD 11-2).</summary>
internal static class IdNumber
{
    private const string CheckCharacters = "10X98765432";
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    public static bool TryRead(string text, out string normalised, out DateOnly bornOn)
    {
        var id = text.Trim().ToUpperInvariant();
        normalised = id;
        bornOn = default;
        return id.Length == 18
            && id[..17].All(char.IsAsciiDigit)
            && id[0] != '0'
            && DateOnly.TryParseExact(id.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out bornOn)
            && id[17] == CheckCharacters[Weights.Select((w, i) => w * (id[i] - '0')).Sum() % 11];
    }
}
