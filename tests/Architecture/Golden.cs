namespace SkillStation.Architecture.Tests;

/// <summary>
/// Files that are made from the code and checked in, so that a change of what others rely on is seen in review. When the change is
/// meant, run the tests with SKILLSTATION_ACCEPT=1 once and look at the difference.
/// </summary>
internal static class Golden
{
    private static bool Accept => Environment.GetEnvironmentVariable("SKILLSTATION_ACCEPT") == "1";

    public static void Same(string path, string now)
    {
        var file = Path.Combine(Source.Root, path);
        if (Accept)
        {
            File.WriteAllText(file, now);
        }

        Assert.True(File.Exists(file), $"{path} is missing; run with SKILLSTATION_ACCEPT=1.");
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), now);
    }

    public static void SamePart(string path, string from, string to, string now)
    {
        var text = File.ReadAllText(Path.Combine(Source.Root, path)).ReplaceLineEndings("\n");
        var start = text.IndexOf(from, StringComparison.Ordinal) + from.Length + 1;
        var end = text.IndexOf(to, StringComparison.Ordinal);
        Assert.True(start > from.Length && end >= start, $"{path} has no part between {from} and {to}.");
        Same(path, text[..start] + now + text[end..]);
    }
}
