using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SkillStation.Platform.Data;

/// <summary>Section "Database": where rows live. Everything that differs by database is in this file and in the outbox stores.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>Sqlite or SqlServer.</summary>
    [RegularExpression("Sqlite|SqlServer")]
    public string Provider { get; set; } = "Sqlite";

    /// <summary>Folder of the SQLite files, one per service.</summary>
    public string DataDir { get; set; } = "data";

    /// <summary>For SQL Server; <c>{service}</c> in it becomes the service's name.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Whether a start migrates and loads reference data; with replicas a step of its own does (<c>migrate</c>).</summary>
    public bool PrepareOnStart { get; set; } = true;

    /// <summary>Seconds for which a save waits its turn, and then for SQLite; after that the caller is told to come back.</summary>
    [Range(1, 60)]
    public int Patience { get; set; } = 5;

    public bool IsSqlServer => Provider == "SqlServer";

    /// <summary>The file of one service.</summary>
    public string FileOf(string service) => Path.Combine(DataDir, service + ".db");

    /// <summary>The SQL Server connection of one service.</summary>
    public string ConnectionOf(string service) =>
        ConnectionString?.Replace("{service}", service, StringComparison.Ordinal) ?? throw new InvalidOperationException("Database:ConnectionString is needed for SqlServer.");
}

public static class DatabaseSetup
{
    /// <summary>Registers a service's database with its outbox. The service knows <typeparamref name="TDb"/> alone.</summary>
    public static void AddModuleDb<TDb, TSqlite, TSqlServer>(this WebApplicationBuilder builder, string service)
        where TDb : ModuleDb
        where TSqlite : TDb
        where TSqlServer : TDb
    {
        var options = builder.Configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new DatabaseOptions();
        builder.Services.AddSingleton<OutboxSignal<TDb>>();
        builder.Services.AddSingleton<OutboxWakes<TDb>>();
        if (options.IsSqlServer)
        {
            builder.Services.AddSingleton<IOutboxStore<TDb>, SqlServerOutboxStore<TDb>>();
            builder.Services.AddDbContextPool<TDb, TSqlServer>((services, o) => o
                .UseSqlServer(options.ConnectionOf(service), PlainSql)
                .AddInterceptors(services.GetRequiredService<OutboxWakes<TDb>>()));
        }
        else
        {
            builder.Services.TryAddSingleton(new SqliteWriteGates(TimeSpan.FromSeconds(options.Patience)));
            builder.Services.AddSingleton<IOutboxStore<TDb>, SqliteOutboxStore<TDb>>();
            builder.Services.AddDbContextPool<TDb, TSqlite>((services, o) => o
                .UseSqlite($"Data Source={options.FileOf(service)}", sqlite => sqlite.CommandTimeout(options.Patience))
                .AddInterceptors(new SqlitePragmas(options.Patience), services.GetRequiredService<OutboxWakes<TDb>>()));
        }

        builder.Services.AddSingleton(new ModuleDatabase(
            typeof(TDb), options.IsSqlServer ? null : options.FileOf(service), services => services.AddHostedService<OutboxRelay<TDb>>().AddHostedService<OutboxKeeper<TDb>>()));
        builder.Services.AddHealthChecks().AddDbContextCheck<TDb>(service + "-database", tags: ["ready"]);
    }

    /// <summary>What engines compatible with SQL Server have too.</summary>
    internal static void PlainSql(SqlServerDbContextOptionsBuilder sql) => sql
        .UseCompatibilityLevel(120)   // no OPENJSON: a list is parameters, a very long one constants
        .MaxBatchSize(3);             // no MERGE, which four inserts become, and which may number outbox rows in another order

    /// <summary>Whether a save failed because something that may exist once exists already; the words name the table, column or index.</summary>
    public static bool IsUniqueViolation(this DbUpdateException exception, string named)
    {
        var unique = exception.InnerException switch
        {
            SqliteException { SqliteExtendedErrorCode: 1555 or 2067 } => true,
            SqlException { Number: 2601 or 2627 } => true,
            _ => false,
        };
        return unique && exception.InnerException!.Message.Contains(named, StringComparison.Ordinal);
    }

    /// <summary>Whether the database is away, locked, or out of room, so that the same call may succeed later; a lost race is none.</summary>
    public static bool IsOutage(this Exception exception) => exception switch
    {
        DbUpdateConcurrencyException => false,
        DbUpdateException { InnerException: { } inner } => inner.IsOutage(),
        SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or 13 or 14 } => true,   // busy, locked, read-only, disk error, disk full, cannot open
        SqlException sql => sql.IsTransient || sql.Class >= 20 || sql.Number is -2 or 1105 or 4060 or 9002 or 40613,   // time-out, disk full, database or log not available
        InvalidOperationException pool => pool.Message.Contains("obtaining a connection from the pool", StringComparison.Ordinal),
        _ => false,
    };
}

/// <summary>One service's database: how it is brought to the model's state, and how its relay is registered.</summary>
internal sealed record ModuleDatabase(Type Db, string? SqliteFile, Action<IServiceCollection> AddRelay)
{
    /// <summary>
    /// EF's own lock on SQLite is a row: a process killed while migrating leaves it, and every later start waits for ever. An
    /// operating system lock dies with its process; whoever holds it knows that a row in the table is stale.
    /// </summary>
    public async Task Migrate(IServiceProvider services, CancellationToken ct)
    {
        var db = (ModuleDb)services.GetRequiredService(Db);
        if (SqliteFile is null)
        {
            await db.Database.MigrateAsync(ct);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(SqliteFile))!);
        using var alone = await Lock(SqliteFile + ".migrating", ct);
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL; DROP TABLE IF EXISTS \"__EFMigrationsLock\";", ct);
        await db.Database.MigrateAsync(ct);
    }

    /// <summary>Waits until no other process holds the lock. Its file stays: to delete it while another opens it would let two hold it.</summary>
    public static async Task<FileStream> Lock(string path, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(50, ct);
            }
        }
    }
}

/// <summary>
/// One writer at a time for each SQLite file: waiting here costs no thread, waiting inside SQLite blocks one. And two consumers, however many queues
/// there are: people wait for their answers beside them, and a backlog must not take the turn to write, and the processors, from people.
/// </summary>
internal sealed class SqliteWriteGates(TimeSpan patience)
{
    private const int Busy = 5;
    private readonly ConcurrentDictionary<(string File, int Places), SemaphoreSlim> gates = new();

    /// <summary>Waits for the turn to write, no longer than SQLite itself would; the turn ends with disposal.</summary>
    public async Task<IDisposable> Enter(DbContext db, CancellationToken ct)
    {
        var gate = Gate(db, 1);
        return await gate.WaitAsync(patience, ct) ? new Turn(gate) : throw new SqliteException("The turn to write did not come in time.", Busy);
    }

    /// <summary>Waits for the turn of a consumer: one reads while another writes.</summary>
    public async Task<IDisposable> EnterAsConsumer(DbContext db, CancellationToken ct)
    {
        var gate = Gate(db, 2);
        await gate.WaitAsync(ct);
        return new Turn(gate);
    }

    private SemaphoreSlim Gate(DbContext db, int places) => gates.GetOrAdd((db.Database.GetConnectionString()!, places), _ => new SemaphoreSlim(places, places));

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}

/// <summary>Settings that SQLite forgets with each connection. NORMAL with WAL loses nothing on a kill of the process.</summary>
internal sealed class SqlitePragmas(int patience) : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA synchronous=NORMAL; PRAGMA busy_timeout={patience}000; PRAGMA foreign_keys=ON;";
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}

/// <summary>Wakes the relay after a save that added outbox rows.</summary>
internal sealed class OutboxWakes<TDb>(OutboxSignal<TDb> signal) : SaveChangesInterceptor
{
    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context!.ChangeTracker.Entries<OutboxMessage>().Any())
        {
            signal.Set();
        }

        return new(result);
    }
}
