using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace SkillStation.Benchmarks;

/// <summary>RabbitMQ.Client by itself: publishing with confirms to a quorum queue and reading from it with acknowledgements, at the same time.</summary>
internal static class FloorBus
{
    /// <summary>Most messages that are sent and not yet confirmed, as in our relay.</summary>
    public const int Window = 256;

    // without the client's own limit, which refuses what is too much instead of letting it wait
    public static Task<IChannel> ConfirmingChannel(IConnection bus) =>
        bus.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null));

    public static BasicProperties Persistent(Guid id) => new() { MessageId = id.ToString("D"), DeliveryMode = DeliveryModes.Persistent, ContentType = "application/json" };

    public static async Task Declare(IChannel channel, string exchange, string queue)
    {
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await channel.QueueBindAsync(queue, exchange, "");
    }

    public static async Task<TimeSpan> Carry(IConnection bus, int count, byte[] body)
    {
        await using var reading = await bus.CreateChannelAsync();
        await Declare(reading, "carry", "carry");
        await reading.BasicQosAsync(0, 64, false);
        var left = count;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var consumer = new AsyncEventingBasicConsumer(reading);
        consumer.ReceivedAsync += async (_, e) =>
        {
            await reading.BasicAckAsync(e.DeliveryTag, multiple: false);
            if (Interlocked.Decrement(ref left) == 0)
            {
                all.SetResult();
            }
        };
        var tag = await reading.BasicConsumeAsync("carry", autoAck: false, consumer);

        await using var publishing = await ConfirmingChannel(bus);
        var started = Stopwatch.GetTimestamp();
        using var window = new SemaphoreSlim(Window);
        await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            await window.WaitAsync();
            await publishing.BasicPublishAsync("carry", "", mandatory: true, Persistent(Guid.NewGuid()), body);
            window.Release();
        }));
        await all.Task;
        var took = Stopwatch.GetElapsedTime(started);
        await reading.BasicCancelAsync(tag);
        return took;
    }
}
