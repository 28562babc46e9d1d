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

    public Uri Requests => All[0].Address;

    public Uri Dispatch => All[All.Count > 1 ? 1 : 0].Address;

    public Uri Scheduler => All[^1].Address;

    /// <summary><paramref name="environment"/> says what a service finds in its environment besides.</summary>
    public static async Task<CityToBreak> FourProcessesAsync(Func<string, IReadOnlyDictionary<string, string>>? environment = null)
    {
        Assert.SkipWhen(Support.Broker.Missing is not null, Support.Broker.Missing ?? "");
        var folder = Directory.CreateTempSubdirectory("skillstation-faults-").FullName;
        var broker = await Support.Broker.StartAsync();
        string[] settings = ["--Bus:Transport", "RabbitMQ", "--Bus:Url", await broker.NewVirtualHost(), "--Database:DataDir", folder, "--Scheduler:Sweeps", "false"];
        return await Ready(new CityToBreak(folder, broker, [.. new[] { "Requests", "Dispatch", "Acceptance", "Scheduler" }.Select(name =>
        {
            var service = ServiceProcess.Start(name, environment?.Invoke(name) ?? new Dictionary<string, string>(), settings);
            service.Supervised = true;
            return service;
        })]));
    }

    public static Task<CityToBreak> OneProcessAsync()
    {
        var folder = Directory.CreateTempSubdirectory("skillstation-faults-").FullName;
        return Ready(new CityToBreak(folder, null, [ServiceProcess.Start("Embedded", "--data-dir", folder, "--Scheduler:Sweeps", "false")]));
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
            await StationsAreKnown(city);
            return city;
        }
        catch
        {
            await city.DisposeAsync();
            throw;
        }
    }

    private static async Task StationsAreKnown(CityToBreak city)
    {
        using var dispatch = new HttpClient { BaseAddress = city.Dispatch };
        using var requests = new HttpClient { BaseAddress = city.Requests };
        foreach (var code in Load.Stations)
        {
            var station = await dispatch.GetFromJsonAsync<JsonElement>($"/api/v1/stations/{code}");
            var near = $"/api/v1/nearby-stations?take=1&near={station.GetProperty("longitude").GetDouble()},{station.GetProperty("latitude").GetDouble()}";
            await Eventually.True(async () => (await requests.GetStringAsync(near)).Contains($"\"{code}\"", StringComparison.Ordinal), $"{code} is known to Requests");
        }
    }
}
