using System.Collections.Concurrent;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using SkillStation.Platform;
using SkillStation.Platform.Bus;
using SkillStation.Platform.Data;
using SkillStation.Support.SqlServer;

namespace SkillStation.Support;

/// <summary>
/// One service (or several) as it runs in one process: real HTTP on a free port, a SQLite file of its own, the in-memory bus, a clock that
/// the test moves. What it publishes is recorded; what others would tell it is given to it with <see cref="Hear{T}"/>.
/// </summary>
public sealed class RunningService : IAsyncDisposable
{
    /// <summary>A Monday, 09:00 in Guangzhou, in a year whose holidays are known.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    private readonly WebApplication app;
    private readonly string dataDir;
    private readonly RecordingTransport recorded;

    private RunningService(WebApplication app, string dataDir)
    {
        this.app = app;
        this.dataDir = dataDir;
        recorded = (RecordingTransport)app.Services.GetRequiredService<IMessageTransport>();
        Clock = (MovableClock)app.Services.GetRequiredService<TimeProvider>();
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(30) };
    }

    public HttpClient Http { get; }

    public MovableClock Clock { get; }

    public IServiceProvider Services => app.Services;

    /// <summary>For races.</summary>
    public Guards Guards => app.Services.GetRequiredService<Guards>();

    /// <summary>What SQL Server would have been asked.</summary>
    public TransactSqlRecord TransactSql => app.Services.GetRequiredService<TransactSqlRecord>();

    /// <summary>Deliveries that failed for good; only counted when delivery is shuffled.</summary>
    public IReadOnlyList<string> FailedDeliveries => [.. (recorded.Inner as ShufflingTransport)?.Failures ?? []];

    public static Task<RunningService> StartAsync(params IServiceModule[] modules) => StartAsync(null, null, null, [], modules);

    /// <summary>The same with other settings: --Section:Name value.</summary>
    public static Task<RunningService> StartWithAsync(string[] settings, params IServiceModule[] modules) => StartAsync(null, null, null, settings, modules);

    /// <summary>The same over a broker, where an address of one is given.</summary>
    public static Task<RunningService> StartAsync(string? brokerUrl, params IServiceModule[] modules) => StartAsync(brokerUrl, null, null, [], modules);

    /// <summary>
    /// The same on a bus that delivers every message one to three times, late, and in no order at all; the seed says how. The data starts as a copy
    /// of a folder, where one is given.
    /// </summary>
    public static Task<RunningService> StartShuffledAsync(int seed, string? copyOf, params IServiceModule[] modules) => StartAsync(null, seed, copyOf, [], modules);

    /// <summary>Starts once, waits until all that a first start tells has arrived, and stops; the folder of the data, for <see cref="StartShuffledAsync"/>.</summary>
    public static async Task<string> LoadOnceAsync(params IServiceModule[] modules)
    {
        var copy = Directory.CreateTempSubdirectory("skillstation-loaded-").FullName;
        await using var service = await StartAsync(modules);
        await using var scope = service.Services.CreateAsyncScope();
        var databases = service.Services.GetServices<ModuleDatabase>().Select(d => (File: Path.GetFileName(d.SqliteFile!), Db: (ModuleDb)scope.ServiceProvider.GetRequiredService(d.Db))).ToList();
        await Eventually.True(
            async () =>
            {
                var waiting = 0;
                foreach (var (_, db) in databases)
                {
                    waiting += await db.Outbox.CountAsync();
                }

                return waiting == 0;
            },
            "all outboxes are empty",
            TimeSpan.FromMinutes(2));
        foreach (var (file, db) in databases)
        {
            await db.Database.ExecuteSqlAsync($"VACUUM INTO {Path.Combine(copy, file)}");
        }

        return copy;
    }

    private static async Task<RunningService> StartAsync(string? brokerUrl, int? seed, string? copyOf, string[] settings, IServiceModule[] modules)
    {
        var dataDir = Directory.CreateTempSubdirectory("skillstation-test-").FullName;
        foreach (var file in copyOf is null ? [] : Directory.GetFiles(copyOf))
        {
            File.Copy(file, Path.Combine(dataDir, Path.GetFileName(file)));
        }

        var app = ServiceHost.Build(
            [
                "--urls", "http://127.0.0.1:0", "--Database:DataDir", dataDir, "--Clock:Movable", "true", "--Clock:Start", Start.ToString("O"), "--Scheduler:Sweeps", "false", "--Bus:Patience", "15",
                "--Admission:Writes", "10000", "--Admission:Reads", "10000",   // races send hundreds of calls at once, and none of them is to be turned away
                .. brokerUrl is null ? Array.Empty<string>() : ["--Bus:Transport", "RabbitMQ", "--Bus:Url", brokerUrl],
                .. settings,
            ],
            modules,
            builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Critical);
                if (copyOf is null)   // else it was watched when it was loaded, and it takes half of the time
                {
                    SqlServerTwin.Watch(builder.Services);
                }

                Guards.Watch(builder.Services);
                builder.Services.Replace(ServiceDescriptor.Singleton<IMessageTransport>(s => new RecordingTransport(Shuffled(
                    brokerUrl is null ? ActivatorUtilities.CreateInstance<InProcessTransport>(s) : ActivatorUtilities.CreateInstance<BrokerTransport>(s)))));
            });
        IMessageTransport Shuffled(IMessageTransport transport) => seed is { } how ? new ShufflingTransport(transport, how) : transport;


        await app.PrepareAsync();
        await app.StartAsync();
        var service = new RunningService(app, dataDir);
        await Eventually.True(async () => await service.Http.GetStringAsync("/health/ready") == "Healthy", "the service is ready");
        return service;
    }

    /// <summary>Moves the clock on.</summary>
    public void Pass(TimeSpan time) => Clock.TryMoveTo(Clock.GetUtcNow() + time);

    /// <summary>
    /// A message from another service; returns when every consumer here has committed, throws when one failed for good. (Over a broker: when it
    /// is in the broker's hands.)
    /// </summary>
    public Task Hear<T>(T message, Guid? messageId = null) where T : class =>
        recorded.Inner.Deliver(message, typeof(T), messageId ?? NewId.NextSequentialGuid(), TestContextToken);

    /// <summary>What was published so far, oldest first.</summary>
    public IReadOnlyList<T> Published<T>() where T : class => [.. recorded.Messages.OfType<T>()];

    /// <summary>The first published message that fits, waiting for it when it is still under way.</summary>
    public async Task<T> Publishes<T>(Func<T, bool>? fits = null) where T : class
    {
        T? found = null;
        await Eventually.True(() => (found = recorded.Messages.OfType<T>().FirstOrDefault(m => fits?.Invoke(m) ?? true)) is not null, $"a {typeof(T).Name} is published");
        return found!;
    }

    /// <summary>Waits until everything that was published has been delivered.</summary>
    public Task Quiet<TDb>() where TDb : ModuleDb => Eventually.True(
        () => InDb<TDb, bool>(db => Task.FromResult(!db.Outbox.Any(m => m.Failure == null))), "the outbox is empty");

    /// <summary>Looks into, or changes, the database behind the service's back.</summary>
    public async Task<TResult> InDb<TDb, TResult>(Func<TDb, Task<TResult>> work) where TDb : ModuleDb
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TDb>());
    }

    public async ValueTask DisposeAsync()
    {
        var sql = app.Services.GetService<TransactSqlRecord>();
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(dataDir, recursive: true);
        sql?.Check();
    }

    private static CancellationToken TestContextToken => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    private sealed class RecordingTransport(IMessageTransport inner) : IMessageTransport
    {
        public IMessageTransport Inner => inner;

        public ConcurrentQueue<object> Messages { get; } = new();

        public async Task Deliver(object message, Type type, Guid messageId, CancellationToken ct)
        {
            Messages.Enqueue(message);
            await inner.Deliver(message, type, messageId, ct);
        }
    }
}
