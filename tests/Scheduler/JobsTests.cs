using System.Net;
using Hangfire;
using Hangfire.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SkillStation.Platform;
using SkillStation.Scheduler.Data;

namespace SkillStation.Scheduler.Tests;

public sealed class JobsTests : IAsyncLifetime
{
    private readonly string dataDir = Directory.CreateTempSubdirectory("skillstation-test-").FullName;
    private WebApplication app = null!;

    public async ValueTask InitializeAsync()
    {
        app = ServiceHost.Build(["--urls", "http://127.0.0.1:0", "--Database:DataDir", dataDir, "--Logging:LogLevel:Default", "Error"], [new SchedulerModule()]);
        await app.PrepareAsync();
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(dataDir, recursive: true);
    }

    [Fact]
    public void Every_bell_is_on_the_list()
    {
        using var connection = app.Services.GetRequiredService<JobStorage>().GetConnection();

        Assert.Equal(
            ["snapshot-indicators 0 2-23 * * * Asia/Shanghai", "sweep-deadlines * * * * * Asia/Shanghai", "sweep-follow-ups * * * * * Asia/Shanghai"],
            connection.GetRecurringJobs().Select(j => $"{j.Id} {j.Cron} {j.TimeZoneId}").Order());
    }

    [Theory]
    [InlineData("sweep-deadlines")]
    [InlineData("sweep-follow-ups")]
    public async Task A_bell_sets_off_its_sweep(string job)
    {
        app.Services.GetRequiredService<IRecurringJobManager>().Trigger(job);

        await Eventually.True(() => InDb(db => db.Heartbeats.AnyAsync()), "the sweep has left its heartbeat");
    }

    [Fact]
    public async Task The_nightly_bell_writes_the_figures()
    {
        app.Services.GetRequiredService<IRecurringJobManager>().Trigger("snapshot-indicators");

        await Eventually.True(() => InDb(db => db.Snapshots.AnyAsync()), "the city's figures are written");
    }

    [Fact]
    public async Task The_dashboard_is_there_for_this_machine()
    {
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/hangfire", TestContext.Current.CancellationToken)).StatusCode);
    }

    private async Task<T> InDb<T>(Func<SchedulerDb, Task<T>> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<SchedulerDb>());
    }
}
