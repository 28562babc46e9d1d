namespace SkillStation.Contracts.Acceptance;

/// <summary>A learner has the hours and, where the course asks for one, a passed assessment (结业).</summary>
public sealed record LearnerCompleted
{
    public required Guid ClassId { get; init; }
    public required Guid RequestId { get; init; }
    public required Guid ResidentId { get; init; }
    public required string CourseCode { get; init; }
    public required string StationCode { get; init; }
    public required string InstitutionCode { get; init; }
    /// <summary>One of <see cref="FollowUpRules"/>.</summary>
    public required string FollowUp { get; init; }
    /// <summary>Class hours attended, and of how many.</summary>
    public required decimal HoursAttended { get; init; }
    public required decimal HoursScheduled { get; init; }
    public required DateTimeOffset At { get; init; }
}
