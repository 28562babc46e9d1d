using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Microsoft.Extensions.Options;
using SkillStation.Platform.Http;

namespace SkillStation.Platform.Data;

/// <summary>A message that waits to be published. Saved in the transaction of the change it tells about; deleted once delivered.</summary>
public sealed class OutboxMessage
{
    public long Seq { get; private set; }
    public required Guid MessageId { get; init; }
    /// <summary>Messages with the same key are delivered one after the other.</summary>
    public required Guid Key { get; init; }
    public required string Type { get; init; }
    public required string Body { get; init; }
    public string? TraceParent { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>Why it cannot be delivered for good; such a row stays for a person to look at.</summary>
    public string? Failure { get; set; }
}

/// <summary>A message that was delivered, kept for a while: a neighbour whose database was restored can be told again. Written when it leaves the outbox.</summary>
public sealed class SentMessage
{
    /// <summary>Of the outbox row that it was.</summary>
    public required long Seq { get; init; }
    public required Guid MessageId { get; init; }
    public required Guid Key { get; init; }
    public required string Type { get; init; }
    public required string Body { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>The same message to be delivered again; who has applied it drops it.</summary>
    public OutboxMessage Again() => new() { MessageId = MessageId, Key = Key, Type = Type, Body = Body, CreatedAt = CreatedAt };
}

/// <summary>Says that a consumer has applied a message. Saved in the transaction of the effect.</summary>
public sealed class InboxMessage
{
    public required Guid MessageId { get; init; }
    public required string Consumer { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>What a POST with an Idempotency-Key was answered. Saved with the row that it created.</summary>
public sealed class RememberedAnswer
{
    public required string Scope { get; init; }
    public required string Key { get; init; }
    public required string BodyHash { get; init; }
    public required string Location { get; init; }
    public required string Body { get; init; }
    public int? Version { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>
/// The base of every service's database. What is published here leaves with the next SaveChanges or not at all. Entities that
/// people change at the same time have an int property named Version, which each change counts up; a stale one is refused.
/// </summary>
public abstract class ModuleDb(DbContextOptions options) : DbContext(options)
{
    public const int Unlimited = -1;

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();
    public DbSet<SentMessage> Sent => Set<SentMessage>();
    public DbSet<InboxMessage> Inbox => Set<InboxMessage>();
    public DbSet<RememberedAnswer> Answers => Set<RememberedAnswer>();

    /// <summary>Set while a POST with an Idempotency-Key runs.</summary>
    internal IdempotentCall? Call { get; set; }

    private TimeProvider Clock => this.GetService<TimeProvider>();

    /// <summary>A new time-ordered id.</summary>
    public Guid NewId() => Guid.CreateVersion7(Clock.GetUtcNow());

    /// <summary>Puts a message beside the change it tells of. The key is the id of what changed: its messages keep their order.</summary>
    public void Publish<T>(Guid key, T message) where T : class => Outbox.Add(new OutboxMessage
    {
        MessageId = NewId(),
        Key = key,
        Type = MessageUrn.ForTypeString<T>(),
        Body = JsonSerializer.Serialize(message),
        TraceParent = Activity.Current?.Id,
        CreatedAt = Clock.GetUtcNow(),
    });

    /// <summary>A 201, remembered under the caller's Idempotency-Key by the next SaveChanges.</summary>
    public Created<T> Created<T>(string location, T view)
    {
        if (Call is { } call)
        {
            Answers.Add(new RememberedAnswer
            {
                Scope = call.Scope,
                Key = call.Key,
                BodyHash = call.BodyHash,
                Location = location,
                Body = JsonSerializer.Serialize(view, this.GetService<IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value.SerializerOptions),
                Version = (view as IVersionedView)?.Version,
                At = Clock.GetUtcNow(),
            });
        }

        return TypedResults.Created(location, view);
    }

    /// <summary>Saves rows, messages and the remembered answer in one transaction; on SQLite after waiting for the turn to write.</summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        using var turn = await TurnToWrite(cancellationToken);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <summary>For writes that are not saves (ExecuteDelete, ExecuteUpdate): the same turn.</summary>
    internal async Task ExclusivelyAsync(Func<Task> write, CancellationToken ct)
    {
        using var turn = await TurnToWrite(ct);
        await write();
    }

    internal async Task<IDisposable?> TurnToConsume(CancellationToken ct) => Database.IsSqlite() ? await this.GetService<SqliteWriteGates>().EnterAsConsumer(this, ct) : null;

    /// <summary>Delivered rows leave the outbox and are kept.</summary>
    internal async Task MoveToSent(IReadOnlyCollection<long> delivered, CancellationToken ct)
    {
        if (delivered.Count == 0)
        {
            return;
        }

        var rows = string.Join(',', delivered);
        var now = Clock.GetUtcNow();
        await using var own = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(ct) : null;
#pragma warning disable EF1002 // numbers only
        await Database.ExecuteSqlRawAsync(
            $$"""INSERT INTO "Sent" ("Seq", "MessageId", "Key", "Type", "Body", "CreatedAt", "SentAt") SELECT "Seq", "MessageId", "Key", "Type", "Body", "CreatedAt", {0} FROM "Outbox" WHERE "Seq" IN ({{rows}})""",
            [Database.IsSqlite() ? now.UtcTicks : now],
            ct);
        await Database.ExecuteSqlRawAsync($"""DELETE FROM "Outbox" WHERE "Seq" IN ({rows})""", ct);
#pragma warning restore EF1002
        await (own?.CommitAsync(ct) ?? Task.CompletedTask);
    }

    private async Task<IDisposable?> TurnToWrite(CancellationToken ct) => Database.IsSqlite() ? await this.GetService<SqliteWriteGates>().Enter(this, ct) : null;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        configurationBuilder.Properties<string>().HaveMaxLength(200);
        configurationBuilder.Properties<decimal>().HavePrecision(12, 4);
        configurationBuilder.Properties<TimeSpan>().HaveConversion<long>();   // SQLite cannot order them, and SQL Server's time ends at 24 hours
        if (Database.IsSqlite())
        {
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();   // SQLite cannot order or compare them
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(GetType().Assembly);
        modelBuilder.Entity<OutboxMessage>(e =>
        {
            e.ToTable("Outbox").HasKey(x => x.Seq);
            e.Property(x => x.Body).HasMaxLength(Unlimited);
            e.Property(x => x.Failure).HasMaxLength(1000);
        });
        modelBuilder.Entity<SentMessage>(e =>
        {
            e.ToTable("Sent").HasKey(x => x.Seq);
            e.Property(x => x.Seq).ValueGeneratedNever();
            e.Property(x => x.Body).HasMaxLength(Unlimited);
            e.HasIndex(x => x.SentAt);
        });
        modelBuilder.Entity<InboxMessage>(e =>
        {
            e.ToTable("Inbox").HasKey(x => new { x.MessageId, x.Consumer });
            e.HasIndex(x => x.At);
        });
        modelBuilder.Entity<RememberedAnswer>(e =>
        {
            e.ToTable("Answers").HasKey(x => new { x.Scope, x.Key });
            e.Property(x => x.Body).HasMaxLength(Unlimited);
            e.HasIndex(x => x.At);
        });
        foreach (var type in modelBuilder.Model.GetEntityTypes())
        {
            type.UseSqlOutputClause(false);   // SQL Server alone heeds it; engines compatible with it lack OUTPUT
        }

        foreach (var version in modelBuilder.Model.GetEntityTypes().Select(t => t.FindProperty("Version")).Where(p => p?.ClrType == typeof(int)))
        {
            version!.IsConcurrencyToken = true;
        }
    }

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(v => v.UtcTicks, v => new DateTimeOffset(v, TimeSpan.Zero));
}
