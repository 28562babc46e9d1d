using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using SkillStation.Platform.Data;

namespace SkillStation.Platform.Http;

/// <summary>A view of something that changes; its version travels as ETag.</summary>
public interface IVersionedView
{
    int Version { get; }
}

/// <summary>Optimistic concurrency over HTTP: ETag out, If-Match in, 412 when they differ.</summary>
public static class Versions
{
    public static readonly Refusal Stale = new("stale-version", "这条内容刚被更新过，请刷新后再试。", "This was changed a moment ago. Reload it and try again.", StatusCodes.Status412PreconditionFailed);
    private static readonly Refusal Missing = new("if-match-required", "请先读取最新版本，再用 If-Match 提交。", "Read the latest version first and send it as If-Match.", StatusCodes.Status428PreconditionRequired);

    /// <summary>Null when the caller's If-Match fits the version, or none was sent where none is <paramref name="required"/>.</summary>
    public static Refusal? Check(string? ifMatch, int version, bool required = false)
    {
        if (string.IsNullOrWhiteSpace(ifMatch) || ifMatch == "*")
        {
            return required && ifMatch != "*" ? Missing : null;
        }

        return ifMatch.Trim() == Tag(version) ? null : Stale;
    }

    public static string Tag(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    internal static async ValueTask<object?> AddETag(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var inner = result;
        while (inner is INestedHttpResult nested)
        {
            inner = nested.Result;
        }

        if (inner is IValueHttpResult { Value: IVersionedView view })
        {
            context.HttpContext.Response.Headers.ETag = Tag(view.Version);
        }

        return result;
    }
}

/// <summary>
/// Runs a command once more from a fresh read when somebody else was faster to a row or a key that it needs; then its own checks find what is in the
/// way and say so, and who named no version is not told of one. Who has lost once waits in line, since fifty who all try again at once would all but
/// one lose again.
/// </summary>
internal static class LostRaces
{
    private const int Tries = 6;
    private static readonly SemaphoreSlim Line = new(1, 1);

    public static async ValueTask<object?> TryAgain(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (DbUpdateException e) when (Lost(e))
        {
            await Line.WaitAsync(context.HttpContext.RequestAborted);
        }

        try
        {
            for (var left = Tries; ; left--)
            {
                foreach (var db in context.Arguments.OfType<ModuleDb>())
                {
                    db.ChangeTracker.Clear();
                }

                try
                {
                    return await next(context);
                }
                catch (DbUpdateException e) when (left > 1 && Lost(e))
                {
                    // a newcomer was faster
                }
            }
        }
        finally
        {
            Line.Release();
        }

        static bool Lost(DbUpdateException e) => e is DbUpdateConcurrencyException || e.IsUniqueViolation("");
    }
}

/// <summary>One page of a list.</summary>
/// <param name="Items">At most as many as were asked for.</param>
/// <param name="Next">Send it as <c>after</c> for the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Which page of a list; ordered by a key, so that nothing is skipped or shown twice when rows come and go.</summary>
/// <param name="After">The <c>next</c> of the page before; leave out for the first.</param>
/// <param name="Size">1 to 100; 20 when left out.</param>
public readonly record struct PageQuery(string? After, int? Size)
{
    public static readonly Refusal Malformed = Refusal.OfField("after", "after-malformed", "请用上一页给出的 next，或从第一页开始。", "Send the next of the page before, or start from the first page.");

    public int Take => Math.Clamp(Size ?? 20, 1, 100);

    /// <summary>True with the lowest of all keys on the first page; false when <see cref="After"/> is no key.</summary>
    public bool TryRead<TKey>(out PageKey<TKey> after) where TKey : struct, IParsable<TKey>
    {
        after = default;
        if (string.IsNullOrEmpty(After))
        {
            return true;
        }

        if (After.Split('_') is not [var first, var second]
            || !long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var order) || order > DateTimeOffset.MaxValue.UtcTicks
            || !TKey.TryParse(second, CultureInfo.InvariantCulture, out var key))
        {
            return false;
        }

        after = new PageKey<TKey>(order, key);
        return true;
    }

    /// <summary>Cuts a list that was read one longer than <see cref="Take"/> to the page and the key of the next.</summary>
    public Page<T> Cut<T>(List<T> oneMore, Func<T, string> key)
    {
        var page = oneMore.Take(Take).ToList();
        return new Page<T>(page, oneMore.Count > page.Count ? key(page[^1]) : null);
    }
}

/// <summary>Where a page ends: what the list is ordered by, and the row's own key, which tells equals apart.</summary>
public readonly record struct PageKey<TKey>(long Order, TKey Key) where TKey : struct, IParsable<TKey>
{
    public PageKey(DateTimeOffset at, TKey key)
        : this(at.UtcTicks, key)
    {
    }

    public DateTimeOffset At => new(Order, TimeSpan.Zero);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Order}_{Key}");
}
