namespace SkillStation.Contracts.Requests;

/// <summary>A resident took the seat that was offered.</summary>
public sealed record SeatConfirmed
{
    public required Guid RequestId { get; init; }
    public required Guid ClassId { get; init; }
    public required DateTimeOffset At { get; init; }
}
