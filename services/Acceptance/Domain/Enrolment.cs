using SkillStation.Contracts;

namespace SkillStation.Acceptance.Domain;

internal enum EnrolmentState
{
    Waitlisted,
    Offered,
    Confirmed,
    Released,
    Dropped,
    Completed,
    NotCompleted,
}

/// <summary>One person in one class, from the waitlist to the result.</summary>
internal sealed class Enrolment
{
    public required Guid ClassId { get; init; }
    public required Guid RequestId { get; init; }
    public required Guid ResidentId { get; init; }
    public required DateTimeOffset QueuedAt { get; init; }
    /// <summary>Learner number in this class: the place in the queue, 1 for the first.</summary>
    public required int Number { get; init; }
    /// <summary>Codes with semicolons between them.</summary>
    public required string Needs { get; init; }
    public EnrolmentState State { get; private set; }
    /// <summary>1 to the capacity; null without a seat.</summary>
    public int? SeatNumber { get; private set; }
    /// <summary>One of SeatReasons or DropReasons, or ClassCancelled.</summary>
    public string? Reason { get; private set; }
    public decimal HoursAttended { get; private set; }
    public int SessionsSeen { get; private set; }
    /// <summary>How many of the first two sessions were missed without leave.</summary>
    public int FirstMissed { get; private set; }
    public decimal? Theory { get; private set; }
    public decimal? Practical { get; private set; }
    public bool AbsentFromAssessment { get; private set; }
    /// <summary>Who assessed, which must not be who taught (教考分离).</summary>
    public string? Assessor { get; private set; }
    public DateTimeOffset? AssessedAt { get; private set; }
    public string? CredentialNumber { get; private set; }

    /// <summary>Has a seat or waits for one.</summary>
    public bool IsActive => State is EnrolmentState.Waitlisted or EnrolmentState.Offered or EnrolmentState.Confirmed;
    public bool HasSeat => State is EnrolmentState.Offered or EnrolmentState.Confirmed;
    public bool Attended => SessionsSeen > 0;

    internal void OfferSeat(int number) => (State, SeatNumber) = (EnrolmentState.Offered, number);

    internal void Confirm() => State = EnrolmentState.Confirmed;

    internal void Release(string reason) => (State, SeatNumber, Reason) = (EnrolmentState.Released, null, reason);

    internal void Drop(string reason) => (State, Reason) = (EnrolmentState.Dropped, reason);

    internal void Complete() => State = EnrolmentState.Completed;

    internal void TakeMark(ClassSession session, AttendanceMark? before, AttendanceMark after)
    {
        HoursAttended += session.Credit(after) - session.Credit(before);
        SessionsSeen += (Attendance.Seen(after) ? 1 : 0) - (Attendance.Seen(before) ? 1 : 0);
    }

    internal void MissFirst() => FirstMissed++;

    internal void TakeResult(AssessmentResult result, bool passed, DateTimeOffset now)
    {
        (Theory, Practical, AbsentFromAssessment, Assessor, AssessedAt) = (result.Theory, result.Practical, result.Absent, result.Assessor, now);
        State = passed ? EnrolmentState.Completed : EnrolmentState.NotCompleted;
        Reason = passed ? null : result.Absent ? DropReasons.AbsentFromAssessment : DropReasons.FailedAssessment;
    }

    internal bool HasResult(AssessmentResult result) =>
        AssessedAt is not null && Theory == result.Theory && Practical == result.Practical && AbsentFromAssessment == result.Absent;

    internal void Give(string credentialNumber) => CredentialNumber = credentialNumber;
}

/// <summary>Marks of 100, or absence.</summary>
internal sealed record AssessmentResult(Guid RequestId, decimal? Theory, decimal? Practical, bool Absent, string Assessor);
