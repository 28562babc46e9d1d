namespace SkillStation.Contracts.Acceptance;

/// <summary>A person has a seat to say yes or no to.</summary>
public sealed record SeatOffered
{
    public required Guid ClassId { get; init; }
    public required Guid RequestId { get; init; }
    public required Guid PoolId { get; init; }
    public required int Attempt { get; init; }
    public required DateTimeOffset FirstSessionAt { get; init; }
    /// <summary>True when somebody gave the seat back and this person moved up (候补递补).</summary>
    public required bool FromWaitlist { get; init; }
    public required DateTimeOffset At { get; init; }
}
