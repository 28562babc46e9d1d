using SkillStation.Platform.Data;

namespace SkillStation.Dispatch.Domain;

/// <summary>
/// Weights and limits of triage, pooling and ranking, dated: the row with the latest effective_from that is not later than the day counts.
/// score = 100·WeightDistance·(1 − km / DistanceLimitKm) + 100·WeightLoad·(1 − load / LoadLimit) + 100·WeightQuality·quality.
/// </summary>
/// <param name="QualifiedDays">A qualification must hold from today through so many days.</param>
/// <param name="PriorRatings">How many ratings the starting quality weighs.</param>
/// <param name="LapsesToCool">So many lapses within LapseWindowDays skip an institution for CoolingDays.</param>
/// <param name="Attempts">Failed offers after which the district decides.</param>
/// <param name="NeighbourDistricts">How many of the nearest districts count as neighbours of a widened pool.</param>
/// <param name="SameTrainingMonths">How far back triage looks for a completed training of the same occupation.</param>
/// <param name="SecondTurns">How often a request goes back into a pool after its resident declined, or did not answer, a seat.</param>
internal sealed record DispatchRules(
    DateOnly EffectiveFrom, double DistanceLimitKm, int LoadLimit, int QualifiedDays, double WeightDistance, double WeightLoad, double WeightQuality, int PriorRatings,
    int LapsesToCool, int LapseWindowDays, int CoolingDays, int Attempts, int NeighbourDistricts, int SameTrainingMonths, int SecondTurns)
{
    private static readonly IReadOnlyList<DispatchRules> All = ReferenceData.Read<DispatchRules>(typeof(DispatchRules).Assembly, "dispatch-rules.csv");

    public static DispatchRules On(DateOnly day) =>
        All.Where(r => r.EffectiveFrom <= day).MaxBy(r => r.EffectiveFrom) ?? throw new InvalidOperationException($"No dispatch rules hold on {day:O}.");
}
