namespace SkillStation.Contracts.Acceptance;

/// <summary>The opening of a class was filed with the district (开班申请 / 备案).</summary>
public sealed record ClassFiled
{
    public required Guid ClassId { get; init; }
    public required string DistrictCode { get; init; }
    /// <summary>One of <see cref="FilingModes"/>.</summary>
    public required string Mode { get; init; }
    public required DateOnly StartsOn { get; init; }
    public required DateTimeOffset At { get; init; }
}
