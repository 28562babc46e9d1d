namespace SkillStation.Contracts.Dispatch;

/// <summary>The station needs to know more before it can take the request on.</summary>
public sealed record InformationRequested
{
    public required Guid RequestId { get; init; }
    /// <summary>The field of the request that is in question (goal, times, maxMinutes, needs).</summary>
    public required string Field { get; init; }
    /// <summary>What the station asks, in plain words, without personal data.</summary>
    public required string Question { get; init; }
    public required DateTimeOffset At { get; init; }
}
