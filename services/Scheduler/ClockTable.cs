using SkillStation.Contracts;
using SkillStation.Contracts.Acceptance;
using SkillStation.Contracts.Dispatch;
using SkillStation.Contracts.Requests;
using static SkillStation.Contracts.DeadlineKinds;

namespace SkillStation.Scheduler;

/// <summary>All clocks on one screen: which fact starts which, and which stops it. How long each runs is in deadline-rules.csv.</summary>
internal static class ClockTable
{
    public static IEnumerable<ClockChange> Of(object fact) => fact switch
    {
        // a request
        RequestSubmitted m => [Start(Triage, m.RequestId, m.At, course: m.CourseCode)],
        RequestAdmitted m => [Stop(Triage, m.RequestId, m.At), Stop(Information, m.RequestId, m.At)],
        RequestRefused m => [Stop(Triage, m.RequestId, m.At), Stop(Information, m.RequestId, m.At)],
        InformationRequested m => [Stop(Triage, m.RequestId, m.At), Start(Information, m.RequestId, m.At)],
        RequestAmended m => [Stop(Information, m.RequestId, m.At, then: Triage)],   // the answer brings the request back to the station
        RequestWithdrawn m => [.. Each([Triage, Information, SeatAnswer, Rating], k => Stop(k, m.RequestId, m.At))],

        // a pool: its state says which clock runs
        PoolChanged m =>
        [
            Runs(PoolClose, m.State == PoolStates.Forming && !m.Widened, m),
            Runs(PoolWidenedClose, m.State == PoolStates.Forming && m.Widened, m),
            Runs(PoolDispatch, m.State == PoolStates.Ready, m),
            Runs(ForcedDecision, m.State == PoolStates.Escalated, m),
        ],

        // an offer
        ClassOffered m => [Start(OfferAnswer, m.OfferId, m.At, course: m.CourseCode)],
        OfferAccepted m => [Stop(OfferAnswer, m.OfferId, m.At), Start(ClassScheduling, m.ClassId, m.At, partOf: m.OfferId)],
        OfferDeclined m => [Stop(OfferAnswer, m.OfferId, m.At), new StopParts(ClassScheduling, m.OfferId, m.At)],   // no timetable came in time
        OfferRevoked m => [Stop(OfferAnswer, m.OfferId, m.At)],

        // a class and its sessions
        ClassScheduled m =>
        [
            Stop(ClassScheduling, m.ClassId, m.At),
            new StopParts(SessionSheet, m.ClassId, m.At.AddTicks(-1)),   // of an earlier timetable
            .. Each(m.Sessions, s => Start(SessionSheet, s.SessionId, m.At, from: s.EndsAt, kind: m.TrainingKind, partOf: m.ClassId)),
        ],
        ClassFiled m => m.Mode == FilingModes.Approval ? [Start(FilingDecision, m.ClassId, m.At)] : [],
        FilingDecided m => [Stop(FilingDecision, m.ClassId, m.At)],
        SessionClosed m => [Stop(SessionSheet, m.SessionId, m.At)],
        TeachingEnded m => m.Assessment == Assessments.None ? [] : [Start(Assessment, m.ClassId, m.At)],
        ClassCompleted m => [Stop(Assessment, m.ClassId, m.At), .. Each(m.Attended, r => Start(Rating, r, m.At))],
        ClassCancelled m =>
        [
            .. Each([ClassScheduling, FilingDecision, Assessment], k => Stop(k, m.ClassId, m.At)),
            new StopParts(SessionSheet, m.ClassId, m.At),
            .. Each(m.Requests, r => Stop(SeatAnswer, r, m.At)),
        ],

        // a seat, and what the learner thinks of the class
        SeatOffered m => [Start(SeatAnswer, m.RequestId, m.At)],
        SeatConfirmed m => [Stop(SeatAnswer, m.RequestId, m.At)],
        SeatDeclined m => [Stop(SeatAnswer, m.RequestId, m.At)],
        SeatReleased m => [Stop(SeatAnswer, m.RequestId, m.At)],
        TrainingRated m => [Stop(Rating, m.RequestId, m.At)],

        _ => throw new InvalidOperationException($"The clock table has no line for {fact.GetType().Name}."),
    };

    /// <summary>Whether the end of the time settles the matter, so that nobody owes anything: who does not rate has not rated.</summary>
    public static bool SilenceAnswers(string clock) => clock == Rating;

    private static StartClock Start(string clock, Guid subject, DateTimeOffset at, DateTimeOffset? from = null, string? kind = null, string? course = null, Guid? partOf = null) =>
        new(clock, subject, at, from ?? at, kind, course, partOf);

    private static StopClock Stop(string clock, Guid subject, DateTimeOffset at, string? then = null) => new(clock, subject, at, then);

    private static RunClock Runs(string clock, bool on, PoolChanged pool) => new(clock, pool.PoolId, pool.At, on, pool.TrainingKind);

    private static IEnumerable<ClockChange> Each<T>(IEnumerable<T> items, Func<T, ClockChange> change) => items.Select(change);
}

/// <summary>What one fact does to the clock of one subject. At is when the fact happened.</summary>
internal abstract record ClockChange(string Clock, Guid Subject, DateTimeOffset At);

/// <summary>Starts it, anew where it runs already, unless something later is known. The time counts from <paramref name="From"/>.</summary>
internal sealed record StartClock(string Clock, Guid Subject, DateTimeOffset At, DateTimeOffset From, string? TrainingKind, string? CourseCode, Guid? PartOf) : ClockChange(Clock, Subject, At);

/// <summary>Stops it. Where there was a clock to stop, <paramref name="Then"/> starts in turn.</summary>
internal sealed record StopClock(string Clock, Guid Subject, DateTimeOffset At, string? Then) : ClockChange(Clock, Subject, At);

/// <summary>Stops the clocks of all parts of a subject (the sessions of a class, the class of an offer).</summary>
internal sealed record StopParts(string Clock, Guid Subject, DateTimeOffset At) : ClockChange(Clock, Subject, At);

/// <summary>The subject's latest state says whether it runs; a running one is left alone.</summary>
internal sealed record RunClock(string Clock, Guid Subject, DateTimeOffset At, bool On, string TrainingKind) : ClockChange(Clock, Subject, At);
