using System.Collections.Concurrent;
using SkillStation.Platform.Bus;

namespace SkillStation.Support;

/// <summary>
/// The worst that at-least-once delivery allows: every message one to three times, each after a delay of its own, none waiting for another. It says
/// "delivered" at once, so that not even the messages of one key keep their order.
/// </summary>
internal sealed class ShufflingTransport(IMessageTransport inner, int seed) : IMessageTransport
{
    private const int LongestDelay = 60;   // milliseconds
    private readonly Random random = new(seed);
    private readonly Lock gate = new();

    public ConcurrentQueue<string> Failures { get; } = new();

    public Task Deliver(object message, Type type, Guid messageId, CancellationToken ct)
    {
        foreach (var delay in Delays())
        {
            _ = Task.Run(() => Later(message, type, messageId, delay, ct), ct);
        }

        return Task.CompletedTask;
    }

    private async Task Later(object message, Type type, Guid messageId, int delay, CancellationToken ct)
    {
        try
        {
            await Task.Delay(delay, ct);   // the delay is the fault
            await inner.Deliver(message, type, messageId, ct);
        }
        catch (UndeliverableException e)
        {
            Failures.Enqueue($"{type.Name}: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            // the service stops
        }
    }

    private int[] Delays()
    {
        lock (gate)
        {
            return [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(LongestDelay))];
        }
    }
}
