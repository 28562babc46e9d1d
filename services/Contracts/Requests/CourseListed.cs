namespace SkillStation.Contracts.Requests;

/// <summary>A course stands in the catalogue, or was changed there; the highest <see cref="Version"/> counts.</summary>
public sealed record CourseListed
{
    public required string CourseCode { get; init; }
    public required int Version { get; init; }
    public required string Name { get; init; }
    public required string NameEn { get; init; }
    public required string OccupationCode { get; init; }
    /// <summary>None, L5 (初级) … L1.</summary>
    public required string Level { get; init; }
    public required string TrainingKind { get; init; }
    /// <summary>Chinese cluster tags.</summary>
    public required IReadOnlyList<string> Clusters { get; init; }
    /// <summary>Class hours of 45 minutes.</summary>
    public required decimal Hours { get; init; }
    public required int MinSize { get; init; }
    public required int MaxSize { get; init; }
    /// <summary>One of <see cref="Assessments"/>.</summary>
    public required string Assessment { get; init; }
    public required string Credential { get; init; }
    /// <summary>One of <see cref="FilingModes"/>.</summary>
    public required string Filing { get; init; }
    /// <summary>One of <see cref="FollowUpRules"/>.</summary>
    public required string FollowUp { get; init; }
    /// <summary>Whether a ready pool may be dispatched without a person pressing the button.</summary>
    public required bool AutoDispatch { get; init; }
    /// <summary>Youngest age admitted, in years.</summary>
    public required int AgeMin { get; init; }
    public required DateTimeOffset At { get; init; }
}
