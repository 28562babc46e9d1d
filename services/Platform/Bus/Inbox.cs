using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SkillStation.Platform.Data;

namespace SkillStation.Platform.Bus;

/// <summary>
/// Exactly-once effect. Around every consumer: skip a message that this consumer has applied already, else run the consumer
/// (which only changes tracked entities and publishes into the outbox) and save its effect, its messages and the inbox row in one
/// transaction. So a consumer never saves and never publishes on its context.
/// </summary>
internal sealed class Inbox<TMessage>(IServiceProvider services, Subscriptions subscriptions, TimeProvider clock, DeliveryTracker deliveries) : IFilter<ConsumeContext<TMessage>>
    where TMessage : class
{
    private const long LargestBody = 1024 * 1024;   // of ours none has a tenth of that

    public async Task Send(ConsumeContext<TMessage> context, IPipe<ConsumeContext<TMessage>> next)
    {
        var id = context.MessageId ?? throw new InvalidOperationException("A message without an id cannot be told from its repeat.");
        if (context.ReceiveContext.Body.Length > LargestBody)
        {
            throw new MessageTooLargeException();
        }

        var queue = context.ReceiveContext.QueueName();
        var db = (ModuleDb)services.GetRequiredService(subscriptions.DatabaseOf(queue));
        using var turn = await db.TurnToConsume(context.CancellationToken);
        await db.Database.OpenConnectionAsync(context.CancellationToken);   // for as long as the scope lives: opening it for each question costs more than most of them
        if (!await Applied())
        {
            await next.Send(context);
            db.Inbox.Add(new InboxMessage { MessageId = id, Consumer = queue, At = clock.GetUtcNow() });
            try
            {
                await db.SaveChangesAsync(context.CancellationToken);
            }
            catch (DbUpdateException)
            {
                db.ChangeTracker.Clear();
                if (!await Applied())
                {
                    throw;   // else a second delivery of the same message won the race, and there is nothing left to do
                }
            }
        }
        else
        {
            await context.NotifyConsumed(TimeSpan.Zero, "inbox");   // else the bus takes it for a message that has no reader, and keeps it
        }

        deliveries.Applied(id, queue);

        Task<bool> Applied() => db.Inbox.AnyAsync(x => x.MessageId == id && x.Consumer == queue, context.CancellationToken);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("inbox");
}

/// <summary>No message of ours is so large, so it is not worth a place in a database.</summary>
public sealed class MessageTooLargeException() : Exception("A message is larger than any of ours.");

internal static class Queues
{
    public static string QueueName(this ReceiveContext context) => context.InputAddress.AbsolutePath.Split('/')[^1];
}
