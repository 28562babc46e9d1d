using System.Diagnostics;
using System.Globalization;

[assembly: CollectionBehavior(DisableTestParallelization = true)]   // a city that is measured has the machine for itself

namespace SkillStation.Faults.Tests;

/// <summary>
/// Residents ask, things break, and in the end every request that was answered 201 must be found in every service, each effect once. The seed fixes
/// the instants at which something breaks.
/// </summary>
internal sealed class LoadWithFaults(CityToBreak city, ITestOutputHelper output)
{
    /// <summary>Each of the eight clients rests between two requests: a load that the city cannot keep up with, unbroken, would show how long the line has become.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(Run.Full ? 200 : 400);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>What is promised is ten seconds; in the short form the machine may be busy with other things.</summary>
    private static readonly TimeSpan MayTake = TimeSpan.FromSeconds(Run.Full ? 10 : 30);

    private readonly Load load = new([.. city.Of("Requests").Select(p => p.Address)]);
    private readonly Random random = new(Run.Seed);
    private Queue<ServiceProcess> victims = new();
    private int allowed;
    private int sent;
    private int answered;

    public int Requests { get; } = Run.Full ? 5000 : 400;

    private int Answered => Volatile.Read(ref answered);

    public int Retries => load.Retries;

    /// <summary>
    /// Each fault falls at a random instant of its share of the load; what it broke is launched again when <paramref name="breakSomething"/> returns.
    /// Convergence is counted from that last launch, not from when all are well again.
    /// </summary>
    public async Task RunAsync(string what, int faults, int faultsInFull, Func<int, Task> breakSomething)
    {
        var ct = TestContext.Current.CancellationToken;
        var count = Run.Full ? faultsInFull : faults;
        var paths = new string[Requests];
        allowed = Requests / count;
        var loading = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () =>
            {
                for (var i = Interlocked.Increment(ref sent) - 1; i < Requests; i = Interlocked.Increment(ref sent) - 1)
                {
                    await Eventually.True(() => Task.FromResult(i < Volatile.Read(ref allowed)), "the fault of this share is over", TimeSpan.FromMinutes(10));
                    paths[i] = await load.Submit(i, ct);
                    Interlocked.Increment(ref answered);
                    await Task.Delay(Pause, ct);
                }
            },
            ct)));
        for (var n = 0; n < count; n++)
        {
            // no load runs ahead of the faults that it is to meet; the last falls where no more than twenty requests are left, since convergence is counted from it
            var at = n + 1 < count ? (int)((n + (random.NextDouble() * 0.8)) * Requests / count) - 1 : Requests - random.Next(1, 20);
            await Eventually.True(() => Task.FromResult(Volatile.Read(ref sent) >= at || loading.IsFaulted), $"{at} requests are sent", TimeSpan.FromMinutes(10));
            await breakSomething(n);
            Allow((n + 2) * Requests / count);
        }

        var healed = city.LastFault;
        await loading;
        var loaded = Stopwatch.GetElapsedTime(healed);
        await AllOnce.NothingMissing(city.Folder, Requests, Patience, ct);
        var converged = Stopwatch.GetElapsedTime(healed);
        await Task.WhenAll(city.All.Select(p => p.Ready()));
        await AllOnce.Check(load, city.Scheduler, paths, Patience, ct);
        await AllOnce.NothingTwice(city.Folder, Requests, ct);
        Assert.Empty(city.Broker is null ? [] : await city.Broker.SetAside());
        var counts = $"{city.All.Count} processes, {Requests} requests, {count} faults";
        var result = string.Create(CultureInfo.InvariantCulture, $"{load.Retries} retries by clients, {city.All.Sum(p => p.Restarts)} restarts by the supervisor, 0 lost, 0 double, converged {converged.TotalSeconds:0.0} s after the last launch");
        output.WriteLine($"{what}: {counts}; {result}; the load itself ended {loaded.TotalSeconds:0.0} s after it");
        Assert.True(converged < MayTake, $"{what}: {result}.");
        Summary.Add(what, counts, result);
    }

    /// <summary>Waits until more requests have been answered, whatever is broken.</summary>
    public async Task AnswersGoOn()
    {
        var more = Math.Min(Answered + 20, Requests - 1);
        Allow(more + 1);
        await Eventually.True(() => Answered >= more, "requests are answered all the same");
    }

    private void Allow(int number) => Volatile.Write(ref allowed, Math.Max(Volatile.Read(ref allowed), number));

    /// <summary>A process to break, by the seed: each as often as any other.</summary>
    public ServiceProcess Victim()
    {
        if (victims.Count == 0)
        {
            var all = city.All.ToArray();
            random.Shuffle(all);
            victims = new(all);
        }

        return victims.Dequeue();
    }
}
