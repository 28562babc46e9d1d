using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;

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

    /// <summary>Waits until nothing is missing, by a look at the databases: it takes less of the time that is measured than asking the services would.</summary>
    public static Task NothingMissing(string folder, int requests, TimeSpan deadline, CancellationToken ct) => Eventually.True(
        async () =>
        {
            try
            {
                return await Number(folder, "requests", "SELECT COUNT(DISTINCT RequestId) FROM RequestEvents WHERE Code = 'Pooled'", ct) >= requests
                    && await Number(folder, "scheduler", "SELECT COUNT(*) FROM Journeys WHERE SubmittedAt IS NOT NULL AND PooledAt IS NOT NULL", ct) >= requests;
            }
            catch (SqliteException)
            {
                return false;   // nobody has it open, so there is nothing to wait for yet
            }
        },
        "every request is pooled in the eyes of every service",
        deadline);

    /// <summary>Looks for what only databases show: a request that was pooled twice is counted twice in its pool, a clock that was started twice has two rounds.</summary>
    public static async Task NothingTwice(string folder, int requests, CancellationToken ct)
    {
        Assert.Equal(requests, await Number(folder, "dispatch", "SELECT COUNT(*) FROM Requests WHERE PoolId IS NOT NULL", ct));
        Assert.Equal(requests, await Number(folder, "dispatch", "SELECT SUM(Members) FROM Pools", ct));
        Assert.Equal(0, await Number(folder, "dispatch", "SELECT COUNT(*) FROM Pools p WHERE Members <> (SELECT COUNT(*) FROM Requests r WHERE r.PoolId = p.Id)", ct));
        Assert.Equal(0, await Number(folder, "scheduler", "SELECT COUNT(*) FROM Deadlines WHERE Kind = 'Triage' AND Round > 1", ct));
    }

    /// <summary>How often the reader of a queue has committed something. Most readers would also notice a repeat themselves, so their effects alone do not show one.</summary>
    public static Task<long> Applied(string folder, string service, string queue, CancellationToken ct) =>
        Number(folder, service, $"SELECT COUNT(*) FROM Inbox WHERE Consumer = '{queue}'", ct);

    private static async Task<long> Number(string folder, string service, string sql, CancellationToken ct)
    {
        await using var db = new SqliteConnection($"Data Source={Path.Combine(folder, service + ".db")};Mode=ReadOnly;Pooling=False");
        await db.OpenAsync(ct);
        await using var query = db.CreateCommand();
        query.CommandText = sql;
        return (long)(await query.ExecuteScalarAsync(ct))!;
    }
}
