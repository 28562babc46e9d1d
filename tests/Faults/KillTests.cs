namespace SkillStation.Faults.Tests;

/// <summary>kill -9 and a broker that goes away, at random instants during load.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Nothing_that_was_answered_is_lost_or_doubled_when_services_are_killed()
    {
        await using var city = await CityToBreak.FourProcessesAsync();
        var load = new LoadWithFaults(city, output);
        await load.RunAsync("kill -9 of services", kills: 8, killsInFull: 20, n => city.All[n % city.All.Count].KillAndStartAgain());
        Assert.True(load.Retries > 0, "No client felt the kills, so this run proves nothing.");
    }

    [Fact]
    public async Task Nothing_that_was_answered_is_lost_or_doubled_when_the_one_process_is_killed()
    {
        await using var city = await CityToBreak.OneProcessAsync();
        var load = new LoadWithFaults(city, output);
        await load.RunAsync("kill -9 of the one process", kills: 8, killsInFull: 20, _ => city.All[0].KillAndStartAgain());
        Assert.True(load.Retries > 0, "No client felt the kills, so this run proves nothing.");
    }

    [Fact]
    public async Task Nothing_is_lost_or_doubled_and_requests_are_still_taken_while_the_broker_is_down()
    {
        await using var city = await CityToBreak.FourProcessesAsync();
        var load = new LoadWithFaults(city, output);
        await load.RunAsync("kill -9 of the broker, down for a while", kills: 2, killsInFull: 3, async _ =>
        {
            await city.Broker!.Kill();
            var before = load.Answered;
            await Eventually.True(() => load.Answered >= Math.Min(before + 30, load.Requests - 1), "requests are answered without a broker");
            if (LoadWithFaults.Full)
            {
                await Task.Delay(TimeSpan.FromSeconds(30));   // the length of the outage is the scenario, not a wait for something
            }

            await city.Broker.StartAgain();
        });
    }
}
