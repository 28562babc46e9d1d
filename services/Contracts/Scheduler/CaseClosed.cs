namespace SkillStation.Contracts.Scheduler;

/// <summary>The follow-up is over.</summary>
public sealed record CaseClosed
{
    public required Guid CaseId { get; init; }
    public required Guid RequestId { get; init; }
    /// <summary>Sustained, NotSustained, SustainedUnknown, Lost or ByRequest.</summary>
    public required string Result { get; init; }
    public required DateTimeOffset At { get; init; }
}
