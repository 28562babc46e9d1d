using SkillStation.Embedded;
using SkillStation.Embedded.Tour;

namespace SkillStation.Journeys.Tests;

public sealed class TheWholeLineTests
{
    [Fact]
    public async Task From_thirty_requests_to_work_half_a_year_later_in_one_process()
    {
        await using var city = await RunningService.StartAsync([.. City.Modules]);

        using var line = new Line(Addresses.OneProcess(city.Http.BaseAddress!), new SilentStory(), english: false);

        Assert.True(await line.RunAsync());
    }
}
