using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SkillStation.Portal.Data;

namespace SkillStation.Portal.Session;

/// <summary>What Identity answers to a log-in or a refresh.</summary>
public sealed record SignedIn(string AccountId, string Name, IReadOnlyList<string> Grants, string AccessToken, DateTimeOffset Until, string? RefreshToken);

/// <summary>Begins and ends sessions. The cookie holds a random number and nothing else; tokens stay in the database, protected.</summary>
internal sealed class SessionStore(PortalDb db, IDataProtectionProvider protection, IOptions<PortalOptions> options, TimeProvider clock)
{
    private readonly IDataProtector protector = protection.CreateProtector("portal.tokens");

    /// <summary>A new session with a new number, whatever the browser held before.</summary>
    public async Task Begin(HttpContext context, SignedIn who, CancellationToken ct)
    {
        await End(context, ct);
        var id = NewId();
        var session = new SignedInSession
        {
            IdHash = Hash(id),
            AccountId = who.AccountId,
            Name = "",
            Grants = "",
            Tokens = "",
            TokenUntil = default,
            CreatedAt = clock.GetUtcNow(),
            ExpiresAt = default,
        };
        Fill(session, who);
        db.Sessions.Add(session);
        await db.Sessions.Where(s => s.ExpiresAt < clock.GetUtcNow().AddDays(-1)).Take(100).ForEachAsync(s => db.Remove(s), ct);
        await db.SaveChangesAsync(ct);
        Cookies.Set(context, Cookies.Session, id, Stays(who.Grants));
    }

    public async Task End(HttpContext context, CancellationToken ct)
    {
        if (Cookies.Get(context, Cookies.Session) is { } id && await db.Sessions.FindAsync([Hash(id)], ct) is { } session)
        {
            db.Remove(session);
            await db.SaveChangesAsync(ct);
        }

        Cookies.Remove(context, Cookies.Session);
    }

    /// <summary>The session of a cookie, with its life prolonged once a tenth of it is used; null when it has ended.</summary>
    public async Task<SignedInSession?> Find(string id, CancellationToken ct)
    {
        var session = await db.Sessions.FindAsync([Hash(id)], ct);
        return session is not null && session.ExpiresAt > clock.GetUtcNow() ? session : null;
    }

    /// <summary>True when the cookie must be sent anew.</summary>
    public async Task<bool> Prolong(SignedInSession session, CancellationToken ct)
    {
        var until = clock.GetUtcNow() + Stays(session.Grants.Split('\n'));
        if (until - session.ExpiresAt < Stays(session.Grants.Split('\n')) / 10)
        {
            return false;
        }

        session.ExpiresAt = until;
        return await TrySave(session, ct);
    }

    public async Task Renew(SignedInSession session, SignedIn who, CancellationToken ct)
    {
        Fill(session, who);
        await TrySave(session, ct);
    }

    public (string Access, string? Refresh) TokensOf(SignedInSession session)
    {
        var tokens = JsonSerializer.Deserialize<string?[]>(protector.Unprotect(session.Tokens))!;
        return (tokens[0] ?? "", tokens[1]);
    }

    public TimeSpan Stays(IEnumerable<string> grants) =>
        grants.All(g => g.StartsWith(Roles.Resident + "@", StringComparison.Ordinal)) ? options.Value.ResidentStays : options.Value.StaffStays;

    public static string NewId() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private void Fill(SignedInSession session, SignedIn who)
    {
        session.Name = who.Name.Length > 200 ? who.Name[..200] : who.Name;
        session.Grants = string.Join('\n', who.Grants);
        session.Tokens = protector.Protect(JsonSerializer.Serialize(new[] { who.AccessToken, who.RefreshToken }));
        session.TokenUntil = who.Until;
        session.ExpiresAt = clock.GetUtcNow() + Stays(who.Grants);
    }

    // Two tabs may renew at once; the row of the first is as good.
    private async Task<bool> TrySave(SignedInSession session, CancellationToken ct)
    {
        session.Version++;
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }
}

/// <summary>Cookies that scripts cannot read. Over https they carry the __Host- prefix, which no other site under the domain can set.</summary>
internal static class Cookies
{
    public const string Session = "sid";
    public const string Kept = "kept";

    public static string? Get(HttpContext context, string name) => context.Request.Cookies[FullName(context, name)] is { Length: > 0 } value ? value : null;

    public static void Set(HttpContext context, string name, string value, TimeSpan stays) => context.Response.Cookies.Append(FullName(context, name), value, Options(context, stays));

    public static void Remove(HttpContext context, string name)
    {
        if (Get(context, name) is not null)
        {
            context.Response.Cookies.Delete(FullName(context, name), Options(context, null));
        }
    }

    private static string FullName(HttpContext context, string name) => context.Request.IsHttps ? "__Host-" + name : name;

    private static CookieOptions Options(HttpContext context, TimeSpan? stays) => new()
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = stays,
        IsEssential = true,
    };
}
