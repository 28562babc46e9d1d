namespace SkillStation.Contracts.Acceptance;

/// <summary>An institution takes a class on (接单).</summary>
public sealed record OfferAccepted
{
    public required Guid OfferId { get; init; }
    public required Guid PoolId { get; init; }
    public required int Attempt { get; init; }
    public required string InstitutionCode { get; init; }
    public required string InstitutionName { get; init; }
    public required string InstitutionNameEn { get; init; }
    public required Guid ClassId { get; init; }
    public required DateTimeOffset At { get; init; }
}
