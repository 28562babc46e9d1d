using System.Diagnostics;
using SkillStation.Support;

namespace SkillStation.Benchmarks;

/// <summary>
/// A booking from HTTP to the next service's database: CPU of everything, throughput with 24 connections, latency at a steady rate. All systems run the
/// whole time and take turns, so that what the machine does meanwhile falls on all of them.
/// </summary>
internal static class BookingBenchmark
{
    private const int Connections = 24;   // as many as a service lets in at once (section Admission), since who is turned away costs little and would make a booking look cheap
    private const int Warming = 600;   // of the city, where each makes some twenty times the work
    private const int WarmingOfOne = 3000;
    private const int Saturating = 1000;
    private const int SecondsAtRate = 5;

    public static async Task Run(Report report, Options options)
    {
        var folder = Directory.CreateTempSubdirectory("skillstation-benchmarks-").FullName;
        var histograms = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "histograms")).FullName;
        await using var broker = await Broker.StartAsync();
        var systems = new List<BookingSystem>();
        try
        {
            systems.Add(await BookingSystem.Floor(broker, folder, 0));
            systems.Add(await BookingSystem.OursAsOne(folder));
            systems.Add(await BookingSystem.OursApart(broker, folder));
            systems.Add(await BookingSystem.Floor(broker, folder, 3));
            systems.Add(await BookingSystem.CityAsOne(folder, options.App));
            systems.Add(await BookingSystem.CityApart(broker, folder, options.App));
            var figures = await Measure(systems, options, histograms);
            Tell(report, options, systems, figures);
        }
        finally
        {
            foreach (var (_, process) in systems.SelectMany(s => s.Programs))
            {
                await process.DisposeAsync();
            }

            Directory.Delete(folder, recursive: true);
        }

        Console.Error.WriteLine($"Histograms: {histograms}");
    }

    private static async Task<IReadOnlyList<Figures>> Measure(List<BookingSystem> systems, Options options, string histograms)
    {
        var broker = Proc.Broker();
        var figures = systems.Select(_ => new Figures()).ToList();
        using var driver = new Driver();
        var count = 0;
        for (var round = 0; round <= options.Rounds; round++)
        {
            foreach (var (system, figure) in systems.Zip(figures))
            {
                var name = Path.Combine(histograms, $"{system.Name.Replace(",", "", StringComparison.Ordinal).Replace(' ', '-')}-{round}");
                var full = await Play(system, Load(round > 0 ? Saturating : system.City ? Warming : WarmingOfOne, 0, null));
                var steady = await Play(system, Load(options.Rate * (round == 0 ? 1 : SecondsAtRate), options.Rate, name));
                if (full.Result.Failed > 0)
                {
                    throw new InvalidOperationException($"{full.Result.Failed} bookings of {system.Name} failed, so its figures mean nothing.");
                }

                if (round > 0)
                {
                    figure.Full.Add(full);
                    figure.Steady.Add(steady);
                }

                LoadRound Load(int bookings, int rate, string? histogram) =>
                    new(system.City, system.Programs[0].Process.Address, system.SeenIn, system.Table, bookings, rate, Connections, count++, histogram);
            }
        }

        foreach (var (system, figure) in systems.Zip(figures))
        {
            figure.Megabytes.AddRange(system.Programs.Select(p => Proc.Megabytes(p.Process.ProcessId)));
        }

        return figures;

        async Task<Played> Play(BookingSystem system, LoadRound round)
        {
            List<int> ids = [.. system.Programs.Select(p => p.Process.ProcessId), .. system.UsesBroker ? [broker] : Array.Empty<int>()];
            var before = new List<double>();
            var result = await driver.Play(round, async () =>
            {
                await Quiet(ids);
                before.AddRange(ids.Select(Proc.CpuMilliseconds));
            });
            await Quiet(ids);
            var played = new Played(result, [.. ids.Zip(before, (id, b) => (Proc.CpuMilliseconds(id) - b) / round.Count)]);
            Console.Error.WriteLine(
                $"{system.Name,-22} {(round.Rate == 0 ? "full" : round.Rate + "/s"),-6} {round.Count / result.SecondsToLastSeen,7:0}/s  CPU {played.Cpu.Sum(),6:0.00} ms ({string.Join(" + ", played.Cpu.Select(c => $"{c:0.00}"))})"
                + $"  committed {result.Committed.P50:0.0}/{result.Committed.P99:0.0}  seen {result.Seen.P50:0.0}/{result.Seen.P99:0.0} ms  failed {result.Failed}");
            return played;
        }
    }

    // Until everything that the bookings set in motion is done: less than a tenth of a core.
    private static async Task Quiet(IReadOnlyList<int> ids)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(1);)
        {
            var before = Proc.CpuMilliseconds(ids);
            await Task.Delay(300);
            if (Proc.CpuMilliseconds(ids) - before <= 30)
            {
                return;
            }
        }

        throw new TimeoutException("The system did not come to rest.");
    }

    private static void Tell(Report report, Options options, List<BookingSystem> systems, IReadOnlyList<Figures> figures)
    {
        var (floor, one, apart, floor3, cityOne, cityApart) = (figures[0], figures[1], figures[2], figures[3], figures[4], figures[5]);
        report.Add("the same booking on our platform, one process: CPU", "ms", one.Cpu(f => f.Full), floor.Cpu(f => f.Full), Target.NoMoreThan(3));
        report.Add("… as separate services: CPU", "ms", apart.Cpu(f => f.Full), floor.Cpu(f => f.Full), Target.NoMoreThan(3.5));
        report.Add($"… one process, {options.Rate}/s: CPU", "ms", one.Cpu(f => f.Steady), floor.Cpu(f => f.Steady));
        report.Add($"… separate, {options.Rate}/s: CPU", "ms", apart.Cpu(f => f.Steady), floor.Cpu(f => f.Steady));
        Latency("one process", one, floor, true);
        Latency("separate", apart, floor, true);
        report.Add("… one process: bookings", "/s", one.PerSecond, floor.PerSecond);
        report.Add("… separate: bookings", "/s", apart.PerSecond, floor.PerSecond);
        report.Add("a real request, whole city in one process: CPU (floor with three answers)", "ms", cityOne.Cpu(f => f.Full), floor3.Cpu(f => f.Full));
        report.Add("… four processes: CPU", "ms", cityApart.Cpu(f => f.Full), floor3.Cpu(f => f.Full));
        for (var i = 0; i < 5; i++)
        {
            var name = i < 4 ? systems[5].Programs[i].Name : "broker";
            report.Add($"…… of that, {name}", "ms", [.. cityApart.Full.Select(p => p.Cpu[i])]);
        }

        Latency("city, one process", cityOne, floor3, false);
        Latency("city, four processes", cityApart, floor3, false);
        report.Add("line throughput, one process: requests until seen by Dispatch", "/s", cityOne.PerSecond, floor3.PerSecond);
        report.Add("line throughput, four processes", "/s", cityApart.PerSecond, floor3.PerSecond);
        foreach (var (system, figure) in systems.Zip(figures).Where(s => s.First.City))
        {
            for (var i = 0; i < system.Programs.Count; i++)
            {
                report.Add($"memory after the load: {system.Programs[i].Name}", "MB", [figure.Megabytes[i]], [floor.Megabytes[0]]);
            }
        }

        void Latency(string what, Figures ours, Figures hand, bool targets)
        {
            report.Add($"… {what}, {options.Rate}/s: submit → committed p50", "ms", ours.At(r => r.Committed.P50), hand.At(r => r.Committed.P50), targets ? Target.NoMoreThan(3) : null);
            report.Add($"… {what}, {options.Rate}/s: submit → committed p99", "ms", ours.At(r => r.Committed.P99), hand.At(r => r.Committed.P99), targets ? Target.NoMoreThan(4) : null);
            report.Add($"… {what}, {options.Rate}/s: submit → seen by the next service p50", "ms", ours.At(r => r.Seen.P50), hand.At(r => r.Seen.P50), targets ? Target.NoMoreThan(3) : null);
            report.Add($"… {what}, {options.Rate}/s: submit → seen by the next service p99", "ms", ours.At(r => r.Seen.P99), hand.At(r => r.Seen.P99), targets ? Target.NoMoreThan(4) : null);
        }
    }

    /// <summary>CPU per booking in milliseconds, program by program, the broker last.</summary>
    private sealed record Played(LoadResult Result, IReadOnlyList<double> Cpu);

    private sealed class Figures
    {
        public List<Played> Full { get; } = [];

        public List<Played> Steady { get; } = [];

        public List<double> Megabytes { get; } = [];

        public IReadOnlyList<double> PerSecond => [.. Full.Select(p => p.Result.Answered / p.Result.SecondsToLastSeen)];

        public IReadOnlyList<double> Cpu(Func<Figures, List<Played>> which) => [.. which(this).Select(p => p.Cpu.Sum())];

        public IReadOnlyList<double> At(Func<LoadResult, double> figure) => [.. Steady.Select(p => figure(p.Result))];
    }
}
