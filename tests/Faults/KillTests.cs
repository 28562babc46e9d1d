using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace SkillStation.Faults.Tests;

/// <summary>
/// kill -9 at random instants, during load. What was answered 201 must be found in every service, each effect once. The short form runs always;
/// SKILLSTATION_FAULTS=full runs 5,000 requests and 20 kills. SKILLSTATION_SEED repeats a run.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("SKILLSTATION_FAULTS") == "full";
    private static readonly TimeSpan Convergence = TimeSpan.FromSeconds(Full ? 60 : 30);

    [Fact]
    public async Task Nothing_that_was_answered_is_lost_or_doubled_when_services_are_killed()
    {
        await using var city = await CityToBreak.FourProcessesAsync();
        await KillDuringLoad(city);
    }

    [Fact]
    public async Task Nothing_that_was_answered_is_lost_or_doubled_when_the_one_process_is_killed()
    {
        await using var city = await CityToBreak.OneProcessAsync();
        await KillDuringLoad(city);
    }

    private async Task KillDuringLoad(CityToBreak city)
    {
        var (requests, kills) = Full ? (5000, 20) : (400, 8);
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SKILLSTATION_SEED"), out var given) ? given : 20261124;
        var load = new Load(city.Requests);
        var ct = TestContext.Current.CancellationToken;

        var random = new Random(seed);
        var next = 0;
        var paths = new string[requests];
        var clients = Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () =>
            {
                for (var i = Interlocked.Increment(ref next) - 1; i < requests; i = Interlocked.Increment(ref next) - 1)
                {
                    paths[i] = await load.Submit(i, ct);
                }
            },
            ct)).ToList();
        var loading = Task.WhenAll(clients);
        for (var kill = 0; kill < kills; kill++)
        {
            // spread over the load, not over time: the n-th kill falls when that share of the requests has been sent
            var at = (int)((kill + random.NextDouble()) * requests / kills);
            await Eventually.True(() => Task.FromResult(Volatile.Read(ref next) >= at || loading.IsCompleted), $"{at} requests are sent", TimeSpan.FromMinutes(10));
            await city.All[kill % city.All.Count].KillAndStartAgain();
        }

        await Task.WhenAll(city.All.Select(p => p.Ready()));
        var restarted = Stopwatch.GetTimestamp();
        await loading;

        using var scheduler = new HttpClient { BaseAddress = city.Scheduler };
        await Eventually.True(
            async () =>
            {
                var counted = await scheduler.GetFromJsonAsync<JsonElement>("/api/v1/indicators", ct);
                return counted.GetProperty("asked").GetInt32() >= requests && counted.GetProperty("pooled").GetInt32() >= requests;
            },
            "the Scheduler has heard of every request and every pooling",
            Convergence);
        foreach (var path in paths)
        {
            await Eventually.True(async () => (await load.Get(path, ct)).GetProperty("round").GetInt32() == 1, "the request is pooled", Convergence);
        }

        var converged = Stopwatch.GetElapsedTime(restarted);
        var views = new List<JsonElement>();
        foreach (var path in paths)
        {
            views.Add(await load.Get(path, ct));
        }

        // once: no key holds the lines of a request's history, so an effect that came twice would show as a second line
        Assert.All(views, v => Assert.Single(v.GetProperty("history").EnumerateArray(), h => h.GetProperty("code").GetString() == "Submitted"));
        Assert.All(views, v => Assert.Single(v.GetProperty("history").EnumerateArray(), h => h.GetProperty("code").GetString() == "Pooled"));
        var end = await scheduler.GetFromJsonAsync<JsonElement>("/api/v1/indicators", ct);
        Assert.Equal((requests, requests), (end.GetProperty("asked").GetInt32(), end.GetProperty("pooled").GetInt32()));
        Assert.Equal(requests, views.Select(v => v.GetProperty("id").GetGuid()).Distinct().Count());
        Assert.True(load.Retries > 0, "The kills were not felt by any client, so this run proves nothing.");
        output.WriteLine($"{city.All.Count} process(es), seed {seed}: {requests} requests, {kills} kills, {load.Retries} retries by clients, 0 lost, 0 double, converged {converged.TotalSeconds:0.0} s after the last restart");
    }
}
