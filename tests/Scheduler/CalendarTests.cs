using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler.Tests;

public sealed class CalendarTests(RunningScheduler scheduler) : IClassFixture<RunningScheduler>
{
    [Theory]
    [InlineData(2026, false, 248, 39)]
    [InlineData(2027, true, 261, 0)]
    public async Task A_year_shows_its_working_days_and_whether_it_is_published(int year, bool unpublished, int workingDays, int special)
    {
        var answer = await scheduler.Service.Http.Get($"/api/v1/calendar/{year}");

        Assert.Equal(
            (unpublished, workingDays, special),
            (answer.Body.GetProperty("unpublishedYear").GetBoolean(), answer.Body.GetProperty("workingDays").GetInt32(), answer.Body.GetProperty("days").GetArrayLength()));
    }

    [Theory]
    [InlineData("2026-09-30T07:00:00Z", 2, "2026-10-09T15:00", false)]
    [InlineData("2026-12-31T02:00:00Z", 1, "2027-01-01T10:00", true)]
    public async Task Working_days_can_be_counted(string from, int days, string until, bool unpublished)
    {
        var answer = await scheduler.Service.Http.Get($"/api/v1/calendar/working-days?from={from}&days={days}");

        Assert.Equal((Facts.Local(until), unpublished), (answer.Body.GetProperty("until").GetDateTimeOffset(), answer.Body.GetProperty("unpublishedYear").GetBoolean()));
    }

    [Theory]
    [InlineData("days=-1", "days-out-of-range")]
    [InlineData("days=251", "days-out-of-range")]
    [InlineData("days=1&from=1850-01-01T00:00:00Z", "from-out-of-range")]
    [InlineData("days=x", "bad-request")]
    [InlineData("", "bad-request")]
    public async Task What_cannot_be_counted_is_refused(string query, string code)
    {
        var answer = await scheduler.Service.Http.Get("/api/v1/calendar/working-days?" + query);

        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("2024-12-31", false)]
    [InlineData("2025-01-01", true)]
    public void A_rule_holds_between_its_dates(string day, bool holds)
    {
        var rules = new Rulebook(new Remembering<Rulebook>());
        rules.Take([Rule("Triage", "*", 1)], [], []);
        var start = Facts.Local(day + "T10:00");

        if (holds)
        {
            Assert.Equal(1, rules.RuleFor("Triage", null, start).Length);
        }
        else
        {
            Assert.Throws<InvalidOperationException>(() => rules.RuleFor("Triage", null, start));
        }
    }

    [Fact]
    public void The_rule_that_names_the_kind_is_taken_before_the_rule_for_all()
    {
        var rules = new Rulebook(new Remembering<Rulebook>());
        rules.Take([Rule("PoolClose", "*", 15), Rule("PoolClose", "LifeSkills", 10)], [], []);

        Assert.Equal([10, 15, 15], new[] { "LifeSkills", "PreJob", null }.Select(k => rules.RuleFor("PoolClose", k, Facts.Wednesday).Length));
    }

    [Fact]
    public void A_year_that_is_not_published_is_warned_of_once()
    {
        var log = new Remembering<Rulebook>();
        var rules = new Rulebook(log);
        rules.Take([], [], [new CalendarDay { Date = new DateOnly(2026, 1, 1), Name = "元旦", DayOff = true }]);

        rules.Calendar.AddWorkingDays(Facts.Local("2027-03-01T10:00"), 20);
        rules.Calendar.AddWorkingDays(Facts.Local("2027-05-01T10:00"), 20);

        Assert.Equal([LogLevel.Warning], log.Levels);
    }

    private static DeadlineRule Rule(string kind, string trainingKind, int length) => new()
    {
        Kind = kind,
        TrainingKind = trainingKind,
        Length = length,
        Unit = "d",
        FirstWarning = 50,
        SecondWarning = 80,
        EffectiveFrom = new DateOnly(2025, 1, 1),
    };

    private sealed class Remembering<T> : ILogger<T>
    {
        public ConcurrentQueue<LogLevel> Levels { get; } = new();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Levels.Enqueue(logLevel);
    }
}
