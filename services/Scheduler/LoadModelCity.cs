using Microsoft.EntityFrameworkCore;
using SkillStation.Platform.Data;
using SkillStation.Scheduler.Data;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler;

/// <summary>On each start: calendar days, rules and points of the files that the tables do not hold yet. Rows that are there stay as they are.</summary>
internal static class LoadModelCity
{
    public static async Task Into(SchedulerDb db, CancellationToken ct)
    {
        var assembly = typeof(LoadModelCity).Assembly;
        var days = await db.CalendarDays.Select(d => d.Date).ToHashSetAsync(ct);
        db.CalendarDays.AddRange(ReferenceData.Read<DayRow>(assembly, "china-holidays.csv")
            .Where(r => !days.Contains(r.Date))
            .Select(r => new CalendarDay { Date = r.Date, Name = r.Name, DayOff = r.DayOff == "yes" }));

        var rules = (await db.DeadlineRules.AsNoTracking().ToListAsync(ct)).Select(r => (r.Kind, r.TrainingKind, r.EffectiveFrom)).ToHashSet();
        db.DeadlineRules.AddRange(ReferenceData.Read<RuleRow>(assembly, "deadline-rules.csv")
            .Where(r => !rules.Contains((r.Kind, r.TrainingKind, r.EffectiveFrom)))
            .Select(RuleOf));

        var points = (await db.FollowUpPoints.AsNoTracking().ToListAsync(ct)).Select(p => (p.PointDays, p.EffectiveFrom)).ToHashSet();
        db.FollowUpPoints.AddRange(ReferenceData.Read<PointRow>(assembly, "follow-up-points.csv")
            .Where(r => !points.Contains((r.PointDays, r.EffectiveFrom)))
            .Select(r => new FollowUpPoint { PointDays = r.PointDays, WindowDays = r.WindowDays, Channel = r.Channel, EffectiveFrom = r.EffectiveFrom, EffectiveTo = r.EffectiveTo }));
        await db.SaveChangesAsync(ct);
    }

    public static async Task Into(Rulebook rulebook, SchedulerDb db, CancellationToken ct) => rulebook.Take(
        await db.DeadlineRules.AsNoTracking().ToListAsync(ct),
        await db.FollowUpPoints.AsNoTracking().ToListAsync(ct),
        await db.CalendarDays.AsNoTracking().ToListAsync(ct));

    private static DeadlineRule RuleOf(RuleRow row)
    {
        var warnings = row.WarnPercents.Split(';').Select(int.Parse).ToList();
        return new DeadlineRule
        {
            Kind = row.Kind,
            TrainingKind = row.TrainingKind,
            Length = row.Length,
            Unit = row.Unit,
            FirstWarning = warnings[0],
            SecondWarning = warnings[1],
            EffectiveFrom = row.EffectiveFrom,
            EffectiveTo = row.EffectiveTo,
        };
    }

    private sealed record DayRow(DateOnly Date, string Name, string DayOff);

    private sealed record RuleRow(string Kind, string TrainingKind, int Length, string Unit, string WarnPercents, DateOnly EffectiveFrom, DateOnly? EffectiveTo);

    private sealed record PointRow(int PointDays, int WindowDays, string Channel, DateOnly EffectiveFrom, DateOnly? EffectiveTo);
}
