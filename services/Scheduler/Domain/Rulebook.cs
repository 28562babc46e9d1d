using System.Collections.Concurrent;
using SkillStation.Platform;

namespace SkillStation.Scheduler.Domain;

/// <summary>How long a clock runs, and when it reminds. Dated data: a clock takes the rule of the day on which it starts.</summary>
internal sealed class DeadlineRule
{
    public const string AnyKind = "*";

    public required string Kind { get; init; }
    /// <summary><see cref="AnyKind"/>, or one training kind; a rule that names a kind goes first.</summary>
    public required string TrainingKind { get; init; }
    public required int Length { get; init; }
    /// <summary>wd working days, d calendar days, h hours.</summary>
    public required string Unit { get; init; }
    /// <summary>Percent of the time after which the first reminder goes out.</summary>
    public required int FirstWarning { get; init; }
    public required int SecondWarning { get; init; }
    public required DateOnly EffectiveFrom { get; init; }
    /// <summary>Last day; null while it holds.</summary>
    public DateOnly? EffectiveTo { get; init; }

    public bool Holds(DateOnly day) => EffectiveFrom <= day && (EffectiveTo is not { } last || day <= last);

    public DateTimeOffset After(DateTimeOffset start, int percent, WorkingCalendar calendar)
    {
        var length = Length * percent / 100m;
        return Unit switch
        {
            "wd" => calendar.AddWorkingDays(start, length),
            "d" => start.AddDays((double)length),
            "h" => start.AddHours((double)length),
            _ => throw new InvalidOperationException($"Unknown unit {Unit} in a rule for {Kind}."),
        };
    }
}

/// <summary>A day after completion on which people are asked about work (回访点).</summary>
internal sealed class FollowUpPoint
{
    public required int PointDays { get; init; }
    /// <summary>Days in which an answer counts for the point.</summary>
    public required int WindowDays { get; init; }
    /// <summary>Tried in this order, semicolons between.</summary>
    public required string Channel { get; init; }
    public required DateOnly EffectiveFrom { get; init; }
    public DateOnly? EffectiveTo { get; init; }

    public bool Holds(DateOnly day) => EffectiveFrom <= day && (EffectiveTo is not { } last || day <= last);
}

/// <summary>Calendar and rules as they were when the process started; a change of the tables counts after a restart.</summary>
internal sealed partial class Rulebook(ILogger<Rulebook> log)
{
    private readonly ConcurrentDictionary<int, bool> warned = new();
    private IReadOnlyList<DeadlineRule> rules = [];
    private IReadOnlyList<FollowUpPoint> points = [];

    public WorkingCalendar Calendar { get; private set; } = new([]);

    public void Take(IEnumerable<DeadlineRule> deadlineRules, IEnumerable<FollowUpPoint> followUpPoints, IEnumerable<CalendarDay> days)
    {
        rules = [.. deadlineRules];
        points = [.. followUpPoints];
        Calendar = new WorkingCalendar(days, WarnOnce);
    }

    /// <summary>The rule for a clock that starts now; a clock without one is a mistake in the data.</summary>
    public DeadlineRule RuleFor(string kind, string? trainingKind, DateTimeOffset start)
    {
        var holding = rules.Where(r => r.Kind == kind && r.Holds(start.LocalDate())).ToList();
        return holding.Find(r => r.TrainingKind == trainingKind) ?? holding.Find(r => r.TrainingKind == DeadlineRule.AnyKind)
            ?? throw new InvalidOperationException($"No rule says how long {kind} runs on {start.LocalDate():yyyy-MM-dd}.");
    }

    /// <summary>The points of a course that was completed on a day, nearest first.</summary>
    public IReadOnlyList<FollowUpPoint> PointsOn(DateOnly day) => [.. points.Where(p => p.Holds(day)).OrderBy(p => p.PointDays)];

    private void WarnOnce(int year)
    {
        if (warned.TryAdd(year, true))
        {
            Log.Unpublished(log, year);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The holidays of {Year} are not published here; Monday to Friday are taken as working days until they are")]
        public static partial void Unpublished(ILogger logger, int year);
    }
}
