using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Platform.Http;
using SkillStation.Scheduler.Data;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler;

/// <summary>One run of a clock.</summary>
/// <param name="Kind">Which clock.</param>
/// <param name="SubjectId">The request, pool, offer, class or session that it is about.</param>
/// <param name="Round">1 for the first run for this subject.</param>
/// <param name="State">Running, Overdue, Met or MetLate.</param>
/// <param name="Stage">The last stage told: None, Half, FourFifths or Due.</param>
/// <param name="ExtendedBy">How much of the time makes up for outages of ours.</param>
public sealed record DeadlineView(
    Guid Id, string Kind, Guid SubjectId, int Round, string State, string Stage, DateTimeOffset StartedAt, DateTimeOffset HalfAt, DateTimeOffset FourFifthsAt, DateTimeOffset DueAt,
    TimeSpan ExtendedBy, DateTimeOffset? StoppedAt)
{
    internal static DeadlineView Of(Deadline d) =>
        new(d.Id, d.Kind, d.SubjectId, d.Round, d.State.ToString(), d.Stage.ToString(), d.StartedAt, d.HalfAt, d.FourFifthsAt, d.DueAt, d.ExtendedBy, d.StoppedAt);
}

internal static class ListDeadlinesEndpoint
{
    public static void Map(RouteGroupBuilder deadlines) => deadlines.MapGet("", Handle).WithName("ListDeadlines");

    /// <summary>Deadlines in the order in which they were set, for operators.</summary>
    /// <param name="kind">Only this clock.</param>
    /// <param name="subject">Only of this request, pool, offer, class or session.</param>
    /// <param name="open">True: only those not stopped; false: only stopped ones.</param>
    /// <response code="400">page-key-invalid</response>
    private static async Task<Results<Ok<Page<DeadlineView>>, ProblemHttpResult>> Handle(string? kind, Guid? subject, bool? open, [AsParameters] PageQuery page, SchedulerDb db, CancellationToken ct)
    {
        if (!PageKey.TryRead(page.After, out var after))
        {
            return PageKey.Invalid.AsProblem();
        }

        var rows = await db.Deadlines.AsNoTracking()
            .Where(d => d.Seq > after.Seq && (kind == null || d.Kind == kind) && (subject == null || d.SubjectId == subject) && (open == null || d.StoppedAt == null == open))
            .OrderBy(d => d.Seq).Take(page.Take + 1).ToListAsync(ct);
        var cut = page.Cut(rows, d => PageKey.Of(0, d.Seq));
        return TypedResults.Ok(new Page<DeadlineView>([.. cut.Items.Select(DeadlineView.Of)], cut.Next));
    }
}

/// <summary>The key of a page: what the list is ordered by, and the row number among equals.</summary>
internal static class PageKey
{
    public static readonly Refusal Invalid = new("page-key-invalid", "翻页参数不对，请从第一页开始。", "This page key is not one of ours; start from the first page.", StatusCodes.Status400BadRequest);

    public static string Of(long order, long seq) => string.Create(CultureInfo.InvariantCulture, $"{order}-{seq}");

    public static bool TryRead(string? after, out (long Order, long Seq) key)
    {
        key = default;
        if (string.IsNullOrEmpty(after))
        {
            return true;
        }

        var parts = after.Split('-');
        if (parts.Length != 2 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var order)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seq) || order > DateTimeOffset.MaxValue.UtcTicks)
        {
            return false;
        }

        key = (order, seq);
        return true;
    }
}
