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
/// <param name="State">Running, Overdue, Met, MetLate or Lapsed.</param>
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
    /// <response code="400">after-malformed</response>
    private static async Task<Results<Ok<Page<DeadlineView>>, ProblemHttpResult>> Handle(string? kind, Guid? subject, bool? open, [AsParameters] PageQuery page, SchedulerDb db, CancellationToken ct)
    {
        if (!page.TryRead<long>(out var after))
        {
            return PageQuery.Malformed.AsProblem();
        }

        var rows = await db.Deadlines.AsNoTracking()
            .Where(d => d.Seq > after.Key && (kind == null || d.Kind == kind) && (subject == null || d.SubjectId == subject) && (open == null || d.StoppedAt == null == open))
            .OrderBy(d => d.Seq).Take(page.Take + 1).ToListAsync(ct);
        var cut = page.Cut(rows, d => new PageKey<long>(0, d.Seq).ToString());
        return TypedResults.Ok(new Page<DeadlineView>([.. cut.Items.Select(DeadlineView.Of)], cut.Next));
    }
}
