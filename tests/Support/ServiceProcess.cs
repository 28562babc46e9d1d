using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace SkillStation.Support;

/// <summary>One service as an operating-system process of its own, on a free port, with a folder for its database.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> log = new();
    private readonly ProcessStartInfo start;
    private volatile bool killed;
    private Process process;

    private ServiceProcess(ProcessStartInfo start, Uri address)
    {
        this.start = start;
        Name = Path.GetFileNameWithoutExtension(start.ArgumentList[0]).Split('.')[^1];
        Address = address;
        process = Launch();
    }

    /// <summary>Requests, Dispatch, …</summary>
    public string Name { get; }

    public Uri Address { get; }

    public string Log => string.Join('\n', log);

    public int ProcessId => process.Id;

    /// <summary>When it was last launched (a Stopwatch timestamp).</summary>
    public long Launched { get; private set; }

    /// <summary>How often the supervisor had to start it again.</summary>
    public int Restarts { get; private set; }

    /// <summary>Starts services/NAME as built beside the tests; it runs in the folder of its own binary.</summary>
    public static ServiceProcess Start(string name, params string[] settings) => Start(name, new Dictionary<string, string>(), settings);

    /// <summary>The same with more in its environment.</summary>
    public static ServiceProcess Start(string name, IReadOnlyDictionary<string, string> environment, params string[] settings) => StartBinary(Binary(name), environment, settings);

    /// <summary>The same for a program that was built or published elsewhere.</summary>
    public static ServiceProcess StartBinary(string binary, IReadOnlyDictionary<string, string> environment, params string[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{Broker.FreePort()}");
        var start = new ProcessStartInfo("dotnet", [binary, "--urls", address.ToString(), .. settings]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        return new ServiceProcess(start, address);
    }

    /// <summary>The program of services/NAME, built in the same configuration as the tests.</summary>
    public static string Binary(string name)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../..", name, configuration, $"SkillStation.{name}.dll"));
    }

    /// <summary>Ctrl-C; the exit code.</summary>
    public async Task<int> Interrupt()
    {
        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        return process.ExitCode;
    }

    /// <summary>
    /// Starts a program in a folder of published ones, with no more in its environment than is given and any process needs; a command that
    /// ends by itself is waited for with <see cref="Ended"/>.
    /// </summary>
    public static ServiceProcess StartIn(string folder, IEnumerable<string> command, IReadOnlyDictionary<string, string> environment)
    {
        var address = new Uri($"http://127.0.0.1:{Broker.FreePort()}");
        var start = new ProcessStartInfo("dotnet", command) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Except(["PATH", "HOME", "TMPDIR", "DOTNET_ROOT"]).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        return new ServiceProcess(start, address);
    }

    /// <summary>Waits for a program that ends by itself; its exit code.</summary>
    public async Task<int> Ended()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        await process.WaitForExitAsync(deadline.Token);
        return process.ExitCode;
    }

    /// <summary>kill -9, then the same program again on the same port and data; <paramref name="meanwhile"/> happens while it is down.</summary>
    public async Task KillAndStartAgain(Func<Task>? meanwhile = null)
    {
        await Kill();
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        process.Dispose();
        killed = false;
        process = Launch();
    }

    /// <summary>Waits until the service says that it is ready; <c>Degraded</c> while the bus is not there yet.</summary>
    public async Task Ready(string how = "Healthy")
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            await Eventually.True(() => Is(how, http), "it is ready", TimeSpan.FromSeconds(90));
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{start.ArgumentList[0]} was not ready in time:\n{Log}", e);
        }
    }

    private async Task<bool> Is(string how, HttpClient http)
    {
        if (!Supervised && process.HasExited)
        {
            throw new InvalidOperationException($"{start.ArgumentList[0]} ended with {process.ExitCode}:\n{Log}");
        }

        try
        {
            return await http.GetStringAsync("health/ready") == how;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        killed = true;
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        process.Dispose();
    }

    private Process Launch()
    {
        Launched = Stopwatch.GetTimestamp();
        var launched = Process.Start(start) ?? throw new InvalidOperationException($"{start.ArgumentList[0]} did not start.");
        launched.OutputDataReceived += Keep;
        launched.ErrorDataReceived += Keep;
        launched.BeginOutputReadLine();
        launched.BeginErrorReadLine();
        launched.EnableRaisingEvents = true;
        launched.Exited += (_, _) => Restart(launched);
        return launched;
    }

    /// <summary>What compose and Kubernetes do: a service that ended by itself is started again.</summary>
    public bool Supervised { get; set; }

    private void Restart(Process ended)
    {
        if (Supervised && !killed && ReferenceEquals(ended, process))
        {
            Restarts++;
            process = Launch();
        }
    }

    private void Keep(object sender, DataReceivedEventArgs e)
    {
        if (e.Data is not null)
        {
            log.Enqueue(e.Data);
        }
    }
}
