using SkillStation.Embedded.Tour;

namespace SkillStation.Broker.Tests;

public sealed class TheWholeLineTests(BrokerOfRun broker)
{
    [Fact]
    public async Task From_thirty_requests_to_work_half_a_year_later_as_four_processes()
    {
        var url = await broker.NewVirtualHost();
        var folder = Directory.CreateTempSubdirectory("skillstation-test-").FullName;
        string[] settings =
        [
            "--Bus:Transport", "RabbitMQ", "--Bus:Url", url, "--Database:DataDir", folder,
            "--Clock:Movable", "true", "--Clock:Start", RunningService.Start.ToString("O"), "--Scheduler:Sweeps", "false",
        ];
        await using var requests = ServiceProcess.Start("Requests", settings);
        await using var dispatch = ServiceProcess.Start("Dispatch", settings);
        await using var acceptance = ServiceProcess.Start("Acceptance", settings);
        await using var scheduler = ServiceProcess.Start("Scheduler", settings);
        await Task.WhenAll(requests.Ready(), dispatch.Ready(), acceptance.Ready(), scheduler.Ready());

        using var line = new Line(new Addresses(requests.Address, dispatch.Address, acceptance.Address, scheduler.Address), new SilentStory(), english: false);

        Assert.True(await line.RunAsync());
        var failed = (await broker.Queues(url)).Where(q => q.Name.EndsWith("_error", StringComparison.Ordinal) && q.Messages > 0);
        Assert.Empty(failed);
    }
}
