namespace SkillStation.Contracts.Dispatch;

/// <summary>The station took an offer back; a class that came of it is cancelled.</summary>
public sealed record OfferRevoked
{
    public required Guid OfferId { get; init; }
    public required Guid PoolId { get; init; }
    public required string InstitutionCode { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset At { get; init; }
}
