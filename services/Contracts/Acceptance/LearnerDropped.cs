namespace SkillStation.Contracts.Acceptance;

/// <summary>A learner left the class, or ended it without completing it.</summary>
public sealed record LearnerDropped
{
    public required Guid ClassId { get; init; }
    public required Guid RequestId { get; init; }
    /// <summary>One of <see cref="DropReasons"/>.</summary>
    public required string Reason { get; init; }
    /// <summary>Whether the learner was ever seen in a session, and so may rate.</summary>
    public required bool Attended { get; init; }
    public required DateTimeOffset At { get; init; }
}
