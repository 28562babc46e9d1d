using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace SkillStation.Support;

/// <summary>A queue and how many messages wait in it.</summary>
public sealed record QueueDepth(string Name, int Messages);

/// <summary>
/// A RabbitMQ of our own for the length of a test run: own ports, own folder, own epmd, so that it disturbs and is disturbed by nobody.
/// Each test takes a virtual host of its own.
/// </summary>
public sealed class Broker : IAsyncDisposable
{
    private const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private readonly HttpClient management;
    private readonly string folder;
    private readonly int port;
    private readonly ProcessStartInfo start;
    private Process process;

    private Broker(ProcessStartInfo start, string folder, int port, int managementPort)
    {
        this.start = start;
        process = Launch();
        this.folder = folder;
        this.port = port;
        management = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{managementPort}/api/") };
        management.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes("guest:guest")));
    }

    /// <summary>Why no broker can be started here; null when one can.</summary>
    public static string? Missing => File.Exists(Server) ? null : "RabbitMQ is not installed; tests/run installs it (Debian package rabbitmq-server).";

    public static async Task<Broker> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("skillstation-broker-").FullName;
        var (port, managementPort, distribution, epmd) = (FreePort(), FreePort(), FreePort(), FreePort());
        await File.WriteAllTextAsync(Path.Combine(folder, "rabbitmq.conf"), $"""
            listeners.tcp.1 = 127.0.0.1:{port}
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {managementPort}
            vm_memory_high_watermark.absolute = 1GB
            disk_free_limit.absolute = 100MB
            log.console = false
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "enabled_plugins"), "[rabbitmq_management].");
        await File.WriteAllTextAsync(Path.Combine(folder, "env.conf"), "");
        var start = new ProcessStartInfo(Server) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        var settings = new Dictionary<string, string>
        {
            ["HOME"] = folder,
            ["RABBITMQ_NODENAME"] = $"s{port}@localhost",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq.conf"),
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(folder, "env.conf"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "enabled_plugins"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(folder, "pid"),
            ["RABBITMQ_DIST_PORT"] = $"{distribution}",
            ["ERL_EPMD_PORT"] = $"{epmd}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}",
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var broker = new Broker(start, folder, port, managementPort);
        await Eventually.True(broker.Answers, "RabbitMQ answers", TimeSpan.FromSeconds(90));
        return broker;
    }

    /// <summary>A new virtual host; its address for Bus:Url.</summary>
    public async Task<string> NewVirtualHost()
    {
        var name = "v" + Guid.NewGuid().ToString("N");
        using var answer = await management.PutAsync($"vhosts/{name}", null);
        answer.EnsureSuccessStatusCode();
        return $"amqp://guest:guest@127.0.0.1:{port}/{name}";
    }

    /// <summary>The queues of a virtual host and how many messages are in each.</summary>
    public async Task<IReadOnlyList<QueueDepth>> Queues(string url)
    {
        var queues = await management.GetFromJsonAsync<List<JsonElement>>($"queues/{HostOf(url)}");
        return [.. queues!.Select(q => new QueueDepth(q.GetProperty("name").GetString()!, q.TryGetProperty("messages", out var n) ? n.GetInt32() : 0))];
    }

    /// <summary>The first message of a queue with its headers, as the management API shows it; it stays in the queue.</summary>
    public async Task<string> FirstMessage(string url, string queue)
    {
        using var answer = await management.PostAsJsonAsync($"queues/{HostOf(url)}/{queue}/get", new { count = 1, ackmode = "ack_requeue_true", encoding = "auto" });
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>The queues into which something was set aside; such a queue is made with its first message.</summary>
    public async Task<IReadOnlyList<string>> SetAside()
    {
        var queues = await management.GetFromJsonAsync<List<JsonElement>>("queues");
        return [.. queues!.Select(q => q.GetProperty("name").GetString()!).Where(n => n.EndsWith("_error", StringComparison.Ordinal) || n.EndsWith("_skipped", StringComparison.Ordinal))];
    }

    /// <summary>When it was last launched or its connections were cut (a Stopwatch timestamp).</summary>
    public long LastFault { get; private set; }

    /// <summary>Cuts every connection, as a network between them would; how many there were.</summary>
    public async Task<int> CutConnections()
    {
        var connections = await management.GetFromJsonAsync<List<JsonElement>>("connections");
        var cut = 0;
        foreach (var name in connections!.Select(c => c.GetProperty("name").GetString()!))
        {
            using var answer = await management.DeleteAsync($"connections/{Uri.EscapeDataString(name)}");
            cut += answer.IsSuccessStatusCode ? 1 : 0;   // it may have gone by itself
        }

        LastFault = Stopwatch.GetTimestamp();
        return cut;
    }

    /// <summary>A stop in good order, as for maintenance; its folder stays.</summary>
    public async Task Stop()
    {
        using (var kill = Process.Start("kill", ["-TERM", await File.ReadAllTextAsync(Path.Combine(folder, "pid"))]))
        {
            await kill.WaitForExitAsync();
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(limit.Token);
    }

    /// <summary>kill -9; its folder stays.</summary>
    public async Task Kill()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>The same broker again, on the same ports and data; returns when it answers.</summary>
    public async Task StartAgain()
    {
        process.Dispose();
        process = Launch();
        await Eventually.True(Answers, "RabbitMQ answers again", TimeSpan.FromSeconds(90));
    }

    public async ValueTask DisposeAsync()
    {
        management.Dispose();
        await Kill();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A port that nobody listens on at this moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Process Launch()
    {
        LastFault = Stopwatch.GetTimestamp();
        var launched = Process.Start(start) ?? throw new InvalidOperationException("RabbitMQ did not start.");
        launched.OutputDataReceived += (_, _) => { };
        launched.ErrorDataReceived += (_, _) => { };
        launched.BeginOutputReadLine();
        launched.BeginErrorReadLine();
        return launched;
    }

    private static string HostOf(string url) => new Uri(url).AbsolutePath.Trim('/');

    private async Task<bool> Answers()
    {
        if (process.HasExited)
        {
            throw new InvalidOperationException($"RabbitMQ ended with {process.ExitCode}.");
        }

        try
        {
            using var answer = await management.GetAsync("overview");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
