namespace SkillStation.Broker.Tests;

/// <summary>A broker that answers, but will not have this service: waiting would not help, so it says why and ends.</summary>
public sealed class RefusedByTheBrokerTests(BrokerOfRun broker) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("skillstation-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_wrong_password_is_said_in_one_line_and_not_repeated()
    {
        var url = (await broker.NewVirtualHost()).Replace("guest:guest", "guest:geheim-4711", StringComparison.Ordinal);
        await Says("refuses the login (ACCESS_REFUSED)", "Requests", "--urls", "http://127.0.0.1:0", "--Database:DataDir", folder, "--Bus:Transport", "RabbitMQ", "--Bus:Url", url);
        await Says("消息代理拒绝登录", "Embedded", "--urls", "http://127.0.0.1:0", "--data-dir", folder, "--Bus:Transport", "RabbitMQ", "--Bus:Url", url);
    }

    [Fact]
    public async Task A_virtual_host_that_is_not_there_is_said_in_one_line() => await Says(
        "refuses this virtual host", "Requests", "--urls", "http://127.0.0.1:0", "--Database:DataDir", folder, "--Bus:Transport", "RabbitMQ", "--Bus:Url", await broker.NewVirtualHost() + "-none");

    private static async Task Says(string what, string name, params string[] args)
    {
        var told = await ShortProgram.RunAsync(name, args);

        Assert.Contains(what, told.Error, StringComparison.Ordinal);
        Assert.Equal(1, told.ExitCode);
        Assert.Single(told.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("   at ", told.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim-4711", told.Error + told.Output, StringComparison.Ordinal);
    }
}
