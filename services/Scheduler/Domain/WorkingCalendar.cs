using SkillStation.Platform;

namespace SkillStation.Scheduler.Domain;

/// <summary>A day on which the calendar differs from the plain week.</summary>
internal sealed class CalendarDay
{
    public required DateOnly Date { get; init; }
    public required string Name { get; init; }
    /// <summary>True for a public holiday, false for a weekend day worked in exchange (调休).</summary>
    public required bool DayOff { get; init; }
}

/// <summary>
/// Which days are working days (工作日). A working day counts as 24 hours of a timeline that holds working days only, so n working
/// days end at the same wall-clock time. What starts on a day off starts at 09:00 of the next working day.
/// A year without a single row has not been published yet: Monday to Friday are taken, and <paramref name="unpublished"/> is told.
/// </summary>
internal sealed class WorkingCalendar(IEnumerable<CalendarDay> days, Action<int>? unpublished = null)
{
    private static readonly TimeSpan Opening = TimeSpan.FromHours(9);
    private static readonly TimeSpan FullDay = TimeSpan.FromDays(1);
    private readonly Dictionary<DateOnly, CalendarDay> byDate = days.ToDictionary(d => d.Date);

    public bool IsPublished(int year) => byDate.Keys.Any(d => d.Year == year);

    public IEnumerable<CalendarDay> DaysOf(int year) => byDate.Values.Where(d => d.Date.Year == year).OrderBy(d => d.Date);

    public bool IsWorkingDay(DateOnly date)
    {
        if (byDate.TryGetValue(date, out var day))
        {
            return !day.DayOff;
        }

        if (!IsPublished(date.Year))
        {
            unpublished?.Invoke(date.Year);
        }

        return date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
    }

    /// <summary>The instant so many working days later; parts of a day are allowed, for reminders on the way.</summary>
    public DateTimeOffset AddWorkingDays(DateTimeOffset from, decimal days)
    {
        var local = from.ToLocal().DateTime;
        var (date, time) = (DateOnly.FromDateTime(local), local.TimeOfDay);
        if (!IsWorkingDay(date))
        {
            (date, time) = (NextWorkingDay(date), Opening);
        }

        for (time += TimeSpan.FromTicks((long)(days * TimeSpan.TicksPerDay)); time >= FullDay; time -= FullDay)
        {
            date = NextWorkingDay(date);
        }

        return LocalTime.At(date, TimeOnly.FromTimeSpan(time));
    }

    private DateOnly NextWorkingDay(DateOnly date)
    {
        do
        {
            date = date.AddDays(1);
        }
        while (!IsWorkingDay(date));
        return date;
    }
}
