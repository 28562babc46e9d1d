using SkillStation.Platform;
using SkillStation.Platform.Data;

namespace SkillStation.Acceptance.Domain;

/// <summary>Numbers that the bureau may change from a day on (ModelCity/class-rules.csv says what each means).</summary>
internal sealed record ClassRule(
    DateOnly EffectiveFrom, decimal AttendanceShare, decimal PassMark, int FilingDays, decimal MostHoursADay, int SheetOpensMinutes, int NoShowSessions,
    int FilingReturns, int HourMinutes, int BreakMinutes, int BreakEveryHours);

/// <summary>A half-day in which a session can stand.</summary>
internal enum Slot
{
    Morning,
    Afternoon,
    Evening,
}

internal static class ClassRules
{
    private static readonly IReadOnlyList<ClassRule> Rules = ReferenceData.Read<ClassRule>(typeof(ClassRules).Assembly, "class-rules.csv");
    private static readonly IReadOnlyList<SlotRow> Slots = ReferenceData.Read<SlotRow>(typeof(ClassRules).Assembly, "class-slots.csv");

    /// <summary>The rule of a day.</summary>
    public static ClassRule On(DateOnly day) => Rules.Where(r => r.EffectiveFrom <= day).MaxBy(r => r.EffectiveFrom) ?? Rules.MinBy(r => r.EffectiveFrom)!;

    /// <summary>From when to when a session of so many class hours runs: the hours and a break after every so many of them.</summary>
    public static (DateTimeOffset StartsAt, DateTimeOffset EndsAt) Times(DateOnly date, Slot slot, decimal hours)
    {
        var rule = On(date);
        var rows = Slots.Where(s => s.Slot == slot.ToString()).ToList();
        var row = rows.Where(s => s.EffectiveFrom <= date).MaxBy(s => s.EffectiveFrom) ?? rows.MinBy(s => s.EffectiveFrom)!;
        var startsAt = LocalTime.At(date, row.StartsAt);
        var minutes = (hours * rule.HourMinutes) + (Math.Floor(hours / rule.BreakEveryHours) * rule.BreakMinutes);
        return (startsAt, startsAt.AddMinutes((double)minutes));
    }

    private sealed record SlotRow(string Slot, TimeOnly StartsAt, DateOnly EffectiveFrom);
}
