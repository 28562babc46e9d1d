namespace SkillStation.Contracts.Acceptance;

/// <summary>A filing was approved, recorded, returned or refused.</summary>
public sealed record FilingDecided
{
    public required Guid ClassId { get; init; }
    /// <summary>One of <see cref="FilingDecisions"/>.</summary>
    public required string Decision { get; init; }
    public required DateTimeOffset At { get; init; }
}
