using SkillStation.Platform.Http;

namespace SkillStation.Dispatch.Tests;

/// <summary>A table of states (columns) and commands (rows). A cell holds the new state, or the code of the refusal.</summary>
internal static class StateTable
{
    public static TheoryData<string, string, string> Cells(string table)
    {
        var cells = new TheoryData<string, string, string>();
        var lines = table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var states = Words(lines[0]);
        foreach (var line in lines.Skip(1))
        {
            var words = Words(line);
            Assert.Equal(states.Length + 1, words.Length);
            for (var i = 0; i < states.Length; i++)
            {
                cells.Add(states[i], words[0], words[i + 1]);
            }
        }

        return cells;
    }

    /// <summary>Every state of the enum and every command stand in the table exactly once.</summary>
    public static void IsWhole<TState>(TheoryData<string, string, string> cells, IEnumerable<string> commands) where TState : struct, Enum
    {
        var expected = Enum.GetNames<TState>().SelectMany(s => commands.Select(c => (s, c))).Order();
        Assert.Equal(expected, cells.Select(c => (c.Data.Item1, c.Data.Item2)).Order());
    }

    public static void Check(string expected, string stateBefore, int versionBefore, Refusal? refusal, string stateAfter, int versionAfter)
    {
        if (char.IsUpper(expected[0]))
        {
            Assert.Null(refusal);
            Assert.Equal((expected, versionBefore + 1), (stateAfter, versionAfter));
        }
        else
        {
            Assert.Equal(expected, refusal?.Code);
            Assert.Equal((stateBefore, versionBefore), (stateAfter, versionAfter));
        }
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
