using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SQLitePCL;

namespace SkillStation.Platform.Data;

/// <summary>Section "Database": where rows live. Everything that differs by database is in this file and in the outbox stores.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>Sqlite or SqlServer.</summary>
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

    internal bool IsConnection
    {
        get
        {
            try
            {
                return new SqlConnectionStringBuilder(ConnectionString) is { DataSource.Length: > 0, InitialCatalog.Length: > 0 };
            }
            catch (Exception e) when (e is ArgumentException or FormatException)
            {
                return false;
            }
        }
    }

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
        DbUpdateException or InvalidOperationException when exception.InnerException is { } inner => inner.IsOutage(),   // EF wraps in the latter what it thinks transient
        SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or 13 or 14 } => true,   // busy, locked, read-only, disk error, disk full, cannot open
        SqlException sql => sql.IsTransient || sql.Class >= 20 || sql.Number is -2 or 1105 or 4060 or 9002 or 40613,   // time-out, disk full, database or log not available
        InvalidOperationException pool => pool.Message.Contains("obtaining a connection from the pool", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>Why a database cannot be used until a person does something; null when it may pass, or is none of a database's.</summary>
    internal static StartException? WhyUnusable(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: 11 or 26 } => new(
            "数据库文件已损坏，或者不是数据库。从备份恢复（见 deploy/README.md），或把它移走后重新开始。",
            "A database file is damaged or none at all. Restore it from a backup (deploy/README.md), or move it away and begin anew."),
        SqliteException { SqliteErrorCode: 8 or 10 or 13 or 14 } => new(
            "数据目录里的数据库文件打不开或写不进。检查权限和磁盘空间，或用 Database:DataDir（--data-dir）换一个目录。",
            "A database file in the data folder cannot be opened or written. Check its rights and the free space, or take another folder with Database:DataDir (--data-dir)."),
        SqlException { Number: 18456 or 18452 or 18470 or 18486 or 18487 or 18488 } => new(
            "数据库拒绝登录。检查 Database:ConnectionString 里的用户名和密码。",
            "The database refuses the login. Check user and password in Database:ConnectionString."),
        SqlException { Number: 229 or 262 } => new(
            "数据库用户权限不够。migrate 要能建表，服务要能读写（deploy/kubernetes/sqlserver.sql）。",
            "The database user lacks rights. migrate must be allowed to make tables, services to read and write (deploy/kubernetes/sqlserver.sql)."),
        SqlException sql when sql.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase) => new(
            "数据库的 TLS 证书不被信任。安装签发它的证书，或在 Database:ConnectionString 里写 TrustServerCertificate=True。",
            "The database's TLS certificate is not trusted. Install its issuer's, or put TrustServerCertificate=True into Database:ConnectionString."),
        _ => null,
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
            await Migrate(db, ct);
            return;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(SqliteFile))!;
        try
        {
            Directory.CreateDirectory(folder);
            using var alone = await Lock(SqliteFile + ".migrating", ct);
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL; DROP TABLE IF EXISTS \"__EFMigrationsLock\";", ct);
            await Migrate(db, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw File.Exists(folder)
                ? new StartException($"数据目录 {folder} 是一个文件。用 Database:DataDir（--data-dir）换一个目录。", $"The data folder {folder} is a file. Take another with Database:DataDir (--data-dir).")
                : new StartException($"数据目录 {folder} 建不了或写不进。检查权限，或用 Database:DataDir（--data-dir）换一个目录。", $"The data folder {folder} cannot be made or written. Check its rights, or take another with Database:DataDir (--data-dir).");
        }
    }

    /// <summary>For a start that does not prepare.</summary>
    public async Task CheckPrepared(IServiceProvider services, CancellationToken ct)
    {
        if ((await ((ModuleDb)services.GetRequiredService(Db)).Database.GetPendingMigrationsAsync(ct)).Any())
        {
            throw new StartException(
                "数据库还没有准备好，或者比程序旧。先运行 migrate，或设 Database:PrepareOnStart=true。",
                "The database is not prepared, or older than this program. Run migrate first, or set Database:PrepareOnStart=true.");
        }
    }

    private static async Task Migrate(ModuleDb db, CancellationToken ct)
    {
        var unknown = (await db.Database.GetAppliedMigrationsAsync(ct)).Except(db.Database.GetMigrations()).Count();
        if (unknown > 0)
        {
            throw new StartException(
                $"数据库比程序新（有 {unknown} 个未知的迁移）。请用新版程序；要退回前一版，设 Database:PrepareOnStart=false 且不运行 migrate。",
                $"The database is newer than this program ({unknown} unknown migration(s)). Use the newer program; to go back by one version, set Database:PrepareOnStart=false and run no migrate.");
        }

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
            catch (IOException e) when (e.GetType() == typeof(IOException) && File.Exists(path))   // somebody holds it
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

/// <summary>
/// Settings that SQLite forgets with each connection; the driver keeps connections for later, and they their settings. NORMAL with WAL loses nothing on
/// a kill of the process.
/// </summary>
internal sealed class SqlitePragmas(int patience) : DbConnectionInterceptor
{
    private readonly ConditionalWeakTable<sqlite3, SqlitePragmas> set = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (!set.TryAdd(((SqliteConnection)connection).Handle!, this))
        {
            return;
        }

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
