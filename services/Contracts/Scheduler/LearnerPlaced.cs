namespace SkillStation.Contracts.Scheduler;

/// <summary>Work was found, and there is evidence better than somebody's word.</summary>
public sealed record LearnerPlaced
{
    public required Guid CaseId { get; init; }
    public required Guid RequestId { get; init; }
    /// <summary>Days after completion at which it was seen.</summary>
    public required int Point { get; init; }
    public required string Outcome { get; init; }
    public required string Evidence { get; init; }
    public required DateTimeOffset At { get; init; }
}
