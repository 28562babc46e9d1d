using System.Globalization;
using System.Text.RegularExpressions;

namespace SkillStation.Acceptance.Domain;

/// <summary>GZ-year-serial-check. The check character (ISO 7064 MOD 37,36 over letters and digits) finds every single wrong character and every swap of neighbours.</summary>
internal static partial class CredentialNumber
{
    private const string Characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const int Modulus = 36;

    public static string Of(int year, int serial)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"GZ-{year:0000}-{serial:0000000}");
        return $"{body}-{CheckCharacter(body)}";
    }

    /// <summary>As stored, when the text has the form and its check character fits.</summary>
    public static bool TryRead(string text, out string number)
    {
        number = text.Trim().ToUpperInvariant();
        return Form().IsMatch(number) && number[^1] == CheckCharacter(number[..^2]);
    }

    internal static char CheckCharacter(string body)
    {
        var product = Modulus;
        foreach (var character in body.Where(c => c != '-'))
        {
            var sum = (product + Characters.IndexOf(character, StringComparison.Ordinal)) % Modulus;
            product = (sum == 0 ? Modulus : sum) * 2 % (Modulus + 1);
        }

        return Characters[(Modulus + 1 - product) % Modulus];
    }

    [GeneratedRegex("^GZ-[0-9]{4}-[0-9]{7,9}-[0-9A-Z]$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
