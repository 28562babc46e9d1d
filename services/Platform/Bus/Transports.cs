using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace SkillStation.Platform.Bus;

/// <summary>Takes one message to its readers. Completes when the message can no longer be lost.</summary>
internal interface IMessageTransport
{
    Task Deliver(object message, Type type, Guid messageId, CancellationToken ct);
}

/// <summary>A message that no retry will help. Its outbox row stays, marked, for a person to look at.</summary>
internal sealed class UndeliverableException(string reason, Exception? inner = null) : Exception(reason, inner);

/// <summary>A broker that confirms: once it has confirmed, the message is its responsibility.</summary>
internal sealed class BrokerTransport(IBus bus, BrokerTopology topology) : IMessageTransport
{
    public async Task Deliver(object message, Type type, Guid messageId, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        await topology.Ensure(limit.Token);
        await bus.Publish(message, type, Pipe.Execute<PublishContext>(c =>
        {
            c.MessageId = messageId;
            c.Mandatory = true;   // without it a broker confirms, and drops, what no queue is bound for yet
        }), limit.Token);
    }
}

/// <summary>
/// The in-memory bus keeps nothing over a kill, so a message counts as delivered only once every subscribed consumer has
/// committed its inbox row. Until then the outbox row stays; after a restart it is published again and the inbox drops repeats.
/// </summary>
internal sealed class InProcessTransport(IBus bus, DeliveryTracker tracker) : IMessageTransport
{
    public async Task Deliver(object message, Type type, Guid messageId, CancellationToken ct)
    {
        if (tracker.Expect(messageId, type) is not { } applied)
        {
            return;
        }

        try
        {
            await bus.Publish(message, type, Pipe.Execute<PublishContext>(c => c.MessageId = messageId), ct);
            await applied.WaitAsync(ct);
        }
        finally
        {
            tracker.Forget(messageId, applied);
        }
    }
}

/// <summary>Counts, for each message in flight in this process, the queues whose consumer has not committed yet.</summary>
internal sealed class DeliveryTracker(Subscriptions subscriptions)
{
    private readonly ConcurrentDictionary<Guid, Waiting> waiting = new();

    public Task? Expect(Guid messageId, Type type) =>
        subscriptions.For(type) is { Count: > 0 } queues ? waiting.GetOrAdd(messageId, _ => new Waiting(queues)).Done.Task : null;

    /// <summary>Ends what <see cref="Expect"/> began; who expects the same message once more meanwhile is not forgotten with it.</summary>
    public void Forget(Guid messageId, Task expected)
    {
        if (waiting.TryGetValue(messageId, out var message) && message.Done.Task == expected)
        {
            waiting.TryRemove(KeyValuePair.Create(messageId, message));
        }
    }

    public void Applied(Guid messageId, string queue) => Close(messageId, queue, null);

    public void Failed(Guid messageId, string queue, Exception reason) => Close(messageId, queue, reason);

    private void Close(Guid messageId, string queue, Exception? reason)
    {
        if (waiting.TryGetValue(messageId, out var message))
        {
            message.Close(queue, reason);
        }
    }

    private sealed class Waiting(IEnumerable<string> queues)
    {
        private readonly HashSet<string> open = [.. queues];
        private string? failure;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Close(string queue, Exception? reason)
        {
            lock (open)
            {
                failure ??= reason is null ? null : $"{queue}: {reason.GetType().Name}";
                if (!open.Remove(queue) || open.Count > 0)
                {
                    return;
                }
            }

            if (failure is null)
            {
                Done.TrySetResult();
            }
            else
            {
                Done.TrySetException(new UndeliverableException(failure));
            }
        }
    }
}

/// <summary>
/// After its last retry a message is in nobody's hands; the outbox row must be told, so that it stays and says why. Whatever is set aside,
/// also what could not even be read or what no reader knows, is counted, so that somebody is called.
/// </summary>
internal sealed partial class FaultObserver(DeliveryTracker deliveries, IMeterFactory meters, ILogger<FaultObserver> log) : IReceiveObserver
{
    private readonly Counter<int> dead = meters.Create("SkillStation.Platform").CreateCounter<int>("skillstation.message.dead", "{message}", "Messages that were set aside for a person to look at.");

    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostReceive(ReceiveContext context)
    {
        if (!context.IsDelivered && !context.IsFaulted)
        {
            SetAside(context, null, "no reader of this queue knows its type", null);
        }

        return Task.CompletedTask;
    }

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) where T : class
    {
        Failed(context.ReceiveContext, context.MessageId, exception);
        return Task.CompletedTask;
    }

    // what could not be read, and also what its reader handled but the inbox could not save
    public Task ReceiveFault(ReceiveContext context, Exception exception)
    {
        Failed(context, context.GetMessageId(), exception);
        return Task.CompletedTask;
    }

    private void Failed(ReceiveContext context, Guid? messageId, Exception exception)
    {
        if (exception is OperationCanceledException && context.CancellationToken.IsCancellationRequested)
        {
            return;   // the connection is gone, or this service stops: nothing is wrong with the message, and it comes again
        }

        SetAside(context, messageId, exception.GetType().Name, exception.StackTrace);
        if (messageId is { } id)
        {
            deliveries.Failed(id, context.QueueName(), exception);
        }
    }

    private void SetAside(ReceiveContext context, Guid? messageId, string reason, string? trace)
    {
        Log.SetAside(log, context.QueueName(), messageId, reason, trace);
        dead.Add(1, new KeyValuePair<string, object?>("queue", context.QueueName()), new KeyValuePair<string, object?>("reason", reason));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Queue} could not handle message {MessageId}: {Reason}\n{Trace}")]
        public static partial void SetAside(ILogger logger, string queue, Guid? messageId, string reason, string? trace);
    }
}
