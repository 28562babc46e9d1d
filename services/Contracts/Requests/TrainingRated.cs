namespace SkillStation.Contracts.Requests;

/// <summary>A learner rated a class (评单). The free text stays in Requests.</summary>
public sealed record TrainingRated
{
    public required Guid RequestId { get; init; }
    public required Guid ClassId { get; init; }
    public required string InstitutionCode { get; init; }
    /// <summary>1 (worst) to 5.</summary>
    public required int Overall { get; init; }
    /// <summary>False when the learner says that the class was not really taught.</summary>
    public required bool ReallyTaught { get; init; }
    /// <summary>True when the learner says that money was asked for.</summary>
    public required bool Charged { get; init; }
    public required DateTimeOffset At { get; init; }
}
