using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Platform.Http;
using SkillStation.Scheduler.Data;

namespace SkillStation.Scheduler;

internal static class ListIndicatorSnapshotsEndpoint
{
    public static void Map(RouteGroupBuilder indicators) => indicators.MapGet("/snapshots", Handle).WithName("ListIndicatorSnapshots");

    /// <summary>The daily figures, oldest first.</summary>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day, inclusive.</param>
    /// <param name="scope">city or a district code; all when left out.</param>
    private static async Task<Ok<Page<IndicatorSnapshotView>>> Handle(DateOnly? from, DateOnly? to, string? scope, [AsParameters] PageQuery page, SchedulerDb db, CancellationToken ct)
    {
        var rows = await db.Snapshots.AsNoTracking()
            .Where(s => (from == null || s.Day >= from) && (to == null || s.Day <= to) && (scope == null || s.Scope == scope) && (page.After == null || s.Key.CompareTo(page.After) > 0))
            .OrderBy(s => s.Key).Take(page.Take + 1).ToListAsync(ct);
        var cut = page.Cut(rows, s => s.Key);
        return TypedResults.Ok(new Page<IndicatorSnapshotView>(
            [.. cut.Items.Select(s => new IndicatorSnapshotView(s.Day, s.Scope, JsonSerializer.Deserialize<IndicatorsView>(s.Figures)!, s.At))], cut.Next));
    }
}
