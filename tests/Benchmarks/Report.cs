using System.Globalization;

namespace SkillStation.Benchmarks;

/// <summary>How long and of what.</summary>
internal sealed record Options(int Rounds, int Rate, string? App)
{
    public static (Options Options, IReadOnlyList<string> Names) Read(string[] args)
    {
        var options = new Options(3, 200, null);
        var names = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--rounds":
                    options = options with { Rounds = int.Parse(args[++i], CultureInfo.InvariantCulture) };
                    break;
                case "--rate":
                    options = options with { Rate = int.Parse(args[++i], CultureInfo.InvariantCulture) };
                    break;
                case "--app":
                    options = options with { App = Path.GetFullPath(args[++i]) };
                    break;
                default:
                    names.Add(args[i]);
                    break;
            }
        }

        return (options, names);
    }
}

/// <summary>What a ratio of ours to the floor has to be.</summary>
internal sealed record Target(bool AtMost, double Ratio)
{
    public static Target NoMoreThan(double ratio) => new(true, ratio);

    public static Target AtLeast(double ratio) => new(false, ratio);

    public override string ToString() => AtMost ? $"≤ {Ratio:0.##}" : $"≥ {Ratio:0.##}";

    public bool Met(double ratio) => AtMost ? ratio <= Ratio : ratio >= Ratio;
}

/// <summary>Collects the figures and prints them as a Markdown table. A ratio is the median of the ratios of rounds that followed each other.</summary>
internal sealed class Report
{
    private readonly List<string> rows = [];

    public void Add(string figure, string unit, IReadOnlyList<double> ours, IReadOnlyList<double> floor, Target? target = null)
    {
        var ratio = Median([.. ours.Zip(floor, (o, f) => o / f)]);
        rows.Add($"| {figure} | {Text(Median(ours))} {unit} | {Text(Median(floor))} {unit} | {ratio:0.00} | {target?.ToString() ?? ""} | {(target is null ? "" : target.Met(ratio) ? "yes" : "**no**")} |");
    }

    public void Add(string figure, string unit, IReadOnlyList<double> ours) => rows.Add($"| {figure} | {Text(Median(ours))} {unit} | | | | |");

    public void Print(Options options)
    {
        var cpu = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[1];
        Console.WriteLine();
        Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} cores of {cpu}, .NET {Environment.Version}, {options.Rounds} rounds, programs {(options.App is null ? "as built" : "as published")}.");
        Console.WriteLine();
        Console.WriteLine("| figure | ours | floor | ratio | target | met |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        rows.ForEach(Console.WriteLine);
    }

    public static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    private static string Text(double value) => value switch
    {
        >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
