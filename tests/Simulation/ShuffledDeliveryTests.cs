using SkillStation.Embedded;
using SkillStation.Embedded.Tour;

namespace SkillStation.Simulation.Tests;

/// <summary>
/// The whole line once more, on a bus that delivers everything one to three times in any order. Every status that the residents see on the way and
/// every indicator at the end must be those of the plain run. SKILLSTATION_FAULTS=full plays 200 seeds, otherwise two; SKILLSTATION_SEED plays one.
/// </summary>
public sealed class ShuffledDeliveryTests
{
    public static TheoryData<int> Seeds =>
        int.TryParse(Environment.GetEnvironmentVariable("SKILLSTATION_SEED"), out var one) ? [one]
        : [.. Enumerable.Range(1, Environment.GetEnvironmentVariable("SKILLSTATION_FAULTS") == "full" ? 200 : 2)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Doubled_late_and_reordered_messages_change_nothing_about_the_whole_line(int seed)
    {
        await using var city = await RunningService.StartShuffledAsync(seed, [.. City.Modules]);
        using var line = new Line(Addresses.OneProcess(city.Http.BaseAddress!), new SilentStory(), english: false);

        Assert.True(await line.RunAsync());
        Assert.Empty(city.FailedDeliveries);
    }
}
