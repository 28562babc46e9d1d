using System.Reflection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace SkillStation.Platform.Bus;

/// <summary>
/// Declares the queues of every service before this one publishes its first message. A broker confirms a message that reaches one
/// queue, though another reader, whose service has never started yet, would miss it; so the publisher makes sure that all queues are there.
/// The exchanges and queues are those that MassTransit declares itself when their owner starts. One process declares at a time: a broker may
/// tell a second one that a quorum queue is there while its first member is still starting, and then break the connection that reads from it.
/// </summary>
internal sealed class BrokerTopology(IOptions<BusOptions> options, IHostApplicationLifetime process) : IDisposable
{
    private static readonly Dictionary<string, object?> Quorum = new() { ["x-queue-type"] = "quorum" };
    private readonly SemaphoreSlim one = new(1, 1);
    private bool declared;

    public async ValueTask Ensure(CancellationToken ct)
    {
        if (Volatile.Read(ref declared))
        {
            return;
        }

        await one.WaitAsync(ct);
        try
        {
            if (!declared)
            {
                await Declare(ct);
                Volatile.Write(ref declared, true);
            }
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    /// <summary>Returns when the broker answers, throws when it does not.</summary>
    public async Task Reach(CancellationToken ct)
    {
        await using var connection = await Connect(ct);
    }

    /// <summary>
    /// Returns as soon as the broker answers. The bus asks before each connection: left to itself it would come back ever later, up to half a
    /// minute after the broker.
    /// </summary>
    public async Task Reached()
    {
        while (true)
        {
            try
            {
                await Reach(process.ApplicationStopping);
                return;
            }
            catch (BrokerUnreachableException)
            {
                await Task.Delay(200, process.ApplicationStopping);
            }
        }
    }

    private Task<IConnection> Connect(CancellationToken ct) =>
        new ConnectionFactory { Uri = new Uri(options.Value.Url), ClientProvidedName = "skillstation topology" }.CreateConnectionAsync(ct);

    private async Task Declare(CancellationToken ct)
    {
        await using var connection = await Connect(ct);
        await Alone(connection, ct);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        foreach (var (message, queue) in Readers())
        {
            var exchange = message[..message.LastIndexOf('.')] + ":" + message[(message.LastIndexOf('.') + 1)..];
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, cancellationToken: ct);
            await channel.ExchangeDeclareAsync(queue, ExchangeType.Fanout, durable: true, cancellationToken: ct);
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, Quorum, cancellationToken: ct);
            await channel.ExchangeBindAsync(queue, exchange, string.Empty, cancellationToken: ct);
            await channel.QueueBindAsync(queue, queue, string.Empty, cancellationToken: ct);
        }
    }

    // An exclusive queue is a lock that goes with its connection; who does not get it is told so and asks again.
    private static async Task Alone(IConnection connection, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                var channel = await connection.CreateChannelAsync(cancellationToken: ct);
                await channel.QueueDeclareAsync("skillstation-topology", durable: false, exclusive: true, autoDelete: true, cancellationToken: ct);
                return;
            }
            catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.ResourceLocked)
            {
                await Task.Delay(100, ct);
            }
        }
    }

    private static List<(string Message, string Queue)> Readers()
    {
        using var text = new StreamReader(Assembly.Load("SkillStation.Contracts").GetManifestResourceStream("readers.txt")!);
        return [.. text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ')).Select(p => (p[0], p[1]))];
    }
}
