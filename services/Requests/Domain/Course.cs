namespace SkillStation.Requests.Domain;

/// <summary>An entry of the catalogue (课程).</summary>
internal sealed class Course
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string NameEn { get; init; }
    public required string OccupationCode { get; init; }
    public required string OccupationName { get; init; }
    public required string Level { get; init; }
    public required string TrainingKind { get; init; }
    /// <summary>Chinese tags with semicolons between them.</summary>
    public required string Clusters { get; init; }
    /// <summary>Class hours of 45 minutes.</summary>
    public required decimal Hours { get; init; }
    public required int MinSize { get; init; }
    public required int MaxSize { get; init; }
    /// <summary>Yuan; 0 for free.</summary>
    public required decimal Fee { get; init; }
    public required string Assessment { get; init; }
    public required string Credential { get; init; }
    public required string Filing { get; init; }
    public required string FollowUp { get; init; }
    public required bool AutoDispatch { get; init; }
    public required int AgeMin { get; init; }
    /// <summary>Which permission to work the course does not give; empty when that is no question.</summary>
    public required string LicenceWarning { get; init; }
    public required string LicenceWarningEn { get; init; }
    public required string Summary { get; init; }
    public required string SummaryEn { get; init; }
    public required string Certainty { get; init; }
    /// <summary>Everything that a search looks through, in capitals.</summary>
    public required string SearchText { get; init; }
    public int Version { get; private set; } = 1;
}
