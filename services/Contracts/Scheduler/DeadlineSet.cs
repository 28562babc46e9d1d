namespace SkillStation.Contracts.Scheduler;

/// <summary>A clock runs, or was moved because the system was down; the latest <see cref="At"/> counts.</summary>
public sealed record DeadlineSet
{
    public required Guid DeadlineId { get; init; }
    /// <summary>One of <see cref="DeadlineKinds"/>, which says whose id <see cref="SubjectId"/> is.</summary>
    public required string Kind { get; init; }
    public required Guid SubjectId { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    /// <summary>How much the due time was moved for an outage of ours; zero otherwise.</summary>
    public required TimeSpan ExtendedBy { get; init; }
    public required DateTimeOffset At { get; init; }
}
