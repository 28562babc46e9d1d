using DotNet.Testcontainers.Builders;
using SkillStation.Embedded;
using SkillStation.Embedded.Tour;
using SkillStation.Platform;
using Testcontainers.MsSql;
using Testcontainers.RabbitMq;

namespace SkillStation.Containers.Tests;

public sealed class TheWholeLineTests
{
    [Fact]
    public async Task From_thirty_requests_to_work_half_a_year_later_on_SQL_Server_and_RabbitMQ()
    {
        var server = Environment.GetEnvironmentVariable("SKILLSTATION_TEST_SQLSERVER");
        Assert.SkipWhen(server is null && !HasContainerEngine(), "No container engine runs here, and SKILLSTATION_TEST_SQLSERVER names no SQL Server.");

        await using var sql = server is null ? new MsSqlBuilder("mcr.microsoft.com/mssql/server:2022-latest").Build() : null;
        await using var rabbit = server is null ? new RabbitMqBuilder("rabbitmq:3.13").Build() : null;
        await Task.WhenAll(sql?.StartAsync() ?? Task.CompletedTask, rabbit?.StartAsync() ?? Task.CompletedTask);
        var connection = (server ?? sql!.GetConnectionString()).Replace("Database=master", "", StringComparison.Ordinal) + ";Database=skillstation-{service}-" + Guid.NewGuid().ToString("N");
        string[] bus = rabbit is null ? [] : ["--Bus:Transport", "RabbitMQ", "--Bus:Url", rabbit.GetConnectionString()];
        await using var app = City.Build(
            "unused",
            "http://127.0.0.1:0",
            ["--Database:Provider", "SqlServer", "--Database:ConnectionString", connection, "--Clock:Movable", "true", "--Clock:Start", RunningService.Start.ToString("O"), "--Scheduler:Sweeps", "false", .. bus]);
        await app.PrepareAsync();
        await app.StartAsync();

        using var line = new Line(Addresses.OneProcess(new Uri(app.Urls.First())), new SilentStory(), english: false);

        Assert.True(await line.RunAsync());
    }

    private static bool HasContainerEngine()
    {
        try
        {
            return TestcontainersSettings() is not null;
        }
        catch (DockerUnavailableException)
        {
            return false;
        }
    }

    private static object? TestcontainersSettings() => DotNet.Testcontainers.Configurations.TestcontainersSettings.OS.DockerEndpointAuthConfig;
}
