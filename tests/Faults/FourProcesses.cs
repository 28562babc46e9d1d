using System.Net.Http.Json;
using System.Text.Json;

namespace SkillStation.Faults.Tests;

/// <summary>The four services as processes over a broker of their own, for breaking.</summary>
internal sealed class FourProcesses : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("skillstation-faults-").FullName;

    private FourProcesses(Support.Broker broker, string url)
    {
        Broker = broker;
        string[] settings = ["--Bus:Transport", "RabbitMQ", "--Bus:Url", url, "--Database:DataDir", folder, "--Scheduler:Sweeps", "false"];
        All = [.. new[] { "Requests", "Dispatch", "Acceptance", "Scheduler" }.Select(name => ServiceProcess.Start(name, settings))];
        Url = url;
    }

    public Support.Broker Broker { get; }

    public string Url { get; }

    public IReadOnlyList<ServiceProcess> All { get; }

    public ServiceProcess Requests => All[0];

    public ServiceProcess Dispatch => All[1];

    public ServiceProcess Scheduler => All[3];

    public static async Task<FourProcesses> StartAsync()
    {
        Assert.SkipWhen(Support.Broker.Missing is not null, Support.Broker.Missing ?? "");
        var broker = await Support.Broker.StartAsync();
        var processes = new FourProcesses(broker, await broker.NewVirtualHost());
        await Task.WhenAll(processes.All.Select(p => p.Ready()));
        using var dispatch = new HttpClient { BaseAddress = processes.Dispatch.Address };
        using var requests = new HttpClient { BaseAddress = processes.Requests.Address };
        foreach (var code in Load.Stations)
        {
            var station = await dispatch.GetFromJsonAsync<JsonElement>($"/api/v1/stations/{code}");
            var near = $"/api/v1/nearby-stations?take=1&near={station.GetProperty("longitude").GetDouble()},{station.GetProperty("latitude").GetDouble()}";
            await Eventually.True(async () => (await requests.GetStringAsync(near)).Contains($"\"{code}\"", StringComparison.Ordinal), $"{code} is known to Requests");
        }

        return processes;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in All)
        {
            await process.DisposeAsync();
        }

        await Broker.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
