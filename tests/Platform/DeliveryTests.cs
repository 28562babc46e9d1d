using Microsoft.EntityFrameworkCore;

namespace SkillStation.Platform.Tests;

public sealed class DeliveryTests : IAsyncLifetime
{
    private RunningService service = null!;

    public async ValueTask InitializeAsync() => service = await RunningService.StartAsync(new CountingModule());

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task What_is_published_leaves_with_the_save_or_not_at_all()
    {
        var saved = Guid.NewGuid();
        await service.Http.Post("/api/v1/things", new Thing(Guid.NewGuid(), 1, Abandon: true));
        await service.Http.Post("/api/v1/things", new Thing(saved, 2));

        await service.Publishes<ThingHappened>();
        await service.Quiet<CountingDb>();

        Assert.Equal([saved], service.Published<ThingHappened>().Select(m => m.Key));
    }

    [Fact]
    public async Task The_same_message_has_its_effect_once_however_often_and_how_close_together_it_comes()
    {
        var message = new ThingHappened { Key = Guid.NewGuid(), Number = 1, Poison = false };
        var id = Guid.CreateVersion7();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => service.Hear(message, id)));
        await service.Hear(message, id);

        Assert.Equal(["count", "order"], await Counted(message.Key, c => c.By));
    }

    [Fact]
    public async Task What_was_delivered_is_kept_and_sent_again_it_changes_nothing()
    {
        var key = Guid.NewGuid();
        await service.Http.Post("/api/v1/things", new Thing(key, 1));
        await service.Quiet<CountingDb>();
        Assert.Equal([key], await service.InDb<CountingDb, List<Guid>>(db => db.Sent.Select(m => m.Key).ToListAsync()));

        await service.InDb<CountingDb, int>(async db =>
        {
            var kept = await db.Sent.SingleAsync();
            db.Sent.Remove(kept);
            db.Outbox.Add(kept.Again());
            return await db.SaveChangesAsync();
        });
        await Eventually.True(() => service.Published<ThingHappened>().Count == 2, "it is delivered again");
        await service.Quiet<CountingDb>();

        Assert.Equal(["count", "order"], await Counted(key, c => c.By));
        Assert.Equal(1, await service.InDb<CountingDb, int>(db => db.Sent.CountAsync()));
    }

    [Fact]
    public async Task Messages_of_one_key_arrive_in_the_order_in_which_they_were_saved()
    {
        var keys = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToList();
        for (var number = 0; number < 40; number++)
        {
            await service.Http.Post("/api/v1/things", new Thing(keys[number % keys.Count], number));
        }

        await Eventually.True(async () => await service.InDb<CountingDb, int>(db => db.Counted.CountAsync()) == 80, "all are counted");

        foreach (var key in keys)
        {
            var order = await service.InDb<CountingDb, List<int>>(db => db.Counted.Where(c => c.Key == key && c.By == "order").OrderBy(c => c.Id).Select(c => c.Number).ToListAsync());
            Assert.Equal(8, order.Count);
            Assert.Equal(order.Order(), order);
        }
    }

    [Fact]
    public async Task A_message_that_one_consumer_cannot_handle_stays_with_its_reason_and_blocks_nothing()
    {
        var poison = Guid.NewGuid();
        var after = Guid.NewGuid();
        await service.Http.Post("/api/v1/things", new Thing(poison, 1, Poison: true));
        await service.Http.Post("/api/v1/things", new Thing(poison, 2));
        await service.Http.Post("/api/v1/things", new Thing(after, 3));

        await Eventually.True(async () => (await Counted(after, c => c.By)).Count == 2 && (await Counted(poison, c => c.By)).Count == 3, "the neighbours are counted");
        await Eventually.True(() => service.InDb<CountingDb, bool>(db => db.Outbox.AnyAsync(m => m.Failure != null)), "the failure is written down");

        var kept = await service.InDb<CountingDb, List<string?>>(db => db.Outbox.Where(m => m.Failure != null).Select(m => m.Failure).ToListAsync());
        Assert.Equal(["counting-count: InvalidOperationException"], kept);
    }

    [Fact]
    public async Task A_message_whose_effect_cannot_be_saved_stays_with_its_reason_and_blocks_nothing()
    {
        var key = Guid.NewGuid();
        await service.Http.Post("/api/v1/things", new Thing(key, -1));
        await service.Http.Post("/api/v1/things", new Thing(key, 2));

        await Eventually.True(async () => (await Counted(key, c => c.Number)).SequenceEqual([2, 2]), "the next of the same key is counted");
        await Eventually.True(() => service.InDb<CountingDb, bool>(db => db.Outbox.AnyAsync(m => m.Failure != null)), "the failure is written down");

        Assert.EndsWith(": InvalidOperationException", await service.InDb<CountingDb, string?>(db => db.Outbox.Where(m => m.Failure != null).Select(m => m.Failure).SingleAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stored_message_of_unknown_type_stays_with_its_reason_and_blocks_nothing()
    {
        await service.InDb<CountingDb, int>(db =>
        {
            db.Outbox.Add(new Data.OutboxMessage { MessageId = Guid.NewGuid(), Key = Guid.NewGuid(), Type = "urn:message:Gone:Away", Body = "{}", CreatedAt = DateTimeOffset.UnixEpoch });
            return db.SaveChangesAsync();
        });
        var after = Guid.NewGuid();
        await service.Http.Post("/api/v1/things", new Thing(after, 1));

        await Eventually.True(async () => (await Counted(after, c => c.By)).Count == 2, "the neighbour is counted");
        await Eventually.True(() => service.InDb<CountingDb, bool>(db => db.Outbox.AnyAsync(m => m.Failure == "InvalidOperationException")), "the failure is written down");
    }

    [Fact]
    public async Task Of_two_replicas_on_one_file_one_relays()
    {
        var byTheOther = 0;
        using var stop = new CancellationTokenSource();
        using var signal = new Data.OutboxSignal<CountingDb>();
        using var other = new Data.SqliteOutboxStore<CountingDb>(signal);
        var waiting = service.InDb<CountingDb, bool>(db => other.Process(db, 100, (_, _) => Task.FromResult(Interlocked.Increment(ref byTheOther)), stop.Token));
        for (var number = 0; number < 50; number++)
        {
            await service.Http.Post("/api/v1/things", new Thing(Guid.NewGuid(), number));
        }

        await Eventually.True(async () => await service.InDb<CountingDb, int>(db => db.Counted.CountAsync()) == 100, "all are counted");
        Assert.False(waiting.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, byTheOther);
    }

    [Fact]
    public async Task A_lost_race_for_a_version_is_refused_and_leaves_the_database_writable()
    {
        await service.InDb<CountingDb, int>(db =>
        {
            db.Add(new Shared { Id = 1 });
            return db.SaveChangesAsync();
        });

        await service.InDb<CountingDb, bool>(async first =>
        {
            var mine = await first.FindAsync<Shared>(1);
            await service.InDb<CountingDb, int>(async second =>
            {
                (await second.FindAsync<Shared>(1))!.Version++;
                return await second.SaveChangesAsync();
            });
            mine!.Version++;
            await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => first.SaveChangesAsync());
            return true;
        });

        var after = service.Http.Post("/api/v1/things", new Thing(Guid.NewGuid(), 1));
        Assert.Equal(System.Net.HttpStatusCode.Created, (await after.WaitAsync(TimeSpan.FromSeconds(10))).Status);
    }

    private Task<List<T>> Counted<T>(Guid key, Func<Counted, T> what) => service.InDb<CountingDb, List<T>>(async db =>
        [.. (await db.Counted.Where(c => c.Key == key).OrderBy(c => c.By).ToListAsync()).Select(what)]);
}
