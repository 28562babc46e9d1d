using System.Collections.Concurrent;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using SkillStation.Platform.Bus;
using SkillStation.Platform.Data;
using SkillStation.Platform.Http;

namespace SkillStation.Platform.Tests;

/// <summary>The smallest service: what is posted is counted twice over, by two consumers of the message that tells of it.</summary>
public sealed class CountingModule : IServiceModule
{
    public string Name => "counting";

    public string Title => "Counting";

    public void AddServices(WebApplicationBuilder builder) => builder.AddModuleDb<CountingDb, SqliteCountingDb, SqlServerCountingDb>(Name);

    public void AddConsumers(ConsumerList consumers) => consumers.Add<CountConsumer>().Add<NoteOrderConsumer>();

    public void MapEndpoints(RouteGroupBuilder api) => api.MapPost("/things", async (Thing body, CountingDb db) =>
    {
        var id = db.NewId();
        db.Publish(body.Key, new ThingHappened { Number = body.Number, Poison = body.Poison, Key = body.Key });
        var answer = db.Created($"/things/{id}", new ThingView(id, 1));
        if (body.Abandon)
        {
            return Results.Conflict();
        }

        await db.SaveChangesAsync();
        return answer;
    }).Creates<CountingDb, Thing>();

    public Task Prepare(IServiceProvider services, CancellationToken ct) =>
        services.GetRequiredService<CountingDb>().Database.GetService<IRelationalDatabaseCreator>().CreateTablesAsync(ct);
}

public sealed record Thing(Guid Key, int Number, bool Poison = false, bool Abandon = false);

public sealed record ThingView(Guid Id, int Version) : IVersionedView;

public sealed record ThingHappened
{
    public required Guid Key { get; init; }
    public required int Number { get; init; }
    public required bool Poison { get; init; }
}

/// <summary>Something that two people change at the same time.</summary>
public sealed class Shared
{
    public int Id { get; init; }
    public int Version { get; set; } = 1;
}

/// <summary>No unique key on purpose: an effect that happens twice shows.</summary>
public sealed class Counted
{
    public int Id { get; init; }
    public required Guid Key { get; init; }
    public required int Number { get; init; }
    public required string By { get; init; }
}

public abstract class CountingDb(DbContextOptions options) : ModuleDb(options)
{
    public DbSet<Counted> Counted => Set<Counted>();

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        Counted.Local.Any(c => c.Number < 0) ? throw new InvalidOperationException("This one cannot be saved.") : base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Counted>();
        modelBuilder.Entity<Shared>();
        base.OnModelCreating(modelBuilder);
    }
}

public sealed class SqliteCountingDb(DbContextOptions<SqliteCountingDb> options) : CountingDb(options);

public sealed class SqlServerCountingDb(DbContextOptions<SqlServerCountingDb> options) : CountingDb(options);

public sealed class CountConsumer(CountingDb db) : IConsumer<ThingHappened>
{
    /// <summary>How often a message of this key was tried; unlike the rows, this survives a save that fails.</summary>
    public static readonly ConcurrentDictionary<Guid, int> Tries = new();

    public Task Consume(ConsumeContext<ThingHappened> context)
    {
        Tries.AddOrUpdate(context.Message.Key, 1, (_, tries) => tries + 1);
        db.Counted.Add(new Counted { Key = context.Message.Key, Number = context.Message.Number, By = "count" });
        return context.Message.Poison ? throw new InvalidOperationException("This one cannot be counted.") : Task.CompletedTask;
    }
}

public sealed class NoteOrderConsumer(CountingDb db) : IConsumer<ThingHappened>
{
    public Task Consume(ConsumeContext<ThingHappened> context)
    {
        db.Counted.Add(new Counted { Key = context.Message.Key, Number = context.Message.Number, By = "order" });
        return Task.CompletedTask;
    }
}
