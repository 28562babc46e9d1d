namespace SkillStation.Contracts.Dispatch;

/// <summary>What a pool looks like now; the highest <see cref="Version"/> counts.</summary>
public sealed record PoolChanged
{
    public required Guid PoolId { get; init; }
    public required int Version { get; init; }
    public required string CourseCode { get; init; }
    public required string TrainingKind { get; init; }
    public required string DistrictCode { get; init; }
    /// <summary>The station that looks after the pool.</summary>
    public required string StationCode { get; init; }
    public required string TimePattern { get; init; }
    /// <summary>One of <see cref="PoolStates"/>.</summary>
    public required string State { get; init; }
    public required int Members { get; init; }
    /// <summary>People needed to open a class.</summary>
    public required int Threshold { get; init; }
    /// <summary>Offers made so far.</summary>
    public required int Attempt { get; init; }
    /// <summary>Whether the pool has been widened, which happens once.</summary>
    public required bool Widened { get; init; }
    public required DateTimeOffset At { get; init; }
}
