namespace SkillStation.Contracts.Requests;

/// <summary>A resident asked for a course (点单).</summary>
public sealed record RequestSubmitted
{
    public required Guid RequestId { get; init; }
    public required Guid ResidentId { get; init; }
    public required string CourseCode { get; init; }
    public required string StationCode { get; init; }
    /// <summary>One of <see cref="Goals"/>.</summary>
    public required string Goal { get; init; }
    /// <summary>Any of <see cref="TimePatterns"/>; at least one.</summary>
    public required IReadOnlyList<string> Times { get; init; }
    /// <summary>Longest way there that the resident accepts, in minutes.</summary>
    public required int MaxMinutes { get; init; }
    /// <summary>Accessibility codes (Wheelchair, SignLanguage, Cantonese …); empty for none.</summary>
    public required IReadOnlyList<string> Needs { get; init; }
    /// <summary>Whole years at submission; null when the resident gave no date of birth.</summary>
    public int? Age { get; init; }
    /// <summary>Whether the resident agreed to be asked about work afterwards.</summary>
    public required bool MayContact { get; init; }
    public required DateTimeOffset At { get; init; }
}
