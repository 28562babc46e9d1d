using System.Diagnostics;
using SkillStation.Support;

namespace SkillStation.Benchmarks;

/// <summary>From the start of the process to the first answer, and what it occupies a little later: all services as one program against an empty one.</summary>
internal static class StartBenchmark
{
    public static async Task Run(Report report, Options options)
    {
        var kept = Directory.CreateTempSubdirectory("skillstation-benchmarks-").FullName;
        var (empty, again, first) = (new List<Started>(), new List<Started>(), new List<Started>());
        await One(() => City(kept));   // makes the databases, and brings the files into the disk cache
        for (var round = 0; round < options.Rounds + 2; round++)
        {
            empty.Add(await One(() => BookingSystem.Role("empty")));
            again.Add(await One(() => City(kept)));
            var fresh = Directory.CreateTempSubdirectory("skillstation-benchmarks-").FullName;
            first.Add(await One(() => City(fresh)));
            Directory.Delete(fresh, recursive: true);
            Console.Error.WriteLine($"start: empty {empty[^1]}, city {again[^1]}, city for the first time {first[^1]}");
        }

        Directory.Delete(kept, recursive: true);
        List<double> Of(List<Started> runs, Func<Started, double> figure) => [.. runs.Select(figure)];
        report.Add("whole city in one process: start to first answer", "ms", Of(again, s => s.Milliseconds), Of(empty, s => s.Milliseconds), Target.NoMoreThan(4));
        report.Add("… CPU until then", "ms", Of(again, s => s.Cpu), Of(empty, s => s.Cpu));
        report.Add("… the very first start, which makes the databases", "ms", Of(first, s => s.Milliseconds), Of(empty, s => s.Milliseconds));
        report.Add("… memory after the start", "MB", Of(again, s => s.Megabytes), Of(empty, s => s.Megabytes), Target.NoMoreThan(4));

        ServiceProcess City(string data) => BookingSystem.Service("Embedded", options.App, "--data-dir", data);
    }

    private static async Task<Started> One(Func<ServiceProcess> start)
    {
        var started = Stopwatch.GetTimestamp();
        await using var process = start();
        using var http = new HttpClient { BaseAddress = process.Address };
        await Eventually.True(() => Answers(http), "it answers", TimeSpan.FromMinutes(1));
        var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var cpu = Proc.CpuMilliseconds(process.ProcessId);
        await Task.Delay(1000);   // what comes right after the first answer is part of a started program
        return new Started(took, cpu, Proc.Megabytes(process.ProcessId));
    }

    private static async Task<bool> Answers(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private sealed record Started(double Milliseconds, double Cpu, double Megabytes)
    {
        public override string ToString() => $"{Milliseconds:0} ms, CPU {Cpu:0} ms, {Megabytes:0} MB";
    }
}
