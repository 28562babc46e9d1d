namespace SkillStation.Contracts.Scheduler;

/// <summary>Still at work half a year after the course.</summary>
public sealed record PlacementSustained
{
    public required Guid CaseId { get; init; }
    public required Guid RequestId { get; init; }
    public required DateTimeOffset At { get; init; }
}
