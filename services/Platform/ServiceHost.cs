using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SkillStation.Platform.Bus;
using SkillStation.Platform.Data;
using SkillStation.Platform.Http;
using SkillStation.Platform.Telemetry;

namespace SkillStation.Platform;

/// <summary>Builds and runs a process from one service or from many.</summary>
public static class ServiceHost
{
    private const long LargestBody = 64 * 1024;

    /// <summary>
    /// Runs until stopped; or, with <c>migrate</c> as the first word, prepares the databases and ends. Settings come from the command line
    /// (--Bus:Transport RabbitMQ …), the environment or appsettings.json.
    /// </summary>
    public static async Task RunAsync(string[] args, params IEnumerable<IServiceModule> modules)
    {
        var migrateOnly = args is ["migrate", ..];
        await using var app = Build(migrateOnly ? args[1..] : args, [.. modules]);
        if (migrateOnly)
        {
            await app.PrepareDatabasesAsync();
            return;
        }

        await app.PrepareAsync();
        await app.RunAsync();
    }

    /// <summary>Everything registered and mapped, nothing started; <paramref name="configure"/> has the last word on services.</summary>
    public static WebApplication Build(string[] args, IReadOnlyList<IServiceModule> modules, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(o => o.Limits.MaxRequestBodySize = LargestBody);
        builder.AddServiceDefaults(modules);
        builder.AddClock();

        builder.Services.AddOptions<BusOptions>().BindConfiguration(BusOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section).ValidateDataAnnotations().ValidateOnStart();
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
            module.MapEndpoints(app.MapGroup("/api/v1").WithGroupName(module.Name).Admitted().AddEndpointFilter(Versions.AddETag));
            module.Use(app);
        }

        return app;
    }

    /// <summary>Everything that comes before serving: the databases, unless a step of its own prepares them, and what each process keeps in memory.</summary>
    public static async Task PrepareAsync(this WebApplication app, CancellationToken ct = default)
    {
        if (app.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value.PrepareOnStart)
        {
            await app.PrepareDatabasesAsync(ct);
        }

        await app.ForEachModule((module, services) => module.Begin(services, ct));
    }

    /// <summary>Migrates the databases and lets each service load what they must hold.</summary>
    private static async Task PrepareDatabasesAsync(this WebApplication app, CancellationToken ct = default)
    {
        await using var scope = app.Services.CreateAsyncScope();
        foreach (var database in scope.ServiceProvider.GetServices<ModuleDatabase>())
        {
            await database.Migrate(scope.ServiceProvider, ct);
        }

        await app.ForEachModule((module, services) => module.Prepare(services, ct));
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
