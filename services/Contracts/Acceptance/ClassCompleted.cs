namespace SkillStation.Contracts.Acceptance;

/// <summary>Every learner of a class has an end result; those who attended may rate now.</summary>
public sealed record ClassCompleted
{
    public required Guid ClassId { get; init; }
    public required Guid PoolId { get; init; }
    public required string InstitutionCode { get; init; }
    /// <summary>Requests of the learners who were seen in at least one session.</summary>
    public required IReadOnlyList<Guid> Attended { get; init; }
    public required int Completed { get; init; }
    public required int NotCompleted { get; init; }
    /// <summary>Hours attended of hours scheduled, 0 to 1.</summary>
    public required decimal AttendanceRate { get; init; }
    public required DateTimeOffset At { get; init; }
}
