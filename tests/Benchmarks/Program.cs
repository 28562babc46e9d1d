using System.Globalization;
using Microsoft.AspNetCore.Builder;
using SkillStation.Benchmarks;

// A role is one of the programs that are measured, or the driver; started by the benchmarks below.
switch (args)
{
    case ["role", "empty"]:
        var builder = WebApplication.CreateBuilder();
        var empty = builder.Build();
        empty.MapGet("/health/ready", () => "Healthy");
        await empty.RunAsync();
        return 0;
    case ["role", "floor-first", var broker, var file]:
        await FloorBooking.RunFirst(broker, file);
        return 0;
    case ["role", "floor-second", var broker, var file, var answers]:
        await FloorBooking.RunSecond(broker, file, int.Parse(answers, CultureInfo.InvariantCulture));
        return 0;
    case ["role", "ours", .. var settings]:
        await OurBooking.Run(settings, new FirstModule(), new SecondModule(0));
        return 0;
    case ["role", "ours-first", .. var settings]:
        await OurBooking.Run(settings, new FirstModule());
        return 0;
    case ["role", "ours-second", .. var settings]:
        await OurBooking.Run(settings, new SecondModule(0));
        return 0;
    case ["role", "load"]:
        await LoadDriver.Run();
        return 0;
}

var all = new Dictionary<string, Func<Report, Options, Task>>
{
    ["booking"] = BookingBenchmark.Run,
    ["bus"] = BusBenchmark.Run,
    ["sqlite"] = SqliteBenchmark.Run,
    ["start"] = StartBenchmark.Run,
};
var (options, names) = Options.Read(args);
if (names.FirstOrDefault(n => !all.ContainsKey(n)) is { } unknown)
{
    Console.Error.WriteLine($"""
        There is no benchmark "{unknown}". Use:
          dotnet run -c Release --project tests/Benchmarks -- [{string.Join("] [", all.Keys)}] [--rounds 3] [--rate 200] [--app FOLDER]
        FOLDER holds the programs as deploy/publish.sh made them; without it, those built beside this one are measured.
        """);
    return 2;
}

AppDomain.CurrentDomain.ProcessExit += (_, _) => Proc.EndAllBelow();
var report = new Report();
try
{
    foreach (var name in names.Count > 0 ? names : [.. all.Keys])
    {
        await all[name](report, options);
    }
}
catch (Exception e) when (e is TimeoutException or InvalidOperationException or IOException)
{
    Console.Error.WriteLine(e);
    return 1;
}

report.Print(options);
return 0;
