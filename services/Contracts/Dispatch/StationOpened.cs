namespace SkillStation.Contracts.Dispatch;

/// <summary>A station is open to residents.</summary>
public sealed record StationOpened
{
    public required string StationCode { get; init; }
    public required string Name { get; init; }
    public required string NameEn { get; init; }
    public required string DistrictCode { get; init; }
    public required string DistrictName { get; init; }
    public required string DistrictNameEn { get; init; }
    /// <summary>Degrees, GCJ-02.</summary>
    public required double Longitude { get; init; }
    /// <summary>Degrees, GCJ-02.</summary>
    public required double Latitude { get; init; }
    /// <summary>Learners that the station's own room holds.</summary>
    public required int RoomCapacity { get; init; }
    public required bool Accessible { get; init; }
    public required DateTimeOffset At { get; init; }
}
