namespace SkillStation.Requests.Domain;

/// <summary>What can happen to a request, or to the pool that it stands in; the words for each are in <see cref="EventWords"/>.</summary>
internal enum EventCode
{
    Submitted,
    Amended,
    Answered,
    Admitted,
    InformationRequested,
    Refused,
    Pooled,
    Repooled,
    Escalated,
    Dispatched,
    OfferAccepted,
    ClassScheduled,
    SeatOffered,
    MovedUp,
    Waitlisted,
    SeatConfirmed,
    SeatDeclined,
    SeatLapsed,
    SeatReleased,
    ClassCancelled,
    ClassStarted,
    Completed,
    NotCompleted,
    Dropped,
    CredentialIssued,
    RatingOpened,
    Rated,
    NotRated,
    Withdrawn,
    WithdrawnUnanswered,
    Unserved,
    FollowUpOpened,
    FollowUpAsked,
    Placed,
    Sustained,
    FollowUpClosed,
}

/// <summary>One line of a request's history.</summary>
internal sealed class RequestEvent(DateTimeOffset at, EventCode code, string? detail, Guid? poolId)
{
    public long Id { get; private set; }
    public DateTimeOffset At { get; private set; } = at;
    public EventCode Code { get; private set; } = code;
    /// <summary>A number, code or question that belongs to it.</summary>
    public string? Detail { get; private set; } = detail;
    /// <summary>The pool that was joined, for Pooled and Repooled.</summary>
    public Guid? PoolId { get; private set; } = poolId;
}
