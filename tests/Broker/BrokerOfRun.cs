using SkillStation.Broker.Tests;

[assembly: AssemblyFixture(typeof(BrokerOfRun))]

namespace SkillStation.Broker.Tests;

/// <summary>One RabbitMQ for all tests of the run, started by the first that needs it.</summary>
public sealed class BrokerOfRun : IAsyncDisposable
{
    private readonly Lazy<Task<Support.Broker>> broker = new(Support.Broker.StartAsync);

    public async Task<string> NewVirtualHost()
    {
        Assert.SkipWhen(Support.Broker.Missing is not null, Support.Broker.Missing ?? "");
        return await (await broker.Value).NewVirtualHost();
    }

    public async Task<IReadOnlyList<QueueDepth>> Queues(string url) => await (await broker.Value).Queues(url);

    public async Task<string> FirstMessage(string url, string queue) => await (await broker.Value).FirstMessage(url, queue);

    public async ValueTask DisposeAsync()
    {
        if (broker.IsValueCreated)
        {
            await (await broker.Value).DisposeAsync();
        }
    }
}
