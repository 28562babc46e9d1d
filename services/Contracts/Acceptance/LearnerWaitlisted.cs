namespace SkillStation.Contracts.Acceptance;

/// <summary>All seats are offered; this person is next when one comes free (候补).</summary>
public sealed record LearnerWaitlisted
{
    public required Guid ClassId { get; init; }
    public required Guid RequestId { get; init; }
    public required Guid PoolId { get; init; }
    public required int Attempt { get; init; }
    /// <summary>1 for the first to move up.</summary>
    public required int Place { get; init; }
    public required DateTimeOffset At { get; init; }
}
