using System.Net.Http.Json;
using System.Text.Json;

namespace SkillStation.Faults.Tests;

/// <summary>The promise: every request that was answered 201 is found in every service, each effect once.</summary>
internal static class AllOnce
{
    /// <summary>Waits until nothing is missing, then looks for anything that is there twice.</summary>
    public static async Task Check(Load load, Uri scheduler, IReadOnlyList<string> paths, TimeSpan deadline, CancellationToken ct)
    {
        using var indicators = new HttpClient { BaseAddress = scheduler };
        await Eventually.True(async () => await Counted() is var (asked, pooled) && asked >= paths.Count && pooled >= paths.Count, "the Scheduler has heard of every request and every pooling", deadline);
        var views = new List<JsonElement>();
        foreach (var path in paths)
        {
            await Eventually.True(async () => (await load.Get(path, ct)).GetProperty("round").GetInt32() == 1, "the request is pooled", deadline);
            views.Add(await load.Get(path, ct));
        }

        // no key holds the lines of a request's history, so an effect that came twice would show as a second line
        Assert.All(views, v => Assert.Single(v.GetProperty("history").EnumerateArray(), h => h.GetProperty("code").GetString() == "Submitted"));
        Assert.All(views, v => Assert.Single(v.GetProperty("history").EnumerateArray(), h => h.GetProperty("code").GetString() == "Pooled"));
        Assert.Equal(paths.Count, views.Select(v => v.GetProperty("id").GetGuid()).Distinct().Count());
        Assert.Equal((paths.Count, paths.Count), await Counted());

        async Task<(int Asked, int Pooled)> Counted()
        {
            var now = await indicators.GetFromJsonAsync<JsonElement>("/api/v1/indicators", ct);
            return (now.GetProperty("asked").GetInt32(), now.GetProperty("pooled").GetInt32());
        }
    }
}
