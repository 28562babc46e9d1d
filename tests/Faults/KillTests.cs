namespace SkillStation.Faults.Tests;

/// <summary>kill -9 and a broker that goes away, at random instants during load.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Nothing_that_was_answered_is_lost_or_doubled_when_services_are_killed()
    {
        await using var city = await CityToBreak.FourProcessesAsync();
        var load = new LoadWithFaults(city, output);
        await load.RunAsync("kill -9 of the four services", faults: 4, faultsInFull: 20, _ => load.Victim().KillAndStartAgain());
        Assert.True(load.Retries > 0, "No client felt the kills, so this run proves nothing.");
    }

    [Fact]
    public async Task Nothing_that_was_answered_is_lost_or_doubled_when_one_of_two_replicas_is_killed()
    {
        await using var city = await CityToBreak.TwoOfEachAsync();
        var load = new LoadWithFaults(city, output);
        await load.RunAsync("kill -9 of one of two replicas", faults: 4, faultsInFull: 24, _ => load.Victim().KillAndStartAgain());
        Assert.True(load.Retries > 0, "No client felt the kills, so this run proves nothing.");
    }

    [Fact]
    public async Task Nothing_that_was_answered_is_lost_or_doubled_when_the_one_process_is_killed()
    {
        await using var city = await CityToBreak.OneProcessAsync();
        var load = new LoadWithFaults(city, output);
        await load.RunAsync("kill -9 of the one process", faults: 4, faultsInFull: 20, _ => load.Victim().KillAndStartAgain());
        Assert.True(load.Retries > 0, "No client felt the kills, so this run proves nothing.");
    }

    [Fact]
    public async Task Nothing_is_lost_or_doubled_and_requests_are_still_taken_while_the_broker_is_down()
    {
        await using var city = await CityToBreak.FourProcessesAsync();
        var (load, broker) = (new LoadWithFaults(city, output), city.Broker!);
        await load.RunAsync("broker: connections cut, stopped for a while, kill -9", faults: 3, faultsInFull: 3, async n =>
        {
            if (n % 3 == 0)
            {
                Assert.True(await broker.CutConnections() > 0, "There was no connection to cut.");
                return;
            }

            await (n % 3 == 1 ? broker.Stop() : broker.Kill());
            await load.AnswersGoOn();
            if (Run.Full && n % 3 == 1)
            {
                await Task.Delay(TimeSpan.FromSeconds(30));   // the length of the outage is the scenario, not a wait for something
                await load.AnswersGoOn();
            }

            await broker.StartAgain();
        });
    }
}
