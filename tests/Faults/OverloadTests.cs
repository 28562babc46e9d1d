using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SkillStation.Faults.Tests;

/// <summary>Tests that have the machine to themselves.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>
/// Three times as many requests as the city can take, at fixed instants: a call is due when it is due, and its latency counts from then, however late
/// the client or the answer is. Nothing else may run meanwhile, or the measure would be of that.
/// </summary>
[Collection(nameof(Alone))]
public sealed class OverloadTests(ITestOutputHelper output)
{
    private const int Clients = 24;   // as many as are let in, so that nobody is turned away while the capacity is measured
    private const double MostOfThem = 0.99;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(Run.Full ? 30 : 15);   // code is compiled while it runs, and a capacity measured before would be too small
    private static readonly TimeSpan Measuring = TimeSpan.FromSeconds(Run.Full ? 15 : 5);
    private static readonly TimeSpan Overload = TimeSpan.FromSeconds(Run.Full ? 60 : 8);

    [Fact]
    public async Task Asked_for_three_times_what_it_can_do_it_does_what_it_can_turns_the_rest_away_at_once_and_loses_nothing()
    {
        await using var city = await CityToBreak.OneProcessAsync();
        using var crowd = await Crowd.Gather(city.Requests, residents: Run.Full ? 4000 : 800);
        await Watched("warm-up", city, () => crowd.AskInTurn(Clients, WarmUp));
        var capacity = (await Watched("as much as it can", city, () => crowd.AskInTurn(Clients, Measuring))).Accepted / Measuring.TotalSeconds;
        var flood = await Watched("three times that", city, () => crowd.AskOnTime(3 * capacity, Overload));
        var calm = Stopwatch.StartNew();
        await Eventually.True(async () => (await crowd.AskTwentyTimes()) is { Refused: 0, Unknown: 0 } asked && asked.AcceptedWithin(0.99) < TimeSpan.FromSeconds(flood.Slowed), "twenty calls one after the other are answered within a second each");
        calm.Stop();

        Assert.Empty(Broken(flood, capacity));
        Assert.True(calm.Elapsed < 5 * TimeSpan.FromSeconds(flood.Slowed), $"normal after {calm.Elapsed}");
        var converged = Stopwatch.StartNew();
        await Eventually.True(async () => await StillUnpooled(city.Folder) == 0, "all are pooled", TimeSpan.FromMinutes(Run.Full ? 15 : 2));
        Assert.Empty(crowd.Answered.Except(await Kept(city.Folder)));
        Summary.Add(
            "3 times the load that it can take",
            $"{flood.Sent} requests in {Overload.TotalSeconds:0} s, capacity {capacity:0}/s",
            $"{flood.Accepted / Overload.TotalSeconds / capacity:P0} of the capacity still served, 99 % of them within {flood.AcceptedWithin(0.99).TotalMilliseconds:0} ms; {flood.Refused} told to come back, 95 % within {flood.RefusedWithin(0.95).TotalMilliseconds:0} ms, 99 % within {flood.RefusedWithin(0.99).TotalMilliseconds:0} ms; normal after {calm.Elapsed.TotalSeconds:0.0} s; 0 of {crowd.Answered.Count} lost, all pooled {converged.Elapsed.TotalSeconds:0} s later; slowed {flood.Slowed:0.0} times by other work on the machine");
    }

    [Fact]
    public async Task Without_a_limit_the_same_load_is_answered_too_late()
    {
        await using var city = await CityToBreak.OneProcessAsync(settings: ["--Admission:Writes", "1000000"]);
        using var crowd = await Crowd.Gather(city.Requests, residents: 800);
        var measuring = TimeSpan.FromSeconds(2);
        await Watched("warm-up", city, () => crowd.AskInTurn(Clients, WarmUp));
        var capacity = (await Watched("as much as it can", city, () => crowd.AskInTurn(Clients, measuring))).Accepted / measuring.TotalSeconds;
        var flood = await Watched("three times that", city, () => crowd.AskOnTime(3 * capacity, TimeSpan.FromSeconds(5)));

        Assert.Contains(Broken(flood, capacity), b => b.StartsWith("who is served waits", StringComparison.Ordinal));
    }

    // The client, and whoever else is at work, live on the same cores, so what each takes of them is part of the result.
    private async Task<Asked> Watched(string what, CityToBreak city, Func<Task<Asked>> ask)
    {
        using var client = Process.GetCurrentProcess();
        using var server = Process.GetProcessById(city.All[0].ProcessId);
        var (client0, server0, machine0, start) = (client.TotalProcessorTime, server.TotalProcessorTime, MachineBusy(), Stopwatch.GetTimestamp());
        var asked = await ask();
        client.Refresh();
        server.Refresh();
        var time = Stopwatch.GetElapsedTime(start);
        var (clientUsed, serverUsed) = ((client.TotalProcessorTime - client0) / time, (server.TotalProcessorTime - server0) / time);
        var others = Math.Clamp(((MachineBusy() - machine0) / time) - clientUsed - serverUsed, 0, Environment.ProcessorCount - 0.1);
        asked.Slowed = Environment.ProcessorCount / (Environment.ProcessorCount - others);
        output.WriteLine(
            $"{what}: {asked.Accepted / asked.Time.TotalSeconds:0}/s; {asked}; cores used: city {serverUsed:0.00}, client {clientUsed:0.00}, others {others:0.00}");
        return asked;
    }

    private static TimeSpan MachineBusy()
    {
        if (!File.Exists("/proc/stat"))
        {
            return TimeSpan.Zero;
        }

        // user, nice, system, idle, waiting, interrupts …, in hundredths of a second
        var counted = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9].Select(n => long.Parse(n, CultureInfo.InvariantCulture)).ToList();
        return TimeSpan.FromMilliseconds(10 * (counted.Sum() - counted[3] - counted[4]));
    }

    private static List<string> Broken(Asked flood, double capacity)
    {
        var broken = new List<string>();
        Check(flood.Accepted >= 0.8 * capacity * flood.Time.TotalSeconds, $"{flood.Accepted / flood.Time.TotalSeconds:0}/s of {capacity:0}/s are served");
        // who shares the machine with others gets as much slower as it has less of it, and later by as much as the client itself was
        var (second, tenth) = (TimeSpan.FromSeconds(flood.Slowed) + flood.LateBy, TimeSpan.FromSeconds(0.1 * flood.Slowed) + flood.LateBy);
        Check(flood.AcceptedWithin(0.99) <= second, $"who is served waits {flood.AcceptedWithin(0.99)}");
        Check(flood.Refused > 0, "nobody is told to come back");
        Check(flood.RefusedWithin(MostOfThem) <= tenth, $"who is not served waits {flood.RefusedWithin(MostOfThem)}");
        Check(flood is { Unknown: 0, WithoutRetryAfter: 0 }, $"{flood.Unknown} without an answer, {flood.WithoutRetryAfter} without Retry-After");
        return broken;

        void Check(bool holds, string otherwise)
        {
            if (!holds)
            {
                broken.Add(otherwise);
            }
        }
    }

    private static async Task<long> StillUnpooled(string folder)
    {
        await using var requests = new SqliteConnection($"Data Source={Path.Combine(folder, "requests.db")};Mode=ReadOnly");
        await requests.OpenAsync();
        await using var count = requests.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM TrainingRequests WHERE Turn = 0";
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private static async Task<List<Guid>> Kept(string folder)
    {
        await using var requests = new SqliteConnection($"Data Source={Path.Combine(folder, "requests.db")};Mode=ReadOnly");
        await requests.OpenAsync();
        await using var select = requests.CreateCommand();
        select.CommandText = "SELECT Id FROM TrainingRequests";
        await using var rows = await select.ExecuteReaderAsync();
        var found = new List<Guid>();
        while (await rows.ReadAsync())
        {
            found.Add(rows.GetGuid(0));
        }

        return found;
    }
}
