using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using SkillStation.Portal.Data;

namespace SkillStation.Portal.Session;

/// <summary>From the cookie to the visitor, with an access token that is still good.</summary>
internal sealed class RecognizeVisitor(SessionStore sessions, ISignIn signIn, TimeProvider clock)
{
    private static readonly TimeSpan Spare = TimeSpan.FromSeconds(45);
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Renewing = new();

    public static async Task In(HttpContext context)
    {
        var visitor = Visitor.Nobody;
        if (Cookies.Get(context, Cookies.Session) is { } id)
        {
            visitor = await context.RequestServices.GetRequiredService<RecognizeVisitor>().Recognize(context, id, context.RequestAborted);
        }

        context.Features.Set(visitor);
    }

    /// <summary>Whether the browser came with a session that is over.</summary>
    public static bool HadSession(HttpContext context) => Cookies.Get(context, Cookies.Session) is not null && !context.Features.GetRequiredFeature<Visitor>().IsSignedIn;

    private async Task<Visitor> Recognize(HttpContext context, string id, CancellationToken ct)
    {
        var session = await sessions.Find(id, ct);
        if (session is not null && session.TokenUntil - Spare < clock.GetUtcNow())
        {
            session = await Renew(id, ct);
        }

        if (session is null)
        {
            return Visitor.Nobody;
        }

        if (await sessions.Prolong(session, ct))
        {
            Cookies.Set(context, Cookies.Session, id, sessions.Stays(session.Grants.Split('\n')));
        }

        try
        {
            return new Visitor
            {
                AccountId = session.AccountId,
                Name = session.Name,
                Grants = [.. session.Grants.Split('\n').Select(Grant.Read).OfType<Grant>()],
                AccessToken = sessions.TokensOf(session).Access,
                SessionKey = session.IdHash,
            };
        }
        catch (CryptographicException)
        {
            return Visitor.Nobody;   // the keys were taken away, which is how everybody is logged out at once
        }
    }

    // A refresh token is good once, so two pages of one session must not both use it.
    private async Task<SignedInSession?> Renew(string id, CancellationToken ct)
    {
        var gate = Renewing.GetOrAdd(id, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(ct);
        try
        {
            var session = await sessions.Find(id, ct);
            if (session is null || session.TokenUntil - Spare > clock.GetUtcNow())
            {
                return session;
            }

            if (sessions.TokensOf(session).Refresh is not { } refresh || await signIn.Refresh(refresh, ct) is not { Value: { } renewed })
            {
                return null;
            }

            await sessions.Renew(session, renewed, ct);
            return session;
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            gate.Release();
            Renewing.TryRemove(id, out _);
        }
    }
}
