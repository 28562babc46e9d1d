using Microsoft.AspNetCore.Http.HttpResults;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler;

/// <summary>The working days of a year.</summary>
/// <param name="UnpublishedYear">True while the State Council has not published the year's holidays here; then Monday to Friday are taken.</param>
/// <param name="WorkingDays">How many there are.</param>
/// <param name="Days">Days on which the year differs from the plain week.</param>
public sealed record CalendarYearView(int Year, bool UnpublishedYear, int WorkingDays, IReadOnlyList<CalendarDayView> Days);

/// <summary>A day that differs from the plain week.</summary>
/// <param name="DayOff">True for a holiday, false for a weekend day worked in exchange.</param>
public sealed record CalendarDayView(DateOnly Date, string Name, bool DayOff);

internal static class GetCalendarYearEndpoint
{
    public static void Map(RouteGroupBuilder calendar) => calendar.MapGet("/{year:int:range(2000,2100)}", Handle).WithName("GetCalendarYear");

    /// <summary>The working-day calendar of a year.</summary>
    private static Ok<CalendarYearView> Handle(int year, Rulebook rulebook)
    {
        var calendar = rulebook.Calendar;
        var first = new DateOnly(year, 1, 1);
        var working = Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Count(n => calendar.IsWorkingDay(first.AddDays(n)));
        return TypedResults.Ok(new CalendarYearView(
            year, !calendar.IsPublished(year), working, [.. calendar.DaysOf(year).Select(d => new CalendarDayView(d.Date, d.Name, d.DayOff))]));
    }
}
