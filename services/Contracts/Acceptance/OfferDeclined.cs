namespace SkillStation.Contracts.Acceptance;

/// <summary>An institution will not run the class that it was offered, or let the time for an answer or a timetable pass.</summary>
public sealed record OfferDeclined
{
    public required Guid OfferId { get; init; }
    public required Guid PoolId { get; init; }
    public required int Attempt { get; init; }
    public required string InstitutionCode { get; init; }
    /// <summary>One of <see cref="OfferAnswers"/>.</summary>
    public required string Answer { get; init; }
    /// <summary>Decline code of domain rule O8 (NoTeacher, NoRoom …); null when time ran out.</summary>
    public string? Code { get; init; }
    public required DateTimeOffset At { get; init; }
}
