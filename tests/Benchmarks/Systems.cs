using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SkillStation.Support;

namespace SkillStation.Benchmarks;

/// <summary>Programs that together take a booking from one database to the next.</summary>
internal sealed record BookingSystem(string Name, IReadOnlyList<(string Name, ServiceProcess Process)> Programs, bool UsesBroker, bool City, string SeenIn, string Table)
{
    private static readonly string[] Logging = ["--Logging:LogLevel:Default", "Information", "--Logging:Console:FormatterName", "json"];   // as in deploy

    public static async Task<BookingSystem> Floor(Broker broker, string folder, int answers)
    {
        var url = await broker.NewVirtualHost();
        var name = $"floor-{answers}";
        var second = Role("floor-second", url, Path.Combine(folder, name + "-second.db"), answers.ToString(CultureInfo.InvariantCulture));
        await second.Ready();   // its queue must be there before the first message
        var first = Role("floor-first", url, Path.Combine(folder, name + "-first.db"));
        await first.Ready();
        return new BookingSystem(name, [("first", first), ("second", second)], true, false, Path.Combine(folder, name + "-second.db"), "Bookings");
    }

    public static async Task<BookingSystem> OursAsOne(string folder)
    {
        var dir = Path.Combine(folder, "ours-one");
        var process = Ours("ours", ["--Database:DataDir", dir, .. Logging]);
        await process.Ready();
        return new BookingSystem("ours, one process", [("both", process)], false, false, Path.Combine(dir, "second.db"), "Bookings");
    }

    public static async Task<BookingSystem> OursApart(Broker broker, string folder)
    {
        var dir = Path.Combine(folder, "ours-apart");
        string[] settings = ["--Database:DataDir", dir, "--Bus:Transport", "RabbitMQ", "--Bus:Url", await broker.NewVirtualHost(), .. Logging];
        var (first, second) = (Ours("ours-first", settings), Ours("ours-second", settings));
        await Task.WhenAll(first.Ready(), second.Ready());
        return new BookingSystem("ours, apart", [("first", first), ("second", second)], true, false, Path.Combine(dir, "second.db"), "Bookings");
    }

    public static async Task<BookingSystem> CityAsOne(string folder, string? app)
    {
        var dir = Path.Combine(folder, "city-one");
        var process = Service("Embedded", app, "--data-dir", dir);
        await process.Ready();
        return new BookingSystem("city, one process", [("Embedded", process)], false, true, Path.Combine(dir, "dispatch.db"), "Requests");
    }

    public static async Task<BookingSystem> CityApart(Broker broker, string folder, string? app)
    {
        var dir = Path.Combine(folder, "city-apart");
        string[] settings = ["--Database:DataDir", dir, "--Bus:Transport", "RabbitMQ", "--Bus:Url", await broker.NewVirtualHost(), .. Logging];
        var services = new[] { "Requests", "Dispatch", "Acceptance", "Scheduler" }.Select(n => (n, Service(n, app, settings))).ToList();
        await Task.WhenAll(services.Select(s => s.Item2.Ready()));
        return new BookingSystem("city, four processes", services, true, true, Path.Combine(dir, "dispatch.db"), "Requests");
    }

    /// <summary>A program of this project, as the runtime runs it.</summary>
    public static ServiceProcess Role(string role, params string[] arguments) => Role(role, arguments, []);

    /// <summary>A service of this project, run with the settings of services/Directory.Build.props.</summary>
    public static ServiceProcess Ours(string role, string[] arguments) =>
        Role(role, arguments, new Dictionary<string, string> { ["DOTNET_TieredPGO"] = "0", ["DOTNET_ThreadPool_ForceMinWorkerThreads"] = "20" });   // hexadecimal

    private static ServiceProcess Role(string role, string[] arguments, Dictionary<string, string> runtime) =>
        ServiceProcess.StartIn(AppContext.BaseDirectory, [typeof(BookingSystem).Assembly.Location, "role", role, .. arguments], runtime);

    /// <summary>A service, or all as one.</summary>
    public static ServiceProcess Service(string name, string? app, params string[] arguments) =>
        ServiceProcess.StartBinary(app is null ? ServiceProcess.Binary(name) : Path.Combine(app, $"SkillStation.{name}.dll"), new Dictionary<string, string>(), arguments);
}

/// <summary>The driver as a process.</summary>
internal sealed class Driver : IDisposable
{
    private readonly Process process = Process.Start(new ProcessStartInfo("dotnet", [typeof(Driver).Assembly.Location, "role", "load"])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    public async Task<LoadResult> Play(LoadRound round, Func<Task> prepared)
    {
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(round));
        await Line();
        await prepared();
        await process.StandardInput.WriteLineAsync("go");
        return JsonSerializer.Deserialize<LoadResult>(await Line())!;
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }

    private async Task<string> Line() => await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The driver has ended.");
}
