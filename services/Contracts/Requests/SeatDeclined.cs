namespace SkillStation.Contracts.Requests;

/// <summary>A resident did not take the seat that was offered.</summary>
public sealed record SeatDeclined
{
    public required Guid RequestId { get; init; }
    public required Guid ClassId { get; init; }
    /// <summary><see cref="SeatReasons.ByResident"/> or <see cref="SeatReasons.NoAnswer"/>.</summary>
    public required string Reason { get; init; }
    public required DateTimeOffset At { get; init; }
}
