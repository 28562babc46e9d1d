using System.Globalization;
using SkillStation.Embedded;
using SkillStation.Embedded.Tour;

namespace SkillStation.Simulation.Tests;

/// <summary>
/// The whole line once more, on a bus that delivers everything one to three times in any order. Every status that the residents see on the way and
/// every indicator at the end must be those of the plain run. SKILLSTATION_FAULTS=full plays 200 seeds, otherwise two; SKILLSTATION_SEED plays one.
/// </summary>
public sealed class ShuffledDeliveryTests(LoadedCity loaded) : IClassFixture<LoadedCity>
{
    public static TheoryData<int> Seeds =>
        int.TryParse(Environment.GetEnvironmentVariable("SKILLSTATION_SEED"), CultureInfo.InvariantCulture, out var one) ? [one] : [.. Enumerable.Range(1, Run.Full ? 200 : 2)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Doubled_late_and_reordered_messages_change_nothing_about_the_whole_line(int seed)
    {
        // the first seed shuffles the loading of the city too; the others begin where that is done
        await using var city = await RunningService.StartShuffledAsync(seed, seed == 1 ? null : await loaded.Folder, [.. City.Modules]);
        using var line = new Line(Addresses.OneProcess(city.Http.BaseAddress!), new SilentStory(), english: false);

        Assert.True(await line.RunAsync());
        Assert.Empty(city.FailedDeliveries);
        loaded.Count();
    }
}

/// <summary>The data of a city that has just been loaded, for all seeds.</summary>
public sealed class LoadedCity : IDisposable
{
    private readonly Lazy<Task<string>> folder = new(() => RunningService.LoadOnceAsync([.. City.Modules]));
    private int passed;

    public Task<string> Folder => folder.Value;

    public void Count() => passed++;

    public void Dispose()
    {
        Summary.Add("every message 1 to 3 times, late, in any order", "the whole line", $"{passed} seeds: every status and indicator as in the plain run, nothing set aside");
        if (folder is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: var path } })
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
