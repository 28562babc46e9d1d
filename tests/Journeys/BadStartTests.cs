using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using SkillStation.Support.SqlServer;

namespace SkillStation.Journeys.Tests;

/// <summary>What a program says that cannot start: one line, what is wrong and what to do; never a stack, never a password.</summary>
public sealed class BadStartTests : IDisposable
{
    private const int CannotRun = 1;
    private const int Misused = 2;
    private const string Password = "geheim-4711";
    private readonly string folder = Directory.CreateTempSubdirectory("skillstation-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("Word 1 of the command line", "migrat")]
    [InlineData("Bus:Transport = InMemory | RabbitMQ", "--Bus:Transport", Password)]
    [InlineData("no such setting: Transprot", "--Bus:Transprot", Password)]
    [InlineData("Database:PrepareOnStart = Boolean", "--Database:PrepareOnStart", Password)]
    [InlineData("Bus:Url = amqp://", "--Bus:Transport", "RabbitMQ", "--Bus:Url", Password)]
    [InlineData("Database:ConnectionString = Server=", "--Database:Provider", "SqlServer", "--Database:ConnectionString", "Server=a;Database=b;Passwrod=" + Password)]
    [InlineData("urls = http://", "--urls", Password)]
    public Task A_service_says_which_word_or_setting_is_wrong(string says, params string[] args) =>
        Says(Misused, says, "Requests", [.. args, "--Database:DataDir", folder]);

    [Fact]
    public async Task A_service_says_what_is_wrong_with_its_data_folder_and_its_files()
    {
        var file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "");
        await Says(CannotRun, "is a file", "Requests", "--Database:DataDir", file);
        await Says(CannotRun, "cannot be made or written", "Requests", "--Database:DataDir", "/proc/none");
        await Says(CannotRun, "Run migrate first", "Requests", "--Database:DataDir", folder, "--Database:PrepareOnStart", "false");

        await File.WriteAllTextAsync(Path.Combine(folder, "requests.db"), new string('x', 5000));
        await Says(CannotRun, "damaged", "Requests", "--Database:DataDir", folder);

        await HistoryOfTomorrow(Path.Combine(folder, "dispatch.db"));
        await Says(CannotRun, "newer than this program", "Dispatch", "--Database:DataDir", folder);
        await Says(CannotRun, "newer than this program", "Dispatch", "migrate", "--Database:DataDir", folder);
    }

    [Fact]
    public async Task The_one_process_says_it_in_the_language_of_its_command_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var urls = $"http://{taken.LocalEndpoint}";
        await Says(CannotRun, "端口已被占用", "Embedded", "--data-dir", folder, "--urls", urls);
        await Says(CannotRun, "The port is in use", "Embedded", "--data-dir", folder, "--urls", urls, "--lang", "en");
        await Says(Misused, "设置不对，应为：Bus:Transport", "Embedded", "--data-dir", folder, "--Bus:Transport", Password);
        await Says(CannotRun, "消息代理连不上", "Embedded", "dead-letters", "list", "--data-dir", folder, "--Bus:Transport", "RabbitMQ", "--Bus:Url", $"amqp://me:{Password}@127.0.0.1:1");
    }

    [Fact]
    public async Task A_service_that_SQL_Server_does_not_let_in_says_so_and_ends()
    {
        await using var server = new DoorOfSqlServer(refusesLogins: true);

        await Says(CannotRun, "The database refuses the login", "Requests", [.. SqlServer(server), "--Bus:Transport", "InMemory"]);
    }

    [Fact]
    public async Task A_service_whose_SQL_Server_does_not_answer_yet_waits_and_says_so_once()
    {
        await using var server = new DoorOfSqlServer(refusesLogins: false);
        await using var service = ServiceProcess.Start("Requests", SqlServer(server));

        await Eventually.True(() => Task.FromResult(server.Callers >= 6), "it has tried several times", TimeSpan.FromSeconds(90));

        Assert.Single(service.Log.Split('\n'), l => l.Contains("Waiting for the database", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", service.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, service.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_whose_broker_does_not_answer_serves_and_says_so_once()
    {
        using var door = new TcpListener(IPAddress.Loopback, 0);
        door.Start();
        await using var service = ServiceProcess.Start("Requests", "--Database:DataDir", folder, "--Bus:Transport", "RabbitMQ", "--Bus:Url", $"amqp://me:{Password}@{door.LocalEndpoint}");
        using var http = new HttpClient { BaseAddress = service.Address };

        for (var tries = 0; tries < 4; tries++)
        {
            using var caller = await door.AcceptTcpClientAsync(new CancellationTokenSource(TimeSpan.FromSeconds(90)).Token);
        }

        await service.Ready("Degraded");
        Assert.Equal(HttpStatusCode.Created, (await http.Post("/api/v1/residents", new { name = "陈小明", phone = "13800138000", consents = new[] { "HandleRequest" } })).Status);
        Assert.Single(service.Log.Split('\n'), l => l.Contains("The broker cannot be reached", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", service.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, service.Log, StringComparison.Ordinal);
    }

    private static string[] SqlServer(DoorOfSqlServer server) =>
        ["--Database:Provider", "SqlServer", "--Database:ConnectionString", $"Server={server.Address};Database=any;User Id=someone;Password={Password};Encrypt=Optional;Pooling=False;Connect Timeout=5;ConnectRetryCount=0"];

    private static async Task Says(int exitCode, string what, string name, params string[] args)
    {
        var told = await ShortProgram.RunAsync(name, args);

        Assert.Contains(what, told.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, told.ExitCode);
        Assert.Single(told.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("   at ", told.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, told.Error + told.Output, StringComparison.Ordinal);
    }

    /// <summary>What a later version of a service leaves behind.</summary>
    private static async Task HistoryOfTomorrow(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var make = connection.CreateCommand();
        make.CommandText = "CREATE TABLE __EFMigrationsHistory (MigrationId TEXT PRIMARY KEY, ProductVersion TEXT); INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Tomorrow', '99.0.0')";
        await make.ExecuteNonQueryAsync();
    }
}
