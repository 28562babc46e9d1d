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
    /// <response code="400">page-key-invalid</response>
    private static async Task<Results<Ok<Page<DeadlineView>>, ProblemHttpResult>> Handle(string? kind, [AsParameters] PageQuery page, SchedulerDb db, CancellationToken ct)
    {
        if (!PageKey.TryRead(page.After, out var after))
        {
            return PageKey.Invalid.AsProblem();
        }

        var due = new DateTimeOffset(after.Order, TimeSpan.Zero);
        var rows = await db.Deadlines.AsNoTracking()
            .Where(d => d.State == DeadlineState.Overdue && (kind == null || d.Kind == kind) && (d.DueAt > due || (d.DueAt == due && d.Seq > after.Seq)))
            .OrderBy(d => d.DueAt).ThenBy(d => d.Seq).Take(page.Take + 1).ToListAsync(ct);
        var cut = page.Cut(rows, d => PageKey.Of(d.DueAt.UtcTicks, d.Seq));
        return TypedResults.Ok(new Page<DeadlineView>([.. cut.Items.Select(DeadlineView.Of)], cut.Next));
    }
}
