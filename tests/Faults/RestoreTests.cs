using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using SkillStation.Embedded;

namespace SkillStation.Faults.Tests;

/// <summary>One service goes back to a backup that was taken during load, and the others do not.</summary>
public sealed partial class RestoreTests
{
    private const int WithdrawEvery = 5;
    private static readonly int PerService = Run.Full ? 2000 : 99;

    [Fact]
    public async Task After_a_restore_every_difference_is_found_and_what_neighbours_still_know_is_repaired()
    {
        await using var city = await CityToBreak.FourProcessesAsync();
        var asked = new List<(Guid Id, string Path)>();
        // Requests last: what it forgets stays forgotten
        foreach (var service in new[] { "acceptance", "scheduler", "dispatch", "requests" })
        {
            var backup = Path.Combine(city.Folder, "backup-" + service);
            asked.AddRange(await Ask(city, asked.Count));
            var during = Ask(city, asked.Count);
            Assert.Equal(0, (await ShortProgram.RunAsync("Embedded", "backup", backup, "--data-dir", city.Folder)).ExitCode);
            asked.AddRange(await during);
            asked.AddRange(await Ask(city, asked.Count));
            await Quiet(city, asked);

            var process = city.All[Array.IndexOf(["requests", "dispatch", "acceptance", "scheduler"], service)];
            await process.KillAndStartAgain(async () =>
            {
                SqliteConnection.ClearAllPools();   // restore wants the file for itself
                Assert.Equal(0, (await ShortProgram.RunAsync("Embedded", "restore", backup, service, "--data-dir", city.Folder)).ExitCode);
            });
            await process.Ready();
            await Check(city, service, asked);
        }

        string[] folder = ["--data-dir", city.Folder];
        Assert.Equal(1, (await ShortProgram.RunAsync("Embedded", ["reconcile", .. folder])).ExitCode);   // something is left for a person
        var inUse = await ShortProgram.RunAsync("Embedded", ["restore", Path.Combine(city.Folder, "backup-dispatch"), "dispatch", .. folder]);
        Assert.Equal(1, inUse.ExitCode);
        Assert.Contains("正在使用", inUse.Error, StringComparison.Ordinal);
    }

    /// <summary>A third of one round: people ask, and some withdraw.</summary>
    private static async Task<List<(Guid Id, string Path)>> Ask(CityToBreak city, int from)
    {
        var ct = TestContext.Current.CancellationToken;
        var load = new Load(city.Requests);
        using var http = new HttpClient { BaseAddress = city.Requests };
        var all = new List<(Guid, string)>();
        foreach (var some in Enumerable.Range(from, PerService / 3).Chunk(8))
        {
            var paths = await Task.WhenAll(some.Select(n => load.Submit(n, ct)));
            all.AddRange(paths.Select(p => (Guid.Parse(p.Split('/')[^1]), p)));
            foreach (var path in paths.Where((_, i) => some[i] % WithdrawEvery == 0))
            {
                await Eventually.True(async () => (await load.Get(path, ct)).GetProperty("round").GetInt32() == 1, "it is pooled", TimeSpan.FromSeconds(90));
                using var answer = await http.PostAsync($"{path}/withdraw", null, ct);
                Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(ct));
            }
        }

        return all;
    }

    private static async Task Check(CityToBreak city, string service, List<(Guid Id, string Path)> asked)
    {
        // counted in the tables, not by what is tested
        var ids = asked.Select(a => a.Id).ToHashSet();
        var withdrawn = asked.Where((_, i) => i % WithdrawEvery == 0).Select(a => a.Id).ToHashSet();
        async Task<HashSet<Guid>> Missing() => service switch
        {
            "requests" => [.. ids.Except(await Ids(city, "requests", "SELECT Id FROM TrainingRequests"))],
            "dispatch" => [.. ids.Except(await Ids(city, "dispatch", "SELECT Id FROM Requests"))],
            "acceptance" => [.. withdrawn.Except(await Ids(city, "acceptance", "SELECT RequestId FROM WithdrawnRequests"))],
            _ => [.. ids.Except(await Ids(city, "scheduler", "SELECT RequestId FROM Journeys WHERE SubmittedAt IS NOT NULL"))],
        };

        var missing = await Missing();
        Assert.NotEmpty(missing);
        var report = await Reconcile(city);
        Assert.Empty(missing.Except(Named(report, "")));

        var left = await Reconcile(city, repair: true);
        await Eventually.True(async () => AllHeard(left = await Reconcile(city)), "all news that can be heard are heard", TimeSpan.FromSeconds(90));
        var still = await Missing();
        Assert.Equal(service == "requests" ? missing.Order() : [], still.Order());
        Assert.Equal(still.Order(), Named(left, "forgotten-by-owner  request ").Where(ids.Contains).Order());
        await OnceEach(city, asked.Where(a => !still.Contains(a.Id)));
        Summary.Add(
            $"restore of {service} from a backup taken during load, the others run on",
            $"{PerService} requests",
            $"{missing.Count} missing in it, all named by reconcile ({report.Split('\n').Count(l => l.StartsWith("news-missed", StringComparison.Ordinal))} news); after repair {still.Count} missing, {left.Split('\n').Count(l => l.StartsWith("forgotten", StringComparison.Ordinal) || l.StartsWith("differs", StringComparison.Ordinal))} lines for a person");
    }

    /// <summary>No line of a request's history stands there twice, once what was forgotten is told again.</summary>
    private static async Task OnceEach(CityToBreak city, IEnumerable<(Guid Id, string Path)> kept)
    {
        var load = new Load(city.Requests);
        foreach (var (_, path) in kept)
        {
            var history = (await load.Get(path, TestContext.Current.CancellationToken)).GetProperty("history").EnumerateArray().Select(h => h.GetProperty("code").GetString()).ToList();
            Assert.Single(history, "Pooled");
            Assert.Single(history, "Submitted");
        }
    }

    private static async Task Quiet(CityToBreak city, List<(Guid Id, string Path)> asked)
    {
        await Eventually.True(async () => (await Ids(city, "scheduler", "SELECT RequestId FROM Journeys WHERE PooledAt IS NOT NULL")).IsSupersetOf(asked.Select(a => a.Id)), "all are pooled", TimeSpan.FromSeconds(90));
        await Eventually.True(async () => AllHeard(await Reconcile(city)), "all news are heard", TimeSpan.FromSeconds(90));
    }

    // but news about what its reader has lost, which nobody can apply
    private static bool AllHeard(string report) =>
        report.Contains(" 0 under way", StringComparison.Ordinal)
        && !report.Split('\n').Any(l => l.StartsWith("news-missed", StringComparison.Ordinal) && !l.Contains("which has lost it", StringComparison.Ordinal));

    // in this process, since a program takes longer to start than to compare
    private static async Task<string> Reconcile(CityToBreak city, bool repair = false)
    {
        await using var report = new StringWriter();
        await Embedded.Reconcile.RunAsync(CommandLine.Read(["--data-dir", city.Folder]), repair, report);
        SqliteConnection.ClearAllPools();   // a restore wants the file for itself
        return report.ToString();
    }

    private static HashSet<Guid> Named(string report, string after) =>
        [.. report.Split('\n').Where(l => l.Contains(after, StringComparison.Ordinal)).SelectMany(l => AnId().Matches(l).Select(m => Guid.Parse(m.Value)))];

    private static async Task<HashSet<Guid>> Ids(CityToBreak city, string service, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(city.Folder, service + ".db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var select = connection.CreateCommand();
#pragma warning disable CA2100 // texts of this class
        select.CommandText = sql;
#pragma warning restore CA2100
        var ids = new HashSet<Guid>();
        await using var rows = await select.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            ids.Add(rows.GetGuid(0));
        }

        return ids;
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex AnId();
}
