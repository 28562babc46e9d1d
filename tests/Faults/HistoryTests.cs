using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SkillStation.Faults.Tests.History;

namespace SkillStation.Faults.Tests;

/// <summary>What twenty clients saw while things broke, checked as a whole; and the check itself, checked.</summary>
public sealed class HistoryTests(ITestOutputHelper output)
{
    private const int ClientCount = 20;
    private static readonly int Calls = Run.Full ? 20_000 : 1_500;
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(Run.Full ? 300 : 0);
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(Run.Full ? 5 : 1.5);

    [Fact]
    public async Task What_clients_see_while_things_break_is_what_one_register_in_one_order_would_have_shown()
    {
        await using var city = await (Run.Full ? CityToBreak.FourProcessesAsync() : CityToBreak.OneProcessAsync());
        using var clients = new Clients(city);
        await clients.Register();
        using var stop = new CancellationTokenSource();
        var running = Task.WhenAll(Enumerable.Range(0, ClientCount).Select(c => Task.Run(() => clients.Run(c, new Random(Run.Seed + c), stop.Token))));
        var faults = await Break(city, clients, running);
        await stop.CancelAsync();
        await running;

        await Task.WhenAll(city.All.Select(p => p.Ready()));
        IReadOnlySet<Guid>? atTheEnd = null;
        await Eventually.True(async () => (atTheEnd = await clients.LookAtAll()) is not null, "every open request is in a pool", TimeSpan.FromSeconds(90));
        var (run, checking) = (clients.Recorded, Stopwatch.StartNew());
        output.WriteLine($"{clients.Count} calls ({clients.Answers}), {faults} faults, {run.Operations.Count(o => o.Came == Came.Unknown)} unknown, seed {Run.Seed}");

        Assert.Null(Checks.FirstOffence(run, atTheEnd!));
        var took = checking.Elapsed;
        foreach (var (wrong, mutate) in Mutants.All)
        {
            var mutant = mutate(run, atTheEnd!, new Random(Run.Seed));
            Assert.True(mutant is not null, $"This run has no place for {wrong}.");
            Assert.True(Checks.FirstOffence(mutant.Value.Run, mutant.Value.AtTheEnd) is not null, $"The check does not see {wrong}.");
        }

        Summary.Add(
            "kill -9, standstill, locked database" + (city.Broker is null ? "" : ", broker down"),
            $"{clients.Count} calls by {ClientCount} clients on 10 keys, {faults} faults",
            $"linearizable, nothing lost, no pool overfull, no state back ({run.Operations.Count(o => o.Came == Came.Unknown)} calls without an answer; checked in {took.TotalSeconds:0.0} s); 5 of 5 mutants of this history caught");
    }

    [Fact]
    public void A_history_that_is_right_passes()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var (run, atTheEnd) = Invented.Make(seed, calls: seed == 0 ? 6000 : 150);   // one as long under each key as in the full form
            Assert.True(Checks.FirstOffence(run, atTheEnd) is null, $"seed {seed}: {Checks.FirstOffence(run, atTheEnd)}");
        }
    }

    [Fact]
    public void Each_of_five_mutants_is_caught_wherever_it_sits()
    {
        foreach (var (wrong, mutate) in Mutants.All)
        {
            var tried = 0;
            for (var seed = 0; seed < 40; seed++)
            {
                var (run, atTheEnd) = Invented.Make(seed, calls: 150);
                if (mutate(run, atTheEnd, new Random(seed)) is { } mutant)
                {
                    tried++;
                    Assert.True(Checks.FirstOffence(mutant.Run, mutant.AtTheEnd) is not null, $"{wrong} in history {seed} passes.");
                }
            }

            Assert.InRange(tried, 20, 40);
        }
    }

    [Fact]
    public void The_shortest_part_that_shows_the_offence_is_named()
    {
        var (run, atTheEnd) = Invented.Make(Run.Seed, calls: 300);
        var mutant = Mutants.All["a second open request"](run, atTheEnd, new Random(Run.Seed))!.Value;

        var offence = Checks.FirstOffence(mutant.Run, mutant.AtTheEnd)!;

        output.WriteLine(offence.ToString());
        Assert.InRange(offence.Shown.Count, 2, 8);
        Assert.Contains(offence.Shown, s => s.Contains(new Guid(8, 0, 0, new byte[8]).ToString(), StringComparison.Ordinal));
    }

    // Each kind of fault once (in full: again and again) in the seed's order, at random instants of its share of the calls.
    private static async Task<int> Break(CityToBreak city, Clients clients, Task running)
    {
        var random = new Random(Run.Seed);
        List<Func<Task>> kinds =
        [
            () => city.All[random.Next(city.All.Count)].KillAndStartAgain(),
            () => StandStill(city.All[random.Next(city.All.Count)]),
            () => Lock(Path.Combine(city.Folder, new[] { "requests.db", "dispatch.db" }[random.Next(2)])),
        ];
        if (city.Broker is { } broker)
        {
            kinds.Add(async () =>
            {
                await broker.Kill();
                await Task.Delay(Outage);   // the length of an outage is the scenario, here and below
                await broker.StartAgain();
            });
        }

        var (started, faults, share) = (Stopwatch.GetTimestamp(), 0, Calls / (Run.Full ? 40 : kinds.Count + 1));
        do
        {
            foreach (var fault in kinds.OrderBy(_ => random.Next()).ToList())
            {
                await More(share * (0.5 + random.NextDouble()));
                await fault();
                await Task.WhenAll(city.All.Select(p => p.Ready()));
                faults++;
            }
        }
        while (Run.Full && (clients.Count < Calls || Stopwatch.GetElapsedTime(started) < AtLeast));

        await More(Math.Max(share, Calls - clients.Count));   // the last one is lived with too
        return faults;

        Task More(double calls)
        {
            var enough = clients.Count + calls;
            return Eventually.True(() => Task.FromResult(clients.Count >= enough || running.IsCompleted), $"{enough:0} calls are sent", TimeSpan.FromMinutes(3));
        }
    }

    private static async Task StandStill(ServiceProcess service)
    {
        await Signal("-STOP");
        await Task.Delay(Outage);
        await Signal("-CONT");

        async Task Signal(string signal)
        {
            using var kill = Process.Start("kill", [signal, service.ProcessId.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
        }
    }

    private static async Task Lock(string file)
    {
        await using var other = new SqliteConnection($"Data Source={file}");
        await other.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync(System.Data.IsolationLevel.Serializable);   // BEGIN IMMEDIATE: nobody else can write
        await Task.Delay(Outage);
        await transaction.RollbackAsync();
    }
}
