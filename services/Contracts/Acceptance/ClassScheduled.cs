namespace SkillStation.Contracts.Acceptance;

/// <summary>A class has its timetable, rooms and teachers (已排课).</summary>
public sealed record ClassScheduled
{
    public required Guid ClassId { get; init; }
    public required Guid OfferId { get; init; }
    public required Guid PoolId { get; init; }
    public required int Attempt { get; init; }
    public required string InstitutionCode { get; init; }
    public required string StationCode { get; init; }
    public required string DistrictCode { get; init; }
    public required string CourseCode { get; init; }
    public required string TrainingKind { get; init; }
    /// <summary>Seats: never more than the smallest room or the course allows.</summary>
    public required int Capacity { get; init; }
    public required string Venue { get; init; }
    public required IReadOnlyList<SessionPlanned> Sessions { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>One block of the timetable (课次).</summary>
public sealed record SessionPlanned
{
    public required Guid SessionId { get; init; }
    /// <summary>1 for the first.</summary>
    public required int Number { get; init; }
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    /// <summary>Class hours of 45 minutes.</summary>
    public required decimal Hours { get; init; }
}
