using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace SkillStation.Portal.Session;

/// <summary>The number that a code was sent to, between the two pages of a log-in: in a protected cookie, so that it is in no address and no log.</summary>
internal static class LoginPhone
{
    private const string Cookie = "phone";
    private static readonly TimeSpan Waits = TimeSpan.FromMinutes(10);

    public static void Keep(HttpContext context, string phone) => Cookies.Set(context, Cookie, Protector(context).Protect(phone), Waits);

    public static void Forget(HttpContext context) => Cookies.Remove(context, Cookie);

    public static string? Of(HttpContext context)
    {
        try
        {
            return Cookies.Get(context, Cookie) is { } value ? Protector(context).Unprotect(value) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static IDataProtector Protector(HttpContext context) => context.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("portal.phone");
}

/// <summary>Mobile numbers as people type them.</summary>
internal static class Phones
{
    public static string Digits(string typed)
    {
        var digits = string.Concat(typed.Where(char.IsAsciiDigit));
        return digits.Length == 13 && digits.StartsWith("86", StringComparison.Ordinal) ? digits[2..] : digits;
    }

    public static bool IsMobile(string digits) => digits is ['1', >= '3', ..] && digits.Length == 11;

    public static string Masked(string digits) => digits.Length == 11 ? $"{digits[..3]} **** {digits[7..]}" : "";
}
