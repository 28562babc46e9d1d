using System.Diagnostics;
using System.Globalization;

namespace SkillStation.Benchmarks;

/// <summary>What the kernel says of a process.</summary>
internal static class Proc
{
    private const double MillisecondsOfTick = 10;

    /// <summary>CPU used so far in user and kernel mode.</summary>
    public static double CpuMilliseconds(int id) => Fields(id) is { } f ? (double.Parse(f[11], CultureInfo.InvariantCulture) + double.Parse(f[12], CultureInfo.InvariantCulture)) * MillisecondsOfTick : 0;

    public static double CpuMilliseconds(IEnumerable<int> ids) => ids.Sum(CpuMilliseconds);

    /// <summary>Resident memory.</summary>
    public static double Megabytes(int id) =>
        double.Parse(File.ReadLines($"/proc/{id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    /// <summary>The broker that this program started: Erlang's virtual machine, somewhere below it.</summary>
    public static int Broker() => Below(Environment.ProcessId).Single(n => Name(n) == "beam.smp");

    /// <summary>Ends everything that this program has started, also when it is itself told to end: nothing may run on, or hold a lock, behind its back.</summary>
    public static void EndAllBelow()
    {
        foreach (var id in Below(Environment.ProcessId))
        {
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
            }
            catch (ArgumentException)
            {
                // it has ended by itself
            }
        }
    }

    private static List<int> Below(int id)
    {
        var parents = Directory.EnumerateDirectories("/proc").Select(d => int.TryParse(Path.GetFileName(d), out var n) ? n : 0).Where(n => n > 0)
            .ToDictionary(n => n, n => Fields(n) is { } f ? int.Parse(f[1], CultureInfo.InvariantCulture) : 0);
        return [.. parents.Keys.Where(n => n != id && IsBelow(n))];

        bool IsBelow(int n) => n == id || (parents.TryGetValue(n, out var parent) && parent > 0 && IsBelow(parent));
    }

    private static string Name(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/comm").Trim();
        }
        catch (IOException)
        {
            return "";
        }
    }

    // after the name, which may hold blanks: state, parent, …
    private static string[]? Fields(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
