namespace SkillStation.Contracts.Acceptance;

/// <summary>An institution may run a course, at a level and kind, between two dates.</summary>
public sealed record QualificationGranted
{
    public required Guid QualificationId { get; init; }
    public required string InstitutionCode { get; init; }
    public required string CourseCode { get; init; }
    public required string Level { get; init; }
    public required string TrainingKind { get; init; }
    public required DateOnly ValidFrom { get; init; }
    /// <summary>Last day, inclusive.</summary>
    public required DateOnly ValidTo { get; init; }
    public required DateTimeOffset At { get; init; }
}
