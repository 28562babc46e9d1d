using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SkillStation.Platform;
using SkillStation.Platform.Data;
using SkillStation.Scheduler.Data;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler;

/// <summary>Each night: the figures of all requests up to the day before, for the city and each district. What is written stays as it is.</summary>
internal static class SnapshotIndicators
{
    /// <summary>How many were written; none when the day has its snapshots.</summary>
    public static async Task<int> Run(SchedulerDb db, DateTimeOffset now, CancellationToken ct)
    {
        var day = now.LocalDate().AddDays(-1);
        var scopes = await db.Stations.Select(s => s.DistrictCode).Distinct().ToListAsync(ct);
        var written = await db.Snapshots.Where(s => s.Day == day).Select(s => s.Scope).ToListAsync(ct);
        foreach (var scope in scopes.Prepend(IndicatorSnapshot.City).Except(written))
        {
            var figures = await GetIndicatorsEndpoint.Count(db, new IndicatorQuery(null, day, scope == IndicatorSnapshot.City ? null : scope, null, null), ct);
            db.Snapshots.Add(new IndicatorSnapshot { Key = IndicatorSnapshot.KeyOf(day, scope), Day = day, Scope = scope, Figures = JsonSerializer.Serialize(figures), At = now });
        }

        try
        {
            return await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation("Snapshots"))
        {
            db.ChangeTracker.Clear();
            return 0;   // another replica wrote the same day
        }
    }
}

/// <summary>The figures of one day as they were written.</summary>
/// <param name="Day">Requests up to this day are counted.</param>
/// <param name="Scope">city, or a district code.</param>
public sealed record IndicatorSnapshotView(DateOnly Day, string Scope, IndicatorsView Figures, DateTimeOffset At);
