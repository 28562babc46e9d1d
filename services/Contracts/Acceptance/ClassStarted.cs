namespace SkillStation.Contracts.Acceptance;

/// <summary>The first learner was seen in the first session (开班).</summary>
public sealed record ClassStarted
{
    public required Guid ClassId { get; init; }
    public required Guid PoolId { get; init; }
    /// <summary>Requests of the learners with a confirmed seat.</summary>
    public required IReadOnlyList<Guid> Requests { get; init; }
    public required DateTimeOffset FirstSessionAt { get; init; }
    public required DateTimeOffset At { get; init; }
}
