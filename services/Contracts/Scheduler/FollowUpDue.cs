namespace SkillStation.Contracts.Scheduler;

/// <summary>It is time to ask whether work was found (回访).</summary>
public sealed record FollowUpDue
{
    public required Guid CaseId { get; init; }
    public required Guid RequestId { get; init; }
    public required string StationCode { get; init; }
    /// <summary>Days after completion: 7, 30, 90 or 180.</summary>
    public required int Point { get; init; }
    /// <summary>Last day of the window, inclusive.</summary>
    public required DateOnly WindowEnds { get; init; }
    public required DateTimeOffset At { get; init; }
}
