namespace SkillStation.Contracts.Requests;

/// <summary>A resident changed a request, or answered the station's question; the highest <see cref="Version"/> counts.</summary>
public sealed record RequestAmended
{
    public required Guid RequestId { get; init; }
    public required int Version { get; init; }
    public required string Goal { get; init; }
    public required IReadOnlyList<string> Times { get; init; }
    /// <summary>Minutes.</summary>
    public required int MaxMinutes { get; init; }
    public required IReadOnlyList<string> Needs { get; init; }
    public required DateTimeOffset At { get; init; }
}
