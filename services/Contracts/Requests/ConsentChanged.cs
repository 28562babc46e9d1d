namespace SkillStation.Contracts.Requests;

/// <summary>A resident gave or took back a consent; the latest <see cref="At"/> counts.</summary>
public sealed record ConsentChanged
{
    public required Guid ResidentId { get; init; }
    /// <summary>One of <see cref="ConsentPurposes"/>.</summary>
    public required string Purpose { get; init; }
    public required bool Granted { get; init; }
    public required DateTimeOffset At { get; init; }
}
