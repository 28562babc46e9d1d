using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using SkillStation.Portal.Data;

namespace SkillStation.Portal.Session;

/// <summary>
/// Nothing that was typed is lost when a session ends in the middle of a form: the values wait, protected, for the browser that sent them,
/// and the form is filled with them when it is opened again. Nothing is sent unasked.
/// </summary>
internal static class KeptForms
{
    private static readonly TimeSpan Waits = TimeSpan.FromHours(1);
    private static readonly string[] NotKept = ["__RequestVerificationToken", "_handler", "password", "code", "totp"];

    public static async Task Keep(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var values = form.Where(f => !NotKept.Contains(f.Key)).ToDictionary(f => f.Key, f => f.Value.ToArray());
        var services = context.RequestServices;
        var db = services.GetRequiredService<PortalDb>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var id = SessionStore.NewId();
        await db.KeptForms.Where(f => f.ExpiresAt < now).Take(100).ForEachAsync(f => db.Remove(f), context.RequestAborted);
        db.KeptForms.Add(new KeptForm
        {
            IdHash = SessionStore.Hash(id),
            Path = PathOf(context),
            Values = Protector(services).Protect(JsonSerializer.Serialize(values)),
            ExpiresAt = now + Waits,
        });
        await db.SaveChangesAsync(context.RequestAborted);
        Cookies.Set(context, Cookies.Kept, id, Waits);
    }

    /// <summary>The values that wait for this page, taken out; null when there are none.</summary>
    public static async Task<Dictionary<string, string?[]>?> Take(HttpContext context)
    {
        if (Cookies.Get(context, Cookies.Kept) is not { } id)
        {
            return null;
        }

        var services = context.RequestServices;
        var db = services.GetRequiredService<PortalDb>();
        var kept = await db.KeptForms.FindAsync([SessionStore.Hash(id)], context.RequestAborted);
        if (kept is null || kept.Path != PathOf(context))
        {
            return null;
        }

        db.Remove(kept);
        await db.SaveChangesAsync(context.RequestAborted);
        Cookies.Remove(context, Cookies.Kept);
        return kept.ExpiresAt > services.GetRequiredService<TimeProvider>().GetUtcNow()
            ? JsonSerializer.Deserialize<Dictionary<string, string?[]>>(Protector(services).Unprotect(kept.Values))
            : null;
    }

    private static string PathOf(HttpContext context)
    {
        var path = context.Request.Path.ToString();
        return path.Length > 500 ? path[..500] : path;
    }

    private static IDataProtector Protector(IServiceProvider services) => services.GetRequiredService<IDataProtectionProvider>().CreateProtector("portal.forms");
}
