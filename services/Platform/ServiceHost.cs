using System.Net.Sockets;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SkillStation.Platform.Bus;
using SkillStation.Platform.Data;
using SkillStation.Platform.Http;
using SkillStation.Platform.Telemetry;

namespace SkillStation.Platform;

/// <summary>Builds and runs a process from one service or from many.</summary>
public static partial class ServiceHost
{
    private const long LargestBody = 64 * 1024;

    /// <summary>
    /// Runs until stopped; or, with <c>migrate</c> as the first word, prepares the databases and ends. Settings come from the command line
    /// (--Bus:Transport RabbitMQ …), the environment or appsettings.json. The exit code.
    /// </summary>
    public static Task<int> RunAsync(string[] args, params IEnumerable<IServiceModule> modules) => StartException.TellAsync(english: true, async () =>
    {
        var migrateOnly = args is ["migrate", ..];
        string[] settings = migrateOnly ? args[1..] : args;
        CheckWords(settings);
        await using var app = Build(settings, [.. modules]);
        if (migrateOnly)
        {
            await app.PatientlyAsync(() => app.PrepareDatabasesAsync());
        }
        else
        {
            await app.ServeAsync();
        }

        return 0;
    });

    /// <summary>Prepares, starts, says so, and runs until stopped; throws when it has to end because something is refused for good.</summary>
    public static async Task ServeAsync(this WebApplication app, Action? started = null)
    {
        await app.PrepareAsync();
        try
        {
            await app.StartAsync();
        }
        catch (Exception e)
        {
            // the bus is at work already: a message must not lose its reader on the way, and be set aside for it
            await app.StopAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            EndIfRefused(app);
            if (e is SocketException { SocketErrorCode: var code })
            {
                throw new StartException($"不能监听 --urls 给的地址（{code}）。换一个地址或端口。", $"Cannot listen where --urls says ({code}). Take another address or port.");
            }

            throw;
        }

        started?.Invoke();
        await app.WaitForShutdownAsync();
        EndIfRefused(app);
    }

    private static void EndIfRefused(WebApplication app)
    {
        if (app.Services.GetService<BusRefusal>()?.Why is { } why)
        {
            throw why;
        }
    }

    /// <summary>Everything registered and mapped, nothing started; <paramref name="configure"/> has the last word on services.</summary>
    public static WebApplication Build(string[] args, IReadOnlyList<IServiceModule> modules, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(o => o.Limits.MaxRequestBodySize = LargestBody);
        var hasStarted = false;   // until then it is StartException that says why not
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => hasStarted && level >= LogLevel.Error);
        builder.Logging.AddFilter("MassTransit", level => hasStarted && level >= LogLevel.Warning);
        builder.AddServiceDefaults(modules);
        builder.AddClock();

        builder.Services.AddOptions<BusOptions>().BindConfiguration(BusOptions.Section, Strictly)
            .ValidateDataAnnotations()
            .Validate(o => o.Transport is "InMemory" or "RabbitMQ", "Bus:Transport = InMemory | RabbitMQ")
            .Validate(o => !o.IsRabbitMq || o.IsAddress, "Bus:Url = amqp://USER:PASSWORD@HOST:PORT/VHOST")
            .ValidateOnStart();
        builder.Services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section, Strictly)
            .Validate(o => o.Provider is "Sqlite" or "SqlServer", "Database:Provider = Sqlite | SqlServer")
            .Validate(o => !o.IsSqlServer || o.IsConnection, "Database:ConnectionString = Server=HOST;Database=skillstation-{service};User Id=USER;Password=PASSWORD")
            .ValidateOnStart();
        builder.Services.AddProblems();
        builder.AddAdmission();
        builder.Services.AddApiPages(modules);
        builder.Services.AddLocalization();
        builder.Services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
            o.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        });

        var queues = new List<ConsumerEndpoint>();
        var databases = new List<ModuleDatabase>();
        foreach (var module in modules)
        {
            builder.Services.AddSingleton(module);
            module.AddServices(builder);
            var database = (ModuleDatabase)builder.Services.Last(s => s.ServiceType == typeof(ModuleDatabase)).ImplementationInstance!;
            databases.Add(database);
            var consumers = new ConsumerList(module.Name, database.Db);
            module.AddConsumers(consumers);
            queues.AddRange(consumers.Queues);
        }

        builder.AddBus(queues);
        databases.ForEach(d => d.AddRelay(builder.Services));   // after the bus, so that they stop before it

        configure?.Invoke(builder);
        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => hasStarted = true);
        app.Services.GetRequiredService<IStartupValidator>().Validate();   // before anything is made from the settings
        app.UseRequestLocalization(o => o.SetDefaultCulture("zh-CN").AddSupportedCultures("zh-CN", "zh", "en").AddSupportedUICultures("zh-CN", "zh", "en"));   // first, so that what goes wrong is said in the reader's language too
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRateLimiter();
        app.UseApiPages(modules);
        app.MapHealth();
        if (app.Services.GetRequiredService<TimeProvider>() is MovableClock clock)
        {
            app.MapClock(clock);
        }

        foreach (var module in modules)
        {
            module.MapEndpoints(app.MapGroup("/api/v1").WithGroupName(module.Name).Admitted().AddEndpointFilter(Versions.AddETag).AddEndpointFilter(LostRaces.TryAgain));
            module.Use(app);
        }

        return app;
    }

    /// <summary>Everything that comes before serving: the databases, unless a step of its own prepares them, and what each process keeps in memory.</summary>
    public static async Task PrepareAsync(this WebApplication app, CancellationToken ct = default)
    {
        await app.PatientlyAsync(async () =>
        {
            if (app.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value.PrepareOnStart)
            {
                await app.PrepareDatabasesAsync(ct);
            }
            else
            {
                await app.ForEachDatabase((database, services) => database.CheckPrepared(services, ct));
            }

            await app.ForEachModule((module, services) => module.Begin(services, ct));
        });
    }

    private static void Strictly(BinderOptions binder) => binder.ErrorOnUnknownConfiguration = true;

    // What the configuration does not understand it skips without a word.
    private static void CheckWords(string[] args)
    {
        bool IsName(int i) => i < args.Length && args[i].StartsWith("--", StringComparison.Ordinal);
        for (var i = 0; i < args.Length; i++)
        {
            var word = i + 1;
            if (!IsName(i) || (!args[i].Contains('=', StringComparison.Ordinal) && (++i == args.Length || IsName(i))))
            {
                const string Usage = "[migrate] [--Section:Name VALUE …]";
                throw new StartException(
                    $"命令行第 {word} 个词看不懂，或者缺它的值。用法：{Usage}", $"Word {word} of the command line makes no sense or lacks its value. Usage: {Usage}", StartException.Misused);
            }
        }
    }

    /// <summary>A database that is not there yet comes by itself; what it refuses does not.</summary>
    private static async Task PatientlyAsync(this WebApplication app, Func<Task> work)
    {
        for (var waiting = false; ; waiting = true)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception e) when (e.IsOutage() && StartException.Of(e) is null)
            {
                if (!waiting)
                {
                    Log.Waiting(app.Logger);
                }

                await Task.Delay(TimeSpan.FromSeconds(2));
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Waiting for the database, which does not answer yet")]
        public static partial void Waiting(ILogger logger);
    }

    /// <summary>Migrates the databases and lets each service load what they must hold.</summary>
    private static async Task PrepareDatabasesAsync(this WebApplication app, CancellationToken ct = default)
    {
        await app.ForEachDatabase((database, services) => database.Migrate(services, ct));
        await app.ForEachModule((module, services) => module.Prepare(services, ct));
    }

    private static async Task ForEachDatabase(this WebApplication app, Func<ModuleDatabase, IServiceProvider, Task> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        foreach (var database in scope.ServiceProvider.GetServices<ModuleDatabase>())
        {
            await work(database, scope.ServiceProvider);
        }
    }

    private static async Task ForEachModule(this WebApplication app, Func<IServiceModule, IServiceProvider, Task> work)
    {
        foreach (var module in app.Services.GetServices<IServiceModule>())
        {
            await using var scope = app.Services.CreateAsyncScope();
            await work(module, scope.ServiceProvider);
        }
    }

    private static void AddClock(this WebApplicationBuilder builder)
    {
        var clock = builder.Configuration.GetValue("Clock:Movable", false)
            ? new MovableClock(builder.Configuration.GetValue<DateTimeOffset?>("Clock:Start") ?? TimeProvider.System.GetUtcNow())
            : TimeProvider.System;
        builder.Services.TryAddSingleton(clock);
    }
}
