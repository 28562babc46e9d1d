namespace SkillStation.Contracts.Dispatch;

/// <summary>No class could be made of this request; the demand stays counted.</summary>
public sealed record RequestUnserved
{
    public required Guid RequestId { get; init; }
    public required Guid PoolId { get; init; }
    /// <summary>TooFewPeople, NoInstitution, ClosedByDistrict or NoSecondTurn.</summary>
    public required string Code { get; init; }
    /// <summary>What the resident can do instead.</summary>
    public required AlternativeOffered Alternative { get; init; }
    public required DateTimeOffset At { get; init; }
}
