namespace SkillStation.Contracts.Dispatch;

/// <summary>A pool is offered to one institution (派单).</summary>
public sealed record ClassOffered
{
    public required Guid OfferId { get; init; }
    public required Guid PoolId { get; init; }
    /// <summary>1 for the pool's first offer.</summary>
    public required int Attempt { get; init; }
    public required string InstitutionCode { get; init; }
    public required string StationCode { get; init; }
    public required string DistrictCode { get; init; }
    public required string CourseCode { get; init; }
    public required string TimePattern { get; init; }
    public required IReadOnlyList<OfferedLearner> Learners { get; init; }
    /// <summary>Why this institution, from the numbers used (PIPL art. 24).</summary>
    public required IReadOnlyList<ReasonGiven> Reasons { get; init; }
    /// <summary>True when the district assigned the class and it cannot be declined.</summary>
    public required bool Forced { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>One person of an offered pool, in the order of the queue.</summary>
public sealed record OfferedLearner
{
    public required Guid RequestId { get; init; }
    public required Guid ResidentId { get; init; }
    public required DateTimeOffset QueuedAt { get; init; }
    public required IReadOnlyList<string> Needs { get; init; }
}

/// <summary>A reason in both languages.</summary>
public sealed record ReasonGiven
{
    public required string Code { get; init; }
    public required string Chinese { get; init; }
    public required string English { get; init; }
}
