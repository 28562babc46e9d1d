using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Platform.Http;
using SkillStation.Scheduler.Data;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler;

internal static class ListOverdueDeadlinesEndpoint
{
    public static void Map(RouteGroupBuilder deadlines) => deadlines.MapGet("/overdue", Handle).WithName("ListOverdueDeadlines");

    /// <summary>What should have been done by now and has not been, longest overdue first.</summary>
    /// <param name="kind">Only this clock.</param>
    /// <response code="400">after-malformed</response>
    private static async Task<Results<Ok<Page<DeadlineView>>, ProblemHttpResult>> Handle(string? kind, [AsParameters] PageQuery page, SchedulerDb db, CancellationToken ct)
    {
        if (!page.TryRead<long>(out var after))
        {
            return PageQuery.Malformed.AsProblem();
        }

        var rows = await db.Deadlines.AsNoTracking()
            .Where(d => d.State == DeadlineState.Overdue && (kind == null || d.Kind == kind) && (d.DueAt > after.At || (d.DueAt == after.At && d.Seq > after.Key)))
            .OrderBy(d => d.DueAt).ThenBy(d => d.Seq).Take(page.Take + 1).ToListAsync(ct);
        var cut = page.Cut(rows, d => new PageKey<long>(d.DueAt, d.Seq).ToString());
        return TypedResults.Ok(new Page<DeadlineView>([.. cut.Items.Select(DeadlineView.Of)], cut.Next));
    }
}
