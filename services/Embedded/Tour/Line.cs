using System.Globalization;
using System.Text.Json;

namespace SkillStation.Embedded.Tour;

/// <summary>
/// 居民点单 → 站点派单 → 机构接单 → 上课 → 结业 → 就业回访, once, over HTTP alone. The same steps are the tour on the screen and the journey in the
/// tests; the clock of the services must be movable and stand at a working-day morning of 2026.
/// </summary>
public sealed partial class Line : IDisposable
{
    private const string CourseCode = "4-10-01-05-L5";
    private const string DistrictCode = "440106";
    private readonly Services services;
    private readonly IStory story;
    private readonly Tally tally = new();
    private readonly List<Person> carers = [];
    private readonly List<Person> others = [];
    private string station = "";

    public Line(Addresses addresses, IStory story, bool english)
    {
        services = new Services(addresses, english);
        this.story = story;
    }

    /// <summary>The resident whom the story follows.</summary>
    private Person Heroine => carers[0];

    /// <summary>Plays the line; true when the Scheduler's indicators agree with what was done.</summary>
    public async Task<bool> RunAsync()
    {
        await WaitForTheCity();
        await Ask();
        await DispatchTheClass();
        await ScheduleAndOfferSeats();
        await HoldTheClass();
        await AssessAndRate();
        await FollowUp();
        return await CompareIndicators();
    }

    public void Dispose() => services.Dispose();

    /// <summary>On first start, courses, stations and institutions travel to the services that need them.</summary>
    private async Task WaitForTheCity()
    {
        var stations = await Services.Until(services.Dispatch, $"stations?district={DistrictCode}&size=100", s => s.List().Any(), "the stations are open");
        station = stations.List().First().Text("code");
        foreach (var one in stations.List())
        {
            var near = FormattableString.Invariant($"nearby-stations?take=1&near={one.At("longitude").GetDouble()},{one.At("latitude").GetDouble()}");
            await Services.Until(services.Requests, near, s => s.ToString().Contains($"\"{one.Text("code")}\"", StringComparison.Ordinal), "residents can find the station");
        }
    }

    /// <summary>Moves every clock and rings the bell.</summary>
    private async Task MoveTo(DateTimeOffset instant)
    {
        await services.MoveClockTo(instant);
        await services.Sweep();
    }

    /// <summary>Working days from a day on, as the Scheduler's calendar has them.</summary>
    private async Task<List<DateOnly>> WorkingDays(DateOnly from, int count)
    {
        var special = (await Services.Get(services.Scheduler, $"calendar/{from.Year}")).List("days")
            .ToDictionary(d => DateOnly.Parse(d.Text("date"), CultureInfo.InvariantCulture), d => d.At("dayOff").GetBoolean());
        bool IsWorkingDay(DateOnly day) => special.TryGetValue(day, out var off) ? !off : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
        return [.. Enumerable.Range(0, 10 * count).Select(from.AddDays).Where(IsWorkingDay).Take(count)];
    }

    /// <summary>Shows what the heroine sees, once it is so.</summary>
    private async Task ShowHeroine(string status)
    {
        var hasClock = status is "Pooled" or "Dispatching" or "Accepted" or "SeatOffered" or "AwaitingRating";
        var view = await Services.Until(
            services.Requests, Heroine.Path, r => r.Text("status") == status && (!hasClock || r.At("until").ValueKind == JsonValueKind.String), $"the resident sees {status}, and until when");
        story.Resident(
            $"{view.Text("statusWords.zh")} · {view.Text("next.zh")}",
            $"{view.Text("statusWords.en")} · {view.Text("next.en")}");
    }

    /// <summary>A person of the story and what is known of them from outside.</summary>
    private sealed record Person(string Name, Guid Id, Guid RequestId, string Station, string Goal)
    {
        public string Path => $"residents/{Id}/requests/{RequestId}";
    }
}
