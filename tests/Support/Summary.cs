using System.Collections.Concurrent;
using System.Globalization;

namespace SkillStation.Support;

/// <summary>How long the runs are, and what repeats one.</summary>
public static class Run
{
    /// <summary>SKILLSTATION_FAULTS=full: the counts that we promise; otherwise a short form of the same.</summary>
    public static readonly bool Full = Environment.GetEnvironmentVariable("SKILLSTATION_FAULTS") == "full";

    /// <summary>SKILLSTATION_SEED: the instants and choices of an earlier run again.</summary>
    public static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("SKILLSTATION_SEED"), CultureInfo.InvariantCulture, out var given) ? given : 20261124;
}

/// <summary>Collects one row from each scenario that passed and prints them as one table at the end, in the form in which README.md keeps them.</summary>
public sealed class Summary : IDisposable
{
    private static readonly ConcurrentQueue<string> Rows = new();

    /// <summary><paramref name="fault"/> is what broke, <paramref name="counts"/> how much was done meanwhile, <paramref name="result"/> what was measured.</summary>
    public static void Add(string fault, string counts, string result) => Rows.Enqueue($"| {fault} | {counts} | {result} |");

    public void Dispose()
    {
        if (Rows.IsEmpty)
        {
            return;
        }

        var head = string.Create(CultureInfo.InvariantCulture, $"Passed on {DateTime.UtcNow:yyyy-MM-dd}, seed {Run.Seed}, {(Run.Full ? "full" : "short")} form, {Environment.ProcessorCount} cores:");
        Console.WriteLine(string.Join('\n', ["", head, "", "| fault | during | result |", "| --- | --- | --- |", .. Rows.Order(StringComparer.Ordinal), ""]));
    }
}
