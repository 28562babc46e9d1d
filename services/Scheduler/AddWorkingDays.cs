using Microsoft.AspNetCore.Http.HttpResults;
using SkillStation.Platform;
using SkillStation.Platform.Http;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler;

/// <summary>So many working days later.</summary>
/// <param name="UnpublishedYear">True when the way there goes through a year whose holidays are not published here.</param>
public sealed record WorkingDaysView(DateTimeOffset From, int Days, DateTimeOffset Until, bool UnpublishedYear);

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
