namespace SkillStation.Contracts.Acceptance;

/// <summary>The attendance sheet of a session is closed; what was not confirmed counts as absent.</summary>
public sealed record SessionClosed
{
    public required Guid ClassId { get; init; }
    public required Guid SessionId { get; init; }
    public required int Number { get; init; }
    public required int Present { get; init; }
    public required int Absent { get; init; }
    /// <summary>True when time closed it, not the institution.</summary>
    public required bool Automatic { get; init; }
    public required DateTimeOffset At { get; init; }
}
