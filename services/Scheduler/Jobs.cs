using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.InMemory;
using Hangfire.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Options;
using SkillStation.Platform;
using SkillStation.Platform.Data;
using SkillStation.Scheduler.Data;

namespace SkillStation.Scheduler;

/// <summary>Section "Scheduler".</summary>
public sealed class SchedulerOptions
{
    public const string Section = "Scheduler";

    /// <summary>False: no Hangfire; who wants a sweep asks for one (POST /sweeps). For tests and tours, where somebody moves the clock.</summary>
    public bool Sweeps { get; set; } = true;

    /// <summary>Whether deadlines that passed while nothing was swept are moved by that time.</summary>
    public bool ForgiveOutages { get; set; } = true;
}

/// <summary>
/// Every recurring job. Hangfire only rings the bell: what is due are rows, so a bell that is missed, or rings twice, changes nothing.
/// </summary>
internal static class Jobs
{
    private static void List(IRecurringJobManager jobs)
    {
        jobs.AddOrUpdate<SweepDeadlinesJob>("sweep-deadlines", j => j.Run(CancellationToken.None), Cron.Minutely(), Local);
        jobs.AddOrUpdate<SweepFollowUpsJob>("sweep-follow-ups", j => j.Run(CancellationToken.None), Cron.Minutely(), Local);
        jobs.AddOrUpdate<SnapshotIndicatorsJob>("snapshot-indicators", j => j.Run(CancellationToken.None), "0 2-23 * * *", Local);   // the first ring of a day writes, the others find it written
    }

    private static RecurringJobOptions Local => new() { TimeZone = LocalTime.Zone };

    public static void AddJobs(this WebApplicationBuilder builder, string service)
    {
        var database = builder.Configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new DatabaseOptions();
        var options = builder.Configuration.GetSection(SchedulerOptions.Section).Get<SchedulerOptions>() ?? new SchedulerOptions();
        if (!options.Sweeps)
        {
            return;
        }

        // Made here, since Hangfire's own set-up keeps both in statics that all hosts of a process would share.
        builder.Services.AddSingleton<JobStorage>(_ => database.IsSqlServer ? OnSqlServer(database.ConnectionOf(service)) : new InMemoryStorage());
        builder.Services.AddSingleton<JobActivator, AspNetCoreJobActivator>();
        builder.Services.AddHangfire(c => c.UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings());
        builder.Services.AddHangfireServer(o =>
        {
            o.WorkerCount = 2;
            o.SchedulePollingInterval = TimeSpan.FromSeconds(1);
        });
    }

    /// <summary>Hangfire's own tables, where it has any.</summary>
    public static void PrepareJobTables(this IServiceProvider services, string service)
    {
        var database = services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        if (database.IsSqlServer && services.GetRequiredService<IOptions<SchedulerOptions>>().Value.Sweeps)
        {
            using var connection = new SqlConnection(database.ConnectionOf(service));
            connection.Open();
            SqlServerObjectsInstaller.Install(connection);
        }
    }

    /// <summary>At every start, since Hangfire's storage may be in memory.</summary>
    public static void ListJobs(this IServiceProvider services)
    {
        if (services.GetRequiredService<IOptions<SchedulerOptions>>().Value.Sweeps)
        {
            List(services.GetRequiredService<IRecurringJobManager>());
        }
    }

    /// <summary>The dashboard, for this machine only (Hangfire's own rule).</summary>
    public static void UseJobsDashboard(this WebApplication app, string title)
    {
        if (app.Services.GetRequiredService<IOptions<SchedulerOptions>>().Value.Sweeps)
        {
            app.UseHangfireDashboard("/hangfire", new DashboardOptions { DashboardTitle = title, DisplayStorageConnectionString = false });
        }
    }

    // The host is built before its database is made, so nothing may be asked of the server here.
    private static SqlServerStorage OnSqlServer(string connection) => new(connection, new SqlServerStorageOptions
    {
        PrepareSchemaIfNecessary = false,
        TryAutoDetectSchemaDependentOptions = false,
    });
}

// A bell that failed rings again within a minute; Hangfire need not.

[AutomaticRetry(Attempts = 0)]
internal sealed class SweepDeadlinesJob(SchedulerDb db, TimeProvider clock, IOptions<SchedulerOptions> options)
{
    public Task Run(CancellationToken ct) => SweepDeadlines.Run(db, clock.GetUtcNow(), options.Value.ForgiveOutages, ct);
}

[AutomaticRetry(Attempts = 0)]
internal sealed class SweepFollowUpsJob(SchedulerDb db, TimeProvider clock, IOptions<SchedulerOptions> options)
{
    public Task Run(CancellationToken ct) => SweepFollowUps.Run(db, clock.GetUtcNow(), options.Value.ForgiveOutages, ct);
}

[AutomaticRetry(Attempts = 3)]
internal sealed class SnapshotIndicatorsJob(SchedulerDb db, TimeProvider clock)
{
    public Task Run(CancellationToken ct) => SnapshotIndicators.Run(db, clock.GetUtcNow(), ct);
}
