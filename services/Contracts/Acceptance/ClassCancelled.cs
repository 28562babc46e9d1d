namespace SkillStation.Contracts.Acceptance;

/// <summary>A class will not be held; its learners go back to the queue and keep their place.</summary>
public sealed record ClassCancelled
{
    public required Guid ClassId { get; init; }
    public required Guid PoolId { get; init; }
    public required int Attempt { get; init; }
    /// <summary>Revoked, FilingRefused, ByInstitution or NotHeld: the first sheet that was closed had seen nobody.</summary>
    public required string Reason { get; init; }
    /// <summary>Requests of everybody who had, or waited for, a seat.</summary>
    public required IReadOnlyList<Guid> Requests { get; init; }
    public required DateTimeOffset At { get; init; }
}
