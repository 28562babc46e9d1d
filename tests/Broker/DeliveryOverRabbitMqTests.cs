using Microsoft.EntityFrameworkCore;
using RabbitMQ.Client;
using SkillStation.Platform.Tests;

namespace SkillStation.Broker.Tests;

public sealed class DeliveryOverRabbitMqTests(BrokerOfRun broker) : IAsyncLifetime
{
    private string url = null!;
    private RunningService service = null!;

    public async ValueTask InitializeAsync()
    {
        url = await broker.NewVirtualHost();
        service = await RunningService.StartAsync(url, new CountingModule());
    }

    public ValueTask DisposeAsync() => service?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task What_was_saved_arrives_at_every_queue_once()
    {
        var keys = Enumerable.Range(0, 50).Select(_ => Guid.NewGuid()).ToList();
        await Task.WhenAll(keys.Select((key, i) => service.Http.Post("/api/v1/things", new Thing(key, i))));

        await Eventually.True(async () => await Count() >= 100, "all are counted");
        await service.Quiet<CountingDb>();

        Assert.Equal(100, await Count());
    }

    [Fact]
    public async Task The_same_message_has_its_effect_once_however_often_it_is_delivered()
    {
        var message = new ThingHappened { Key = Guid.NewGuid(), Number = 1, Poison = false };
        var id = Guid.CreateVersion7();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => service.Hear(message, id)));
        var last = new ThingHappened { Key = Guid.NewGuid(), Number = 2, Poison = false };
        await service.Hear(last);

        await Eventually.True(async () => await service.InDb<CountingDb, int>(db => db.Counted.CountAsync(c => c.Key == last.Key)) == 2, "the last is counted");
        await Eventually.True(async () => !(await broker.Queues(url)).Any(q => q.Messages > 0), "the queues are empty");
        Assert.Equal(2, await service.InDb<CountingDb, int>(db => db.Counted.CountAsync(c => c.Key == message.Key)));
        Assert.DoesNotContain(await broker.Queues(url), q => q.Name.EndsWith("_skipped", StringComparison.Ordinal));   // a repeat is not set aside either
    }

    [Fact]
    public async Task A_message_that_cannot_be_handled_goes_to_the_error_queue_with_its_reason_and_blocks_nothing()
    {
        await service.Hear(new ThingHappened { Key = Guid.NewGuid(), Number = 1, Poison = true });
        var after = new ThingHappened { Key = Guid.NewGuid(), Number = 2, Poison = false };
        await service.Hear(after);

        await Eventually.True(async () => await service.InDb<CountingDb, int>(db => db.Counted.CountAsync(c => c.Key == after.Key)) == 2, "the neighbour is counted");
        await Eventually.True(async () => (await broker.Queues(url)).Any(q => q is { Name: "counting-count_error", Messages: 1 }), "the poison is set aside");
        Assert.Contains("System.InvalidOperationException", await broker.FirstMessage(url, "counting-count_error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_no_queue_takes_stays_in_the_outbox_and_arrives_once_when_one_does()
    {
        const string exchange = "SkillStation.Platform.Tests:ThingHappened";
        await service.Http.Post("/api/v1/things", new Thing(Guid.NewGuid(), 1));
        await service.Quiet<CountingDb>();
        await using var connection = await new ConnectionFactory { Uri = new Uri(url) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.ExchangeUnbindAsync("counting-count", exchange, "");
        await channel.ExchangeUnbindAsync("counting-note-order", exchange, "");
        var key = Guid.NewGuid();
        await service.Http.Post("/api/v1/things", new Thing(key, 2));

        await Eventually.True(() => service.Published<ThingHappened>().Count(m => m.Key == key) >= 2, "it was tried again");
        Assert.Equal([null], await service.InDb<CountingDb, List<string?>>(db => db.Outbox.Select(m => m.Failure).ToListAsync()));

        await channel.ExchangeBindAsync("counting-count", exchange, "");
        await channel.ExchangeBindAsync("counting-note-order", exchange, "");
        await service.Quiet<CountingDb>();
        await Eventually.True(async () => await Count() == 4, "both are counted by both");
    }

    [Fact]
    public async Task A_message_that_a_full_queue_refuses_stays_in_the_outbox_and_is_counted_once_when_there_is_room()
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(url) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync("small", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-max-length"] = 3, ["x-overflow"] = "reject-publish" });
        await channel.QueueBindAsync("small", "SkillStation.Platform.Tests:ThingHappened", "");
        var keys = Enumerable.Range(0, 8).Select(_ => Guid.NewGuid()).ToList();
        await Task.WhenAll(keys.Select((key, i) => service.Http.Post("/api/v1/things", new Thing(key, i))));

        // the other queues take all of them, again and again, and drop the repeats
        await Eventually.True(async () => await Count() == 16 && await Waiting() == 5, "those that the small queue refused wait in the outbox");

        var came = new HashSet<string?>();
        await Eventually.True(
            async () =>
            {
                while (await channel.BasicGetAsync("small", autoAck: true) is { } letter)
                {
                    came.Add(letter.BasicProperties.MessageId);
                }

                return came.Count == 8;
            },
            "all have come to the small queue");
        await service.Quiet<CountingDb>();
        await Eventually.True(async () => !(await broker.Queues(url)).Any(q => q.Messages > 0), "the queues are empty");
        Assert.Equal(16, await Count());

        Task<int> Waiting() => service.InDb<CountingDb, int>(db => db.Outbox.CountAsync(m => m.Failure == null));
    }

    private Task<int> Count() => service.InDb<CountingDb, int>(db => db.Counted.CountAsync());
}
