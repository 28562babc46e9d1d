using System.Globalization;
using Microsoft.AspNetCore.Http;

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

/// <summary>One page of a list.</summary>
/// <param name="Items">At most as many as were asked for.</param>
/// <param name="Next">Send it as <c>after</c> for the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Which page of a list; ordered by a key, so that nothing is skipped or shown twice when rows come and go.</summary>
/// <param name="After">The <c>next</c> of the page before; leave out for the first.</param>
/// <param name="Size">1 to 100; 20 when left out.</param>
public readonly record struct PageQuery(string? After, int? Size)
{
    public int Take => Math.Clamp(Size ?? 20, 1, 100);

    /// <summary>Cuts a list that was read one longer than <see cref="Take"/> to the page and the key of the next.</summary>
    public Page<T> Cut<T>(List<T> oneMore, Func<T, string> key)
    {
        var page = oneMore.Take(Take).ToList();
        return new Page<T>(page, oneMore.Count > page.Count ? key(page[^1]) : null);
    }
}
