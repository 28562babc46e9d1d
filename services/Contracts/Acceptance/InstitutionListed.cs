namespace SkillStation.Contracts.Acceptance;

/// <summary>A training institution is listed, or its entry changed; the highest <see cref="Version"/> counts.</summary>
public sealed record InstitutionListed
{
    public required string InstitutionCode { get; init; }
    public required int Version { get; init; }
    public required string Name { get; init; }
    public required string NameEn { get; init; }
    public required string DistrictCode { get; init; }
    /// <summary>Degrees, GCJ-02.</summary>
    public required double Longitude { get; init; }
    /// <summary>Degrees, GCJ-02.</summary>
    public required double Latitude { get; init; }
    /// <summary>0 to 1; where the quality score starts before there are ratings.</summary>
    public required decimal StartingQuality { get; init; }
    /// <summary>Largest number of learners that one of its rooms holds.</summary>
    public required int LargestRoom { get; init; }
    public required DateTimeOffset At { get; init; }
}
