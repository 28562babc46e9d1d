namespace SkillStation.Races.Tests;

/// <summary>The row of a race, or of its control.</summary>
internal static class Outcome
{
    public static void Add(string scarce, bool guard, string race, string result) => Summary.Add($"{scarce}, {(guard ? "guarded" : "control: guard off")}", race, result);
}
