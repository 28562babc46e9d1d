using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Platform;
using SkillStation.Platform.Bus;
using SkillStation.Platform.Data;

namespace SkillStation.Acceptance.Tests;

/// <summary>The service as it is, but for the guards in its database: no version tokens, no key on the hours, no unique seats and numbers. The control of the races.</summary>
internal sealed class UnguardedModule : IServiceModule
{
    private readonly AcceptanceModule real = new();

    public string Name => real.Name;

    public string Title => real.Title;

    public void AddServices(WebApplicationBuilder builder)
    {
        builder.AddModuleDb<AcceptanceDb, UnguardedDb, UnguardedDb>(Name);
        builder.Services.AddValidation();
    }

    public void AddConsumers(ConsumerList consumers) => real.AddConsumers(consumers);

    public void MapEndpoints(RouteGroupBuilder api) => real.MapEndpoints(api);

    public async Task Prepare(IServiceProvider services, CancellationToken ct)
    {
        await services.GetRequiredService<AcceptanceDb>().GetService<IRelationalDatabaseCreator>().CreateTablesAsync(ct);
        await real.Prepare(services, ct);
    }
}

internal sealed class UnguardedDb(DbContextOptions<UnguardedDb> options) : AcceptanceDb(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AcceptanceDb).Assembly);
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Occupancy>().Property<Guid>("Row");
        modelBuilder.Entity<Occupancy>().HasKey("Row");
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            entity.FindProperty("Version")?.IsConcurrencyToken = false;
            foreach (var index in entity.GetIndexes().Where(i => i.IsUnique))
            {
                index.IsUnique = false;
            }
        }
    }
}

/// <summary>
/// Makes a race certain: no write of the service gets through until so many of its queries have run, so that everybody has looked before anybody has written.
/// </summary>
internal sealed class Race : IDisposable, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private readonly List<IDisposable> subscriptions = [];
    private readonly Lock gate = new();
    private Func<string, bool>? looked;
    private int count;

    /// <summary>Before the service starts, since EF remembers for a while that nobody listens.</summary>
    public Race() => subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    public async Task<T[]> Run<T>(RunningService service, string query, params Func<Task<T>>[] runners)
    {
        var file = await service.InDb<AcceptanceDb, string>(db => Task.FromResult(db.Database.GetConnectionString()!));
        var source = new SqliteConnectionStringBuilder(file).DataSource;
        await using var hold = new SqliteConnection(file + ";Pooling=False");
        await hold.OpenAsync();
        await using var transaction = hold.BeginTransaction(deferred: false);
        lock (gate)
        {
            (count, looked) = (0, text => text.StartsWith(Path.GetFullPath(source), StringComparison.Ordinal) && text.Contains(query, StringComparison.Ordinal));
        }

        var all = Task.WhenAll(runners.Select(r => Task.Run(r)));
        await Eventually.True(() => Volatile.Read(ref count) >= runners.Length || all.IsCompleted, "everybody has looked");
        Assert.False(all.IsCompleted, "nobody wrote");
        await transaction.RollbackAsync();
        return await all;
    }

    public void Dispose() => subscriptions.ForEach(s => s.Dispose());

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            subscriptions.Add(value.Subscribe(this));
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is CommandExecutedEventData { Connection: { } connection, Command: { } command })
        {
            lock (gate)
            {
                if (looked?.Invoke(Path.GetFullPath(connection.DataSource) + command.CommandText) == true)
                {
                    count++;
                }
            }
        }
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }
}
