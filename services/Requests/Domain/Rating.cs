namespace SkillStation.Requests.Domain;

/// <summary>What a learner thinks of a class (评单). The comment never leaves this service.</summary>
internal sealed class Rating
{
    public required Guid RequestId { get; init; }
    public required Guid ClassId { get; init; }
    public required string InstitutionCode { get; init; }
    /// <summary>1 (worst) to 5, as are the other three.</summary>
    public required int Content { get; init; }
    public required int Teacher { get; init; }
    public required int VenueAndTime { get; init; }
    public required int Overall { get; init; }
    public required bool ReallyTaught { get; init; }
    public required bool Charged { get; init; }
    public string? Comment { get; init; }
    public required DateTimeOffset At { get; init; }
}
