namespace SkillStation.Contracts.Requests;

/// <summary>The request is over because the resident said so, or never answered.</summary>
public sealed record RequestWithdrawn
{
    public required Guid RequestId { get; init; }
    public required Guid ResidentId { get; init; }
    /// <summary><see cref="SeatReasons.ByResident"/> or <see cref="SeatReasons.NoAnswer"/>.</summary>
    public required string Reason { get; init; }
    public required DateTimeOffset At { get; init; }
}
