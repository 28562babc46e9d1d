namespace SkillStation.Contracts.Scheduler;

/// <summary>A clock has run to half, four fifths, or all of its time. Who owns the subject decides what that means.</summary>
public sealed record DeadlineReached
{
    public required Guid DeadlineId { get; init; }
    /// <summary>One of <see cref="DeadlineKinds"/>.</summary>
    public required string Kind { get; init; }
    public required Guid SubjectId { get; init; }
    /// <summary>One of <see cref="DeadlineStages"/>.</summary>
    public required string Stage { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required DateTimeOffset At { get; init; }
}
