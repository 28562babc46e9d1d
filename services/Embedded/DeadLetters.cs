using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using SkillStation.Platform;
using SkillStation.Platform.Bus;
using SkillStation.Platform.Data;

namespace SkillStation.Embedded;

/// <summary>
/// Messages that could not be handled: to look at, to hand over again, or to drop. In one process they are outbox rows that carry their failure;
/// over RabbitMQ they lie in the readers' error queues, those that no reader knows in queues of skipped ones (and rows that could not be
/// published stay in the outboxes as well).
/// </summary>
internal static class DeadLetters
{
    public static async Task<int> RunAsync(string[] args)
    {
        var words = args.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal)).ToArray();
        var command = CommandLine.Read(args[words.Length..]);
        var (verb, which) = words switch
        {
            ["list"] => (Verb.List, default(Guid?)),
            ["redrive", "all"] => (Verb.Redrive, null),
            ["drop", "all"] => (Verb.Drop, null),
            ["redrive", var id] when Guid.TryParse(id, out var one) => (Verb.Redrive, one),
            ["drop", var id] when Guid.TryParse(id, out var one) => (Verb.Drop, one),
            _ => (Verb.None, null),
        };
        if (verb == Verb.None || command.Error is not null)
        {
            await Console.Error.WriteLineAsync((command.Error is null ? "" : command.Error + "\n")
                + "dead-letters list | redrive ID|all | drop ID|all  [--data-dir DIR] [--Bus:Transport RabbitMQ --Bus:Url amqp://…]");
            return 2;
        }

        return await StartException.TellAsync(command.English, () => RunAsync(command, verb, which));
    }

    private static async Task<int> RunAsync(CommandLine command, Verb verb, Guid? which)
    {
        await using var app = City.Build(Path.GetFullPath(command.DataDir ?? "data"), "http://127.0.0.1:0", command.Settings);
        var bus = app.Configuration.GetSection(BusOptions.Section).Get<BusOptions>() ?? new BusOptions();
        var found = await InOutboxes(app, verb, which) + (bus.IsRabbitMq ? await InErrorQueues(bus.Url, verb, which) : 0);
        Console.WriteLine(verb switch
        {
            Verb.List => $"{found} dead letter(s).",
            Verb.Redrive => $"{found} handed over again.",
            _ => $"{found} dropped.",
        });
        return which is not null && found == 0 ? 1 : 0;
    }

    private static async Task<int> InOutboxes(WebApplication app, Verb verb, Guid? which)
    {
        var found = 0;
        foreach (var database in app.Services.GetRequiredService<Subscriptions>().Queues.Select(q => q.Db).Distinct())
        {
            await using var scope = app.Services.CreateAsyncScope();
            var db = (ModuleDb)scope.ServiceProvider.GetRequiredService(database);
            if (!await db.Database.CanConnectAsync())
            {
                continue;   // this service has never run here
            }

            var rows = await db.Outbox.Where(m => m.Failure != null && (which == null || m.MessageId == which)).OrderBy(m => m.Seq).ToListAsync();
            found += rows.Count;
            foreach (var row in rows)
            {
                Tell($"{database.Name} outbox", row.MessageId, row.Type, row.Failure!, row.CreatedAt.ToString("u"));
                if (verb == Verb.Redrive)
                {
                    row.Failure = null;   // a running relay finds it within seconds
                }
                else if (verb == Verb.Drop)
                {
                    db.Outbox.Remove(row);
                }
            }

            await db.SaveChangesAsync();
        }

        return found;
    }

    private static async Task<int> InErrorQueues(string url, Verb verb, Guid? which)
    {
        var found = 0;
        await using var connection = await new ConnectionFactory { Uri = new Uri(url), ClientProvidedName = "skillstation dead letters" }.CreateConnectionAsync();
        foreach (var (queue, kind) in City.Modules.SelectMany(Consumers).SelectMany(q => new[] { (q.Name, "_error"), (q.Name, "_skipped") }))
        {
            try
            {
                found += await InErrorQueue(connection, queue, queue + kind, verb, which);
            }
            catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
            {
                // nothing of this kind has ever happened in this queue, so there is no queue for it
            }
        }

        return found;
    }

    private static async Task<int> InErrorQueue(IConnection connection, string queue, string errors, Verb verb, Guid? which)
    {
        // with confirms: a letter leaves the error queue only when its own queue has it
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var waiting = (await channel.QueueDeclarePassiveAsync(errors)).MessageCount;
        var found = 0;
        for (var i = 0u; i < waiting && await channel.BasicGetAsync(errors, autoAck: false) is { } letter; i++)
        {
            // what is neither redriven nor dropped goes back to the queue when the channel closes
            var id = Guid.TryParse(letter.BasicProperties.MessageId, out var read) ? read : new Guid(SHA256.HashData(letter.Body.Span).AsSpan(0, 16));   // a stranger's has none
            if (which is not null && id != which)
            {
                continue;
            }

            found++;
            Tell(errors, id, Header(letter, "MT-Fault-MessageType") ?? "?", Header(letter, "MT-Fault-ExceptionType") ?? Header(letter, "MT-Reason") ?? "?", Header(letter, "MT-Fault-Timestamp") ?? "");
            if (verb == Verb.Redrive)
            {
                await channel.BasicPublishAsync("", queue, mandatory: true, Without(letter.BasicProperties, "MT-"), letter.Body);
            }

            if (verb is Verb.Redrive or Verb.Drop)
            {
                await channel.BasicAckAsync(letter.DeliveryTag, multiple: false);
            }
        }

        return found;
    }

    private static BasicProperties Without(IReadOnlyBasicProperties properties, string prefix) => new(properties)
    {
        Headers = properties.Headers?.Where(h => !h.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(),
    };

    private static string? Header(BasicGetResult letter, string name) =>
        letter.BasicProperties.Headers?.TryGetValue(name, out var value) == true ? value is byte[] text ? Encoding.UTF8.GetString(text) : value?.ToString() : null;

    private static IReadOnlyList<ConsumerEndpoint> Consumers(IServiceModule module)
    {
        var list = new ConsumerList(module.Name, typeof(ModuleDb));
        module.AddConsumers(list);
        return list.Queues;
    }

    // Never the body, nor the failure's own words: both may repeat what a person entered.
    private static void Tell(string where, Guid id, string type, string reason, string at) => Console.WriteLine($"{id}  {at}  {where}  {type}  {reason}");

    private enum Verb
    {
        None,
        List,
        Redrive,
        Drop,
    }
}
