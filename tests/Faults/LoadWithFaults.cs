using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace SkillStation.Faults.Tests;

/// <summary>
/// Residents ask, things break, and in the end every request that was answered 201 must be found in every service, each effect once. The short form
/// runs always; SKILLSTATION_FAULTS=full runs 5,000 requests. SKILLSTATION_SEED repeats a run.
/// </summary>
internal sealed class LoadWithFaults(CityToBreak city, ITestOutputHelper output)
{
    public static readonly bool Full = Environment.GetEnvironmentVariable("SKILLSTATION_FAULTS") == "full";
    private static readonly TimeSpan Convergence = TimeSpan.FromSeconds(90);
    private readonly Load load = new(city.Requests);
    private int sent;
    private int answered;

    public int Requests { get; } = Full ? 5000 : 400;

    /// <summary>Requests answered 201 so far.</summary>
    public int Answered => Volatile.Read(ref answered);

    public int Retries => load.Retries;

    /// <summary>The n-th fault falls at a random instant of its share of the load.</summary>
    public async Task RunAsync(string what, int kills, int killsInFull, Func<int, Task> breakSomething)
    {
        var ct = TestContext.Current.CancellationToken;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SKILLSTATION_SEED"), out var given) ? given : 20261124;
        var random = new Random(seed);
        var faults = Full ? killsInFull : kills;
        var paths = new string[Requests];
        var loading = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () =>
            {
                for (var i = Interlocked.Increment(ref sent) - 1; i < Requests; i = Interlocked.Increment(ref sent) - 1)
                {
                    paths[i] = await load.Submit(i, ct);
                    Interlocked.Increment(ref answered);
                }
            },
            ct)));
        for (var n = 0; n < faults; n++)
        {
            var at = (int)((n + (random.NextDouble() * 0.8)) * Requests / faults);
            await Eventually.True(() => Task.FromResult(Volatile.Read(ref sent) >= at || loading.IsCompleted), $"{at} requests are sent", TimeSpan.FromMinutes(10));
            await breakSomething(n);
        }

        await Task.WhenAll(city.All.Select(p => p.Ready()));
        var healed = Stopwatch.GetTimestamp();
        await loading;
        await Converged(paths, ct);
        var converged = Stopwatch.GetElapsedTime(healed);
        await EachEffectOnce(paths, ct);
        output.WriteLine($"{what}: {city.All.Count} process(es), seed {seed}, {Requests} requests, {faults} faults, {load.Retries} retries by clients, 0 lost, 0 double, converged {converged.TotalSeconds:0.0} s after the last restart");
    }

    private async Task Converged(string[] paths, CancellationToken ct)
    {
        using var scheduler = new HttpClient { BaseAddress = city.Scheduler };
        await Eventually.True(
            async () =>
            {
                var counted = await scheduler.GetFromJsonAsync<JsonElement>("/api/v1/indicators", ct);
                return counted.GetProperty("asked").GetInt32() >= Requests && counted.GetProperty("pooled").GetInt32() >= Requests;
            },
            "the Scheduler has heard of every request and every pooling",
            Convergence);
        foreach (var path in paths)
        {
            await Eventually.True(async () => (await load.Get(path, ct)).GetProperty("round").GetInt32() == 1, "the request is pooled", Convergence);
        }
    }

    // No key holds the lines of a request's history, so an effect that came twice would show as a second line.
    private async Task EachEffectOnce(string[] paths, CancellationToken ct)
    {
        var views = new List<JsonElement>();
        foreach (var path in paths)
        {
            views.Add(await load.Get(path, ct));
        }

        Assert.All(views, v => Assert.Single(v.GetProperty("history").EnumerateArray(), h => h.GetProperty("code").GetString() == "Submitted"));
        Assert.All(views, v => Assert.Single(v.GetProperty("history").EnumerateArray(), h => h.GetProperty("code").GetString() == "Pooled"));
        using var scheduler = new HttpClient { BaseAddress = city.Scheduler };
        var end = await scheduler.GetFromJsonAsync<JsonElement>("/api/v1/indicators", ct);
        Assert.Equal((Requests, Requests), (end.GetProperty("asked").GetInt32(), end.GetProperty("pooled").GetInt32()));
        Assert.Equal(Requests, views.Select(v => v.GetProperty("id").GetGuid()).Distinct().Count());
    }
}
