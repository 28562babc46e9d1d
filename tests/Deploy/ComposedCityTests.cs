using System.Net;

namespace SkillStation.Deploy.Tests;

/// <summary>
/// The commands of docker-compose.yml as plain processes: published as the image is, with exactly that environment, except that the broker is
/// the tests' own and the databases are SQLite files, since neither containers nor SQL Server run here.
/// </summary>
public sealed class ComposedCityTests(PublishedPrograms programs) : IClassFixture<PublishedPrograms>, IAsyncLifetime
{
    private readonly string data = Directory.CreateTempSubdirectory("skillstation-composed-").FullName;
    private readonly List<ServiceProcess> started = [];
    private IReadOnlyDictionary<string, string> secrets = null!;

    public async ValueTask InitializeAsync() => secrets = await Compose.Secrets();

    [Fact]
    public async Task The_databases_are_prepared_then_the_four_services_become_ready_and_a_resident_registers()
    {
        Assert.SkipWhen(Broker.Missing is not null, Broker.Missing ?? "");
        await using var broker = await Broker.StartAsync();
        var url = await broker.NewVirtualHost();

        var migrate = Start("migrate", url);
        Assert.True(await migrate.Ended() == 0, migrate.Log);
        var again = Start("migrate", url);   // as at every later "docker compose up"
        Assert.True(await again.Ended() == 0, again.Log);
        var city = Compose.OfTheCity.ToDictionary(name => name, name => Start(name, url));
        await Task.WhenAll(city.Values.Select(service => service.Ready()));

        using var http = new HttpClient { BaseAddress = city["requests"].Address };
        var resident = await http.Post("api/v1/residents", new { name = "陈小明", phone = "13800138000", bornOn = "1986-03-03", consents = new[] { "HandleRequest" } });
        Assert.Equal(HttpStatusCode.Created, resident.Status);
        await Eventually.True(
            async () => (await http.Get("api/v1/nearby-stations?near=113.2644,23.1291&take=3")).Body.GetArrayLength() > 0,
            "the stations have come from Dispatch over the broker");

        // the clocks run too, though no service prepared anything at its start: rules and calendar are read at each
        var station = (await http.Get("api/v1/nearby-stations?near=113.2644,23.1291&take=1")).Body[0].GetProperty("code").GetString();
        var request = await http.Post($"{resident.Location![1..]}/requests", new { courseCode = "4-10-01-05-L5", stationCode = station, goal = "FindJob", times = new[] { "Weekend" }, maxMinutes = 60, needs = Array.Empty<string>() });
        Assert.Equal(HttpStatusCode.Created, request.Status);
        using var scheduler = new HttpClient { BaseAddress = city["scheduler"].Address };
        await Eventually.True(async () => (await scheduler.Get("api/v1/deadlines?kind=PoolClose&open=true")).Body.GetProperty("items").GetArrayLength() == 1, "the pool's clock runs");
        await Eventually.True(async () => await HealthOf("scheduler", city["scheduler"].Address.Port) == 0, "the health check of compose agrees");
        var errors = city.Values.SelectMany(service => service.Log.Split('\n')).Where(line => line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal));
        Assert.DoesNotContain(errors, line => !line.Contains("HealthCheck", StringComparison.Ordinal));   // not ready is said so until the bus is
    }

    [Fact]
    public async Task The_health_check_of_compose_fails_where_nobody_answers_and_where_the_answer_is_no()
    {
        using var unready = new HttpListener();
        var port = Broker.FreePort();
        unready.Prefixes.Add($"http://127.0.0.1:{port}/");
        unready.Start();
        var answering = Task.Run(async () =>
        {
            var request = await unready.GetContextAsync();
            request.Response.StatusCode = 503;
            request.Response.Close();
        });

        Assert.NotEqual(0, await HealthOf("requests", port));
        Assert.NotEqual(0, await HealthOf("requests", Broker.FreePort()));
        await answering;
    }

    [Fact]
    public async Task A_program_that_is_to_use_SQL_Server_has_its_client_and_waits_for_a_server_alone()
    {
        var environment = Compose.Environment("migrate", secrets);
        environment["Database__ConnectionString"] = $"Server=127.0.0.1,{Broker.FreePort()};Database=skillstation-{{service}};User Id=sa;Password=none;Encrypt=True;Connect Timeout=2;ConnectRetryCount=0";
        environment["Database__PrepareOnStart"] = "true";

        var services = new[] { Compose.Services["requests"]["command"].Texts(), Compose.Services["migrate"]["command"].Texts() }
            .Select(command => Keep(ServiceProcess.StartIn(programs.Folder, command, environment)))
            .ToList();

        foreach (var service in services)
        {
            // it would end at once if the client itself were missing or not made for this system
            await Eventually.True(() => Task.FromResult(service.Log.Contains("Waiting for the database", StringComparison.Ordinal)), "it waits for the server", TimeSpan.FromSeconds(90));
            Assert.DoesNotContain("PlatformNotSupported", service.Log, StringComparison.Ordinal);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in started)
        {
            await process.DisposeAsync();
        }

        Directory.Delete(data, recursive: true);
    }

    private ServiceProcess Start(string service, string busUrl)
    {
        var environment = Compose.Environment(service, secrets);
        environment["Bus__Url"] = busUrl;
        environment["Database__Provider"] = "Sqlite";
        environment["Database__DataDir"] = data;
        return Keep(ServiceProcess.StartIn(programs.Folder, Compose.Services[service]["command"].Texts(), environment));
    }

    private ServiceProcess Keep(ServiceProcess process)
    {
        started.Add(process);
        return process;
    }

    private static async Task<int> HealthOf(string service, int port)
    {
        var test = Compose.Services[service]["healthcheck"]!["test"].Texts();
        Assert.Equal("CMD", test[0]);
        Assert.Contains("/8080", test[^1], StringComparison.Ordinal);
        return (await Repository.Run(test[1], test.Skip(2).Select(part => part.Replace("/8080", $"/{port}", StringComparison.Ordinal)))).Code;
    }
}

/// <summary>What the image holds, made by the same script from what was built with the tests.</summary>
public sealed class PublishedPrograms : IAsyncLifetime
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("skillstation-published-").FullName;

    public async ValueTask InitializeAsync()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name == "debug" ? "Debug" : "Release";
        var (code, output) = await Repository.Run("bash", Repository.PathOf("deploy", "publish.sh"), Folder, "-c", configuration, "--no-build");
        Assert.True(code == 0, output);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
