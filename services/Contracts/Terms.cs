namespace SkillStation.Contracts;

// Words that more than one service must spell alike. They travel as text, so that a new word never breaks an old reader.

/// <summary>Training kinds (培训类别); the behaviour of each is in services/Requests/ModelCity/training-kinds.csv.</summary>
public static class TrainingKinds
{
    public const string SkillUpgrade = nameof(SkillUpgrade);
    public const string Apprenticeship = nameof(Apprenticeship);
    public const string ProjectBased = nameof(ProjectBased);
    public const string SpecialTopic = nameof(SpecialTopic);
    public const string PreJob = nameof(PreJob);
    public const string PublicBenefit = nameof(PublicBenefit);
    public const string Entrepreneurship = nameof(Entrepreneurship);
    public const string PracticalPlacement = nameof(PracticalPlacement);
    public const string LifeSkills = nameof(LifeSkills);
}

/// <summary>What a resident hopes for. The first four count as a goal of work and open a placement case.</summary>
public static class Goals
{
    public const string FindJob = nameof(FindJob);
    public const string ChangeJob = nameof(ChangeJob);
    public const string Promotion = nameof(Promotion);
    public const string StartBusiness = nameof(StartBusiness);
    public const string Life = nameof(Life);

    /// <summary>Whether this goal is work, so that completion opens a placement case.</summary>
    public static bool IsWork(string goal) => goal is FindJob or ChangeJob or Promotion or StartBusiness;
}

/// <summary>When people can come, in the rough patterns that requests are pooled by.</summary>
public static class TimePatterns
{
    public const string WeekdayDaytime = nameof(WeekdayDaytime);
    public const string WeekdayEvening = nameof(WeekdayEvening);
    public const string Weekend = nameof(Weekend);
    public static readonly IReadOnlyList<string> All = [WeekdayDaytime, WeekdayEvening, Weekend];
}

/// <summary>Purposes that a resident consents to one by one (PIPL art. 14-16).</summary>
public static class ConsentPurposes
{
    /// <summary>Handling the order itself; without it nothing can be done.</summary>
    public const string HandleRequest = nameof(HandleRequest);
    /// <summary>Being asked after the course whether work was found.</summary>
    public const string FollowUpContact = nameof(FollowUpContact);
    public const string ShareWithEmployers = nameof(ShareWithEmployers);
    public const string FaceCheckIn = nameof(FaceCheckIn);
    public static readonly IReadOnlyList<string> All = [HandleRequest, FollowUpContact, ShareWithEmployers, FaceCheckIn];
}

/// <summary>The clocks that the Scheduler keeps. The comment says whose id the deadline is about, and who acts when it is reached.</summary>
public static class DeadlineKinds
{
    /// <summary>Request id; Dispatch admits or escalates.</summary>
    public const string Triage = nameof(Triage);
    /// <summary>Request id; Requests withdraws for want of an answer.</summary>
    public const string Information = nameof(Information);
    /// <summary>Pool id; Dispatch widens the pool once.</summary>
    public const string PoolClose = nameof(PoolClose);
    /// <summary>Pool id; Dispatch closes the pool as not served.</summary>
    public const string PoolWidenedClose = nameof(PoolWidenedClose);
    /// <summary>Pool id; Dispatch escalates a ready pool that nobody dispatched.</summary>
    public const string PoolDispatch = nameof(PoolDispatch);
    /// <summary>Offer id; Acceptance lets the offer lapse.</summary>
    public const string OfferAnswer = nameof(OfferAnswer);
    /// <summary>Pool id; the district must assign or close.</summary>
    public const string ForcedDecision = nameof(ForcedDecision);
    /// <summary>Class id; Acceptance gives the class back.</summary>
    public const string ClassScheduling = nameof(ClassScheduling);
    /// <summary>Class id; the filing is escalated to the city, never approved by silence.</summary>
    public const string FilingDecision = nameof(FilingDecision);
    /// <summary>Request id; Requests gives the seat back.</summary>
    public const string SeatAnswer = nameof(SeatAnswer);
    /// <summary>Session id; Acceptance closes the attendance sheet as it is.</summary>
    public const string SessionSheet = nameof(SessionSheet);
    /// <summary>Class id; the assessment is overdue and goes to the district.</summary>
    public const string Assessment = nameof(Assessment);
    /// <summary>Request id; Requests closes it as not rated.</summary>
    public const string Rating = nameof(Rating);
}

/// <summary>How far a deadline has run.</summary>
public static class DeadlineStages
{
    public const string Half = nameof(Half);
    public const string FourFifths = nameof(FourFifths);
    public const string Due = nameof(Due);
}

/// <summary>Where a pool stands.</summary>
public static class PoolStates
{
    /// <summary>Collecting people (拼班中).</summary>
    public const string Forming = nameof(Forming);
    /// <summary>Enough people; the station should dispatch it.</summary>
    public const string Ready = nameof(Ready);
    /// <summary>Offered to an institution that has not answered yet (派单中).</summary>
    public const string Dispatching = nameof(Dispatching);
    /// <summary>An institution has accepted (已接单).</summary>
    public const string Accepted = nameof(Accepted);
    /// <summary>Three offers failed, or nobody dispatched in time: the district decides.</summary>
    public const string Escalated = nameof(Escalated);
    /// <summary>Over: its class is held, or it could not be served.</summary>
    public const string Closed = nameof(Closed);
}

/// <summary>How an institution answered, or failed to answer, an offer.</summary>
public static class OfferAnswers
{
    public const string Declined = nameof(Declined);
    /// <summary>Sent back as not meant for this institution (退单).</summary>
    public const string Returned = nameof(Returned);
    public const string Lapsed = nameof(Lapsed);
    /// <summary>Accepted, but no timetable came in time.</summary>
    public const string NotScheduled = nameof(NotScheduled);
}

/// <summary>Why a seat, or the wait for one, ended.</summary>
public static class SeatReasons
{
    /// <summary>The resident said no to this class.</summary>
    public const string ByResident = nameof(ByResident);
    public const string NoAnswer = nameof(NoAnswer);
    public const string Withdrawn = nameof(Withdrawn);
    /// <summary>Still on the waitlist when the class began.</summary>
    public const string ClassFull = nameof(ClassFull);
    /// <summary>The person has another class at the same hours.</summary>
    public const string LearnerClash = nameof(LearnerClash);
}

/// <summary>Why a learner left a class without completing it.</summary>
public static class DropReasons
{
    /// <summary>Absent from the first two sessions.</summary>
    public const string NoShow = nameof(NoShow);
    /// <summary>Attended less than the share of hours that the rule asks for.</summary>
    public const string BelowAttendance = nameof(BelowAttendance);
    public const string FailedAssessment = nameof(FailedAssessment);
    public const string AbsentFromAssessment = nameof(AbsentFromAssessment);
    public const string Withdrawn = nameof(Withdrawn);
}

/// <summary>What a course ends with.</summary>
public static class Assessments
{
    public const string Level = nameof(Level);
    public const string Special = nameof(Special);
    public const string Completion = nameof(Completion);
    public const string PlanReview = nameof(PlanReview);
    public const string Practical = nameof(Practical);
    public const string None = nameof(None);
}

/// <summary>Whether a class needs the district's approval before it opens (开班申请) or is only recorded (备案).</summary>
public static class FilingModes
{
    public const string Approval = nameof(Approval);
    public const string RecordOnly = nameof(RecordOnly);
}

/// <summary>How a filing was decided.</summary>
public static class FilingDecisions
{
    public const string Approved = nameof(Approved);
    public const string Recorded = nameof(Recorded);
    public const string Returned = nameof(Returned);
    public const string Refused = nameof(Refused);
}

/// <summary>Whether completion opens a placement case.</summary>
public static class FollowUpRules
{
    public const string Always = nameof(Always);
    public const string IfGoalIsWork = nameof(IfGoalIsWork);
    public const string Never = nameof(Never);
}
