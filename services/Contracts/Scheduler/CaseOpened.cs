namespace SkillStation.Contracts.Scheduler;

/// <summary>Somebody completed a course with work as the goal; the station follows them for half a year (就业跟踪).</summary>
public sealed record CaseOpened
{
    public required Guid CaseId { get; init; }
    public required Guid RequestId { get; init; }
    public required string StationCode { get; init; }
    public required DateTimeOffset At { get; init; }
}
