namespace SkillStation.Contracts.Acceptance;

/// <summary>A person's seat, or place on the waitlist, in a class is over before the class began for them.</summary>
public sealed record SeatReleased
{
    public required Guid ClassId { get; init; }
    public required Guid RequestId { get; init; }
    public required Guid PoolId { get; init; }
    /// <summary>One of <see cref="SeatReasons"/>.</summary>
    public required string Reason { get; init; }
    public required DateTimeOffset At { get; init; }
}
