namespace SkillStation.Contracts.Acceptance;

/// <summary>The last session is closed; what is left is the assessment, if the course has one.</summary>
public sealed record TeachingEnded
{
    public required Guid ClassId { get; init; }
    /// <summary>One of <see cref="Assessments"/>.</summary>
    public required string Assessment { get; init; }
    public required DateTimeOffset At { get; init; }
}
