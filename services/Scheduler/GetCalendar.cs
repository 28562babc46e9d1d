using Microsoft.AspNetCore.Http.HttpResults;
using SkillStation.Platform;
using SkillStation.Platform.Http;
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

/// <summary>So many working days later.</summary>
/// <param name="UnpublishedYear">True when the way there goes through a year whose holidays are not published here.</param>
public sealed record WorkingDaysView(DateTimeOffset From, int Days, DateTimeOffset Until, bool UnpublishedYear);

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

internal static class AddWorkingDaysEndpoint
{
    private const int Most = 250;
    private static readonly Refusal OutOfRange = Refusal.OfField("days", "days-out-of-range", $"请填 0 到 {Most} 之间的天数。", $"Give a number of days from 0 to {Most}.");
    private static readonly Refusal TooFar = Refusal.OfField("from", "from-out-of-range", "日期请填 2000 年到 2100 年之间。", "Give an instant from 2000 to 2100.");

    public static void Map(RouteGroupBuilder calendar) => calendar.MapGet("/working-days", Handle).WithName("AddWorkingDays");

    /// <summary>When so many working days from an instant are over. What starts on a day off starts at 09:00 of the next working day.</summary>
    /// <param name="from">Now, when left out.</param>
    /// <param name="days">0 to 250.</param>
    /// <response code="400">days-out-of-range, from-out-of-range</response>
    private static Results<Ok<WorkingDaysView>, ProblemHttpResult> Handle(DateTimeOffset? from, int days, Rulebook rulebook, TimeProvider clock)
    {
        var start = from ?? clock.GetUtcNow();
        if (days is < 0 or > Most)
        {
            return OutOfRange.AsProblem();
        }

        if (start.Year is < 2000 or > 2100)
        {
            return TooFar.AsProblem();
        }

        var until = rulebook.Calendar.AddWorkingDays(start, days);
        var unpublished = Enumerable.Range(start.LocalDate().Year, until.LocalDate().Year - start.LocalDate().Year + 1).Any(y => !rulebook.Calendar.IsPublished(y));
        return TypedResults.Ok(new WorkingDaysView(start, days, until, unpublished));
    }
}
