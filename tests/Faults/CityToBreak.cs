using System.Net.Http.Json;
using System.Text.Json;

namespace SkillStation.Faults.Tests;

/// <summary>The city as processes, for breaking: the four services over a broker of their own, or all of them in one process.</summary>
internal sealed class CityToBreak : IAsyncDisposable
{
    private readonly string folder;

    private CityToBreak(string folder, Support.Broker? broker, IReadOnlyList<ServiceProcess> processes)
    {
        this.folder = folder;
        Broker = broker;
        All = processes;
    }

    /// <summary>Where the databases are.</summary>
    public string Folder => folder;

    /// <summary>Null when everything is in one process.</summary>
    public Support.Broker? Broker { get; }

    public IReadOnlyList<ServiceProcess> All { get; }

    /// <summary>The replicas of one service.</summary>
    public IEnumerable<ServiceProcess> Of(string service) => All.Where(p => p.Name == service || p.Name == "Embedded");

    /// <summary>When the last fault was over: a process or the broker launched again, its connections cut (a Stopwatch timestamp).</summary>
    public long LastFault => All.Select(p => p.Launched).Append(Broker?.LastFault ?? 0).Max();

    public Uri Requests => All[0].Address;

    public Uri Dispatch => All[All.Count > 1 ? 1 : 0].Address;

    public Uri Scheduler => All[^1].Address;

    /// <summary><paramref name="environment"/> says what a service finds in its environment besides.</summary>
    public static Task<CityToBreak> FourProcessesAsync(Func<string, IReadOnlyDictionary<string, string>>? environment = null) => OverBrokerAsync(replicas: 1, environment);

    /// <summary>Two replicas of each service: the same databases, the same queues.</summary>
    public static Task<CityToBreak> TwoOfEachAsync() => OverBrokerAsync(replicas: 2, null);

    private static async Task<CityToBreak> OverBrokerAsync(int replicas, Func<string, IReadOnlyDictionary<string, string>>? environment)
    {
        Assert.SkipWhen(Support.Broker.Missing is not null, Support.Broker.Missing ?? "");
        var folder = Directory.CreateTempSubdirectory("skillstation-faults-").FullName;
        await LoadedCity.CopyTo(folder);
        var broker = await Support.Broker.StartAsync();
        string[] settings = ["--Bus:Transport", "RabbitMQ", "--Bus:Url", await broker.NewVirtualHost(), "--Database:DataDir", folder, "--Scheduler:Sweeps", "false"];
        var processes = new List<ServiceProcess>();
        for (var n = 0; n < replicas; n++)
        {
            // the first of each prepares the databases
            await Task.WhenAll(processes.Select(p => p.Ready()));
            processes.AddRange(new[] { "Requests", "Dispatch", "Acceptance", "Scheduler" }.Select(name =>
            {
                var service = ServiceProcess.Start(name, environment?.Invoke(name) ?? new Dictionary<string, string>(), settings);
                service.Supervised = true;
                return service;
            }));
        }

        return await Ready(new CityToBreak(folder, broker, processes));
    }

    /// <summary>In a folder of its own unless one is given; either is gone afterwards.</summary>
    public static async Task<CityToBreak> OneProcessAsync(string? inFolder = null, string[]? settings = null)
    {
        var folder = inFolder is null ? Directory.CreateTempSubdirectory("skillstation-faults-").FullName : Directory.CreateDirectory(Path.Combine(inFolder, "city")).FullName;
        await LoadedCity.CopyTo(folder);
        return await Ready(new CityToBreak(folder, null, [ServiceProcess.Start("Embedded", ["--data-dir", folder, "--Scheduler:Sweeps", "false", .. settings ?? []])]));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in All)
        {
            await process.DisposeAsync();
        }

        if (Broker is not null)
        {
            await Broker.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<CityToBreak> Ready(CityToBreak city)
    {
        try
        {
            await Task.WhenAll(city.All.Select(p => p.Ready()));
            await StationsAreKnown(city.Dispatch, city.Requests);
            return city;
        }
        catch
        {
            await city.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until residents can ask at the stations of the load.</summary>
    public static async Task StationsAreKnown(Uri dispatchAddress, Uri requestsAddress)
    {
        using var dispatch = new HttpClient { BaseAddress = dispatchAddress };
        using var requests = new HttpClient { BaseAddress = requestsAddress };
        foreach (var code in Load.Stations)
        {
            var station = await dispatch.GetFromJsonAsync<JsonElement>($"/api/v1/stations/{code}");
            var near = $"/api/v1/nearby-stations?take=1&near={station.GetProperty("longitude").GetDouble()},{station.GetProperty("latitude").GetDouble()}";
            await Eventually.True(async () => (await requests.GetStringAsync(near)).Contains($"\"{code}\"", StringComparison.Ordinal), $"{code} is known to Requests");
        }
    }
}
