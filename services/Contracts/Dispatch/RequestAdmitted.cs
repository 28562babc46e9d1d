namespace SkillStation.Contracts.Dispatch;

/// <summary>The station looked at a request and takes it on.</summary>
public sealed record RequestAdmitted
{
    public required Guid RequestId { get; init; }
    public required string StationCode { get; init; }
    /// <summary>True when all automatic checks passed and no person had to look.</summary>
    public required bool Automatic { get; init; }
    public required DateTimeOffset At { get; init; }
}
