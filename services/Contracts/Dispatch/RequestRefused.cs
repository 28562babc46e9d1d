namespace SkillStation.Contracts.Dispatch;

/// <summary>The station refuses a request. There is always another way offered.</summary>
public sealed record RequestRefused
{
    public required Guid RequestId { get; init; }
    /// <summary>Refusal code of domain rule O4 (SameOccupationThisYear, AgeOutOfRange …).</summary>
    public required string Code { get; init; }
    public required AlternativeOffered Alternative { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>What the resident can do instead.</summary>
public sealed record AlternativeOffered
{
    /// <summary>OtherCourse, UnsubsidisedSeat or OtherStation.</summary>
    public required string Kind { get; init; }
    public string? CourseCode { get; init; }
    public string? StationCode { get; init; }
    /// <summary>The same in plain words.</summary>
    public required string Text { get; init; }
    /// <summary>The same in English; null where a person wrote the words.</summary>
    public string? TextEn { get; init; }
}
