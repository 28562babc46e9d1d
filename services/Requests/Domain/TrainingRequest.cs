using System.Globalization;
using SkillStation.Contracts;
using SkillStation.Platform.Http;

namespace SkillStation.Requests.Domain;

/// <summary>
/// Where a request stands. Being dispatched, escalated, accepted and scheduled are not here: they are said of the pool, once for
/// all its members, and are looked up when the request is shown.
/// </summary>
internal enum RequestStatus
{
    Submitted,
    NeedsInfo,
    Admitted,
    Pooled,
    SeatOffered,
    Waitlisted,
    SeatConfirmed,
    InClass,
    AwaitingRating,
    Closed,
    Refused,
    Withdrawn,
    Unserved,
    Dropped,
}

/// <summary>How far the follow-up after the course has come; it never goes back.</summary>
internal enum Placement
{
    None,
    Open,
    Placed,
    Sustained,
    Closed,
}

/// <summary>
/// A resident's wish for a course, and the resident's view of everything that becomes of it (点单). Other services' news may come late,
/// twice or in another order than it happened; what is older than what is known is refused as outdated and ignored by the caller.
/// </summary>
internal sealed class TrainingRequest
{
    private readonly List<RequestEvent> history = [];

    private TrainingRequest()
    {
    }

    public Guid Id { get; private set; }
    public Guid ResidentId { get; private set; }
    public string CourseCode { get; private set; } = "";
    public string StationCode { get; private set; } = "";
    public string Goal { get; private set; } = "";
    public IReadOnlyList<string> Times { get; private set; } = [];
    /// <summary>Longest way there, in minutes.</summary>
    public int MaxMinutes { get; private set; }
    public IReadOnlyList<string> Needs { get; private set; } = [];
    /// <summary>Words to the station; they stay here.</summary>
    public string? Note { get; private set; }
    /// <summary>Where the resident set out from when asking; it stays here.</summary>
    public double? HomeLongitude { get; private set; }
    public double? HomeLatitude { get; private set; }
    public DateTimeOffset SubmittedAt { get; private set; }
    public RequestStatus Status { get; private set; }
    /// <summary>Resident and occupation until the training is over, then null; unique, so that nobody has two open requests for the same occupation.</summary>
    public string? OpenKey { get; private set; }
    public int Version { get; private set; } = 1;

    public DateTimeOffset? AdmittedAt { get; private set; }
    public string? Question { get; private set; }
    public string? QuestionField { get; private set; }
    public DateTimeOffset? QuestionAt { get; private set; }
    /// <summary>When the resident last changed the request; a question asked before is answered by that.</summary>
    public DateTimeOffset? AmendedAt { get; private set; }

    /// <summary>Null before the first pool, and between two.</summary>
    public Guid? PoolId { get; private set; }
    public int Turn { get; private set; }
    public string? TimePattern { get; private set; }
    public DateTimeOffset? QueuedAt { get; private set; }
    public DateTimeOffset? PooledAt { get; private set; }

    /// <summary>The class in which there is, or may be, a seat.</summary>
    public Guid? ClassId { get; private set; }
    public DateTimeOffset? FirstSessionAt { get; private set; }
    /// <summary>1 for the first to move up when the class opened; null when not on a waitlist.</summary>
    public int? WaitlistPlace { get; private set; }
    /// <summary>When the newest news about a seat was made.</summary>
    public DateTimeOffset? SeatAt { get; private set; }
    public int SeatsGivenBack { get; private set; }

    /// <summary>Whether the learner was seen in class; null while nobody has said.</summary>
    public bool? Attended { get; private set; }
    public bool? Completed { get; private set; }
    public decimal? HoursAttended { get; private set; }
    public decimal? HoursScheduled { get; private set; }
    public string? InstitutionCode { get; private set; }
    public string? CredentialNumber { get; private set; }
    public string? CredentialKind { get; private set; }
    public DateOnly? CredentialIssuedOn { get; private set; }
    public DateTimeOffset? RatingOpenedAt { get; private set; }
    public DateTimeOffset? RatedAt { get; private set; }

    /// <summary>Why it ended without success; a word of the service that ended it.</summary>
    public string? EndCode { get; private set; }
    public Alternative? Alternative { get; private set; }

    public Placement Placement { get; private set; }
    public string? PlacementResult { get; private set; }

    public IReadOnlyList<RequestEvent> History => history;

    /// <summary>Whether the training has not begun and nothing has ended the request.</summary>
    public bool IsBeforeClass => Status is RequestStatus.Submitted or RequestStatus.NeedsInfo or RequestStatus.Admitted or RequestStatus.Pooled
        or RequestStatus.SeatOffered or RequestStatus.Waitlisted or RequestStatus.SeatConfirmed;

    public static TrainingRequest Submit(
        Guid id, Guid residentId, Course course, string stationCode, string goal, IReadOnlyList<string> times, int maxMinutes, IReadOnlyList<string> needs,
        string? note, Place? home, DateTimeOffset now)
    {
        var request = new TrainingRequest
        {
            Id = id,
            ResidentId = residentId,
            CourseCode = course.Code,
            StationCode = stationCode,
            Goal = goal,
            Times = times,
            MaxMinutes = maxMinutes,
            Needs = needs,
            Note = note,
            HomeLongitude = home?.Longitude,
            HomeLatitude = home?.Latitude,
            SubmittedAt = now,
            Status = RequestStatus.Submitted,
            OpenKey = $"{residentId:N}/{course.OccupationCode}",
        };
        request.history.Add(new RequestEvent(now, EventCode.Submitted, null, null));
        return request;
    }

    // What the resident does, or fails to do in time.

    /// <summary>Changes the wish, until a seat is offered. Where the times no longer suit the pool, Dispatch moves the request and its place is kept.</summary>
    public Refusal? Amend(string goal, IReadOnlyList<string> times, int maxMinutes, IReadOnlyList<string> needs, string? note, DateTimeOffset now)
    {
        if (Status is not (RequestStatus.Submitted or RequestStatus.NeedsInfo or RequestStatus.Admitted or RequestStatus.Pooled))
        {
            return RequestRefusals.NotAmendable;
        }

        (Goal, Times, MaxMinutes, Needs, Note, AmendedAt) = (goal, times, maxMinutes, needs, note, now);
        var answers = Status == RequestStatus.NeedsInfo;
        if (answers)
        {
            Status = RequestStatus.Submitted;
        }

        return Done(now, answers ? EventCode.Answered : EventCode.Amended);
    }

    public Refusal? Withdraw(DateTimeOffset now)
    {
        if (!IsBeforeClass)
        {
            return Status == RequestStatus.InClass ? RequestRefusals.ClassBegan : RequestRefusals.Over;
        }

        End(RequestStatus.Withdrawn, SeatReasons.ByResident);
        return Done(now, EventCode.Withdrawn);
    }

    public Refusal? WithdrawUnanswered(DateTimeOffset dueAt, DateTimeOffset now)
    {
        if (Status != RequestStatus.NeedsInfo || dueAt <= QuestionAt)
        {
            return RequestRefusals.Outdated;
        }

        End(RequestStatus.Withdrawn, SeatReasons.NoAnswer);
        return Done(now, EventCode.WithdrawnUnanswered);
    }

    public Refusal? ConfirmSeat(DateTimeOffset now)
    {
        if (SeatToAnswer() is { } refusal)
        {
            return refusal;
        }

        Status = RequestStatus.SeatConfirmed;
        return Done(now, EventCode.SeatConfirmed);
    }

    public Refusal? DeclineSeat(DateTimeOffset now)
    {
        if (SeatToAnswer() is { } refusal)
        {
            return refusal;
        }

        GiveSeatBack();
        return Done(now, EventCode.SeatDeclined);
    }

    public Refusal? LapseSeat(DateTimeOffset dueAt, DateTimeOffset now)
    {
        if (Status != RequestStatus.SeatOffered || dueAt <= SeatAt)
        {
            return RequestRefusals.Outdated;
        }

        GiveSeatBack();
        return Done(now, EventCode.SeatLapsed);
    }

    public Refusal? Rate(DateTimeOffset now)
    {
        if (Status != RequestStatus.AwaitingRating)
        {
            return RatedAt is null ? RequestRefusals.RatingNotOpen : RequestRefusals.AlreadyRated;
        }

        Status = RequestStatus.Closed;
        RatedAt = now;
        return Done(now, EventCode.Rated);
    }

    public Refusal? CloseUnrated(DateTimeOffset dueAt, DateTimeOffset now)
    {
        if (Status != RequestStatus.AwaitingRating || dueAt <= RatingOpenedAt)
        {
            return RequestRefusals.Outdated;
        }

        Status = RequestStatus.Closed;
        return Done(now, EventCode.NotRated);
    }

    // What the station does.

    public Refusal? Admit(DateTimeOffset at)
    {
        if (!IsBeforeClass || AdmittedAt is not null)
        {
            return RequestRefusals.Outdated;
        }

        AdmittedAt = at;
        if (Status is RequestStatus.Submitted or RequestStatus.NeedsInfo)   // else the pool's news was here first
        {
            Status = RequestStatus.Admitted;
        }

        return Done(at, EventCode.Admitted);
    }

    public Refusal? Ask(string field, string question, DateTimeOffset at)
    {
        if (Status != RequestStatus.Submitted || at <= QuestionAt || at <= AmendedAt)
        {
            return RequestRefusals.Outdated;
        }

        (Status, QuestionField, Question, QuestionAt) = (RequestStatus.NeedsInfo, field, question, at);
        return Done(at, EventCode.InformationRequested, question);
    }

    public Refusal? Refuse(string code, Alternative alternative, DateTimeOffset at)
    {
        if (Status is not (RequestStatus.Submitted or RequestStatus.NeedsInfo))
        {
            return RequestRefusals.Outdated;
        }

        Alternative = alternative;
        End(RequestStatus.Refused, code);
        return Done(at, EventCode.Refused, code);
    }

    /// <summary>Stands in a pool. The highest turn counts; a seat in a class of that pool, or of a later one, is kept.</summary>
    public Refusal? Pool(Guid poolId, int turn, string timePattern, DateTimeOffset queuedAt, DateTimeOffset at)
    {
        if (Status == RequestStatus.Pooled && turn == Turn && PoolId is not null && PoolId != poolId && at > PooledAt)
        {
            (PoolId, TimePattern, QueuedAt, PooledAt) = (poolId, timePattern, queuedAt, at);   // the pool was decided again, since who decides was restored from a backup
            Version++;
            return null;
        }

        if (!IsBeforeClass || turn <= Turn)
        {
            return RequestRefusals.Outdated;
        }

        (Turn, QueuedAt) = (turn, queuedAt);
        var seatCameFirst = ClassId is not null && (PoolId == poolId || SeatAt > at);
        if (!seatCameFirst)
        {
            LeaveClass();
            (Status, PoolId, TimePattern, PooledAt) = (RequestStatus.Pooled, poolId, timePattern, at);
        }
        else if (PoolId == poolId)
        {
            (TimePattern, PooledAt) = (timePattern, at);
        }

        return Done(at, turn == 1 ? EventCode.Pooled : EventCode.Repooled, poolId: poolId);
    }

    public Refusal? Unserve(string code, Alternative alternative, DateTimeOffset at)
    {
        if (!IsBeforeClass)
        {
            return RequestRefusals.Outdated;
        }

        LeaveClass();
        Alternative = alternative;
        End(RequestStatus.Unserved, code);
        return Done(at, EventCode.Unserved, code);
    }

    // What the institution does.

    public Refusal? OfferSeat(Guid classId, Guid poolId, DateTimeOffset firstSessionAt, bool fromWaitlist, DateTimeOffset at)
    {
        if (!IsBeforeClass || IsOldSeatNews(poolId, at) || (ClassId == classId && Status is RequestStatus.SeatOffered or RequestStatus.SeatConfirmed))
        {
            return RequestRefusals.Outdated;
        }

        (Status, PoolId, ClassId, FirstSessionAt, WaitlistPlace, SeatAt) = (RequestStatus.SeatOffered, poolId, classId, firstSessionAt, null, at);
        return Done(at, fromWaitlist ? EventCode.MovedUp : EventCode.SeatOffered);
    }

    public Refusal? Waitlist(Guid classId, Guid poolId, int place, DateTimeOffset at)
    {
        if (!IsBeforeClass || IsOldSeatNews(poolId, at) || (ClassId == classId && Status is RequestStatus.SeatOffered or RequestStatus.SeatConfirmed))
        {
            return RequestRefusals.Outdated;
        }

        (Status, PoolId, ClassId, WaitlistPlace, SeatAt) = (RequestStatus.Waitlisted, poolId, classId, place, at);
        return Done(at, EventCode.Waitlisted, place.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The seat, or the wait for one, is over; the station puts the request into another pool, or says why not.</summary>
    public Refusal? ReleaseSeat(Guid classId, Guid poolId, string reason, DateTimeOffset at)
    {
        if (!IsBeforeClass || !IsAbout(classId, poolId) || at < SeatAt)
        {
            return RequestRefusals.Outdated;
        }

        LeaveClass();
        (Status, PoolId, SeatAt) = (RequestStatus.Pooled, null, at);
        return Done(at, EventCode.SeatReleased, reason);
    }

    /// <summary>The class will not be held; the pool stays together and is offered to another institution.</summary>
    public Refusal? CancelClass(Guid classId, Guid poolId, DateTimeOffset at)
    {
        if (!(IsBeforeClass || Status == RequestStatus.InClass) || !IsAbout(classId, poolId) || at < SeatAt)
        {
            return RequestRefusals.Outdated;
        }

        LeaveClass();
        (Status, PoolId, SeatAt) = (RequestStatus.Pooled, poolId, at);
        return Done(at, EventCode.ClassCancelled);
    }

    public Refusal? StartClass(Guid classId, DateTimeOffset at)
    {
        if (Status != RequestStatus.SeatConfirmed || ClassId != classId)
        {
            return RequestRefusals.Outdated;
        }

        Status = RequestStatus.InClass;
        return Done(at, EventCode.ClassStarted);
    }

    public Refusal? Complete(Guid classId, decimal hoursAttended, decimal hoursScheduled, DateTimeOffset at)
    {
        if (!HasBeenIn(classId) || Completed is not null)
        {
            return RequestRefusals.Outdated;
        }

        (Completed, Attended, HoursAttended, HoursScheduled) = (true, true, hoursAttended, hoursScheduled);
        return Done(at, EventCode.Completed);
    }

    /// <summary>Did not complete. Who never came is out at once; who came waits for the end of the class and may rate it.</summary>
    public Refusal? Drop(Guid classId, string reason, bool attended, DateTimeOffset at)
    {
        if (!HasBeenIn(classId) || Completed is not null)
        {
            return RequestRefusals.Outdated;
        }

        (Completed, Attended, EndCode) = (false, attended, reason);
        if ((reason == DropReasons.NoShow || !attended) && Status is RequestStatus.SeatConfirmed or RequestStatus.InClass)
        {
            End(RequestStatus.Dropped, reason);
            return Done(at, EventCode.Dropped, reason);
        }

        return Done(at, EventCode.NotCompleted, reason);
    }

    public Refusal? Certify(Guid classId, string number, string kind, DateOnly issuedOn, DateTimeOffset at)
    {
        if (!HasBeenIn(classId) || Status == RequestStatus.Dropped || CredentialNumber is not null)
        {
            return RequestRefusals.Outdated;
        }

        (CredentialNumber, CredentialKind, CredentialIssuedOn) = (number, kind, issuedOn);
        return Done(at, EventCode.CredentialIssued, number);
    }

    /// <summary>The class is over. Who attended may rate it; the occupation is free for a new request from here on.</summary>
    public Refusal? FinishClass(Guid classId, string institutionCode, bool attended, DateTimeOffset at)
    {
        if (Status is not (RequestStatus.SeatConfirmed or RequestStatus.InClass) || ClassId != classId)
        {
            return RequestRefusals.Outdated;
        }

        (InstitutionCode, Attended) = (institutionCode, attended);
        if (!attended)
        {
            End(RequestStatus.Dropped, EndCode ?? DropReasons.NoShow);
            return Done(at, EventCode.Dropped, EndCode);
        }

        (Status, OpenKey, RatingOpenedAt) = (RequestStatus.AwaitingRating, null, at);
        return Done(at, EventCode.RatingOpened);
    }

    // What happens after the course.

    public Refusal? Follow(Placement reached, EventCode code, DateTimeOffset at, string? detail = null)
    {
        Placement = (Placement)Math.Max((int)Placement, (int)reached);
        if (code == EventCode.FollowUpClosed)
        {
            PlacementResult = detail;
        }

        return Done(at, code, detail);
    }

    private Refusal? SeatToAnswer() => Status switch
    {
        RequestStatus.SeatOffered => null,
        RequestStatus.SeatConfirmed => RequestRefusals.SeatConfirmedAlready,
        _ => RequestRefusals.NoSeatOffered,
    };

    private void GiveSeatBack()
    {
        LeaveClass();
        (Status, PoolId) = (RequestStatus.Pooled, null);
        SeatsGivenBack++;
    }

    private void LeaveClass() => (ClassId, FirstSessionAt, WaitlistPlace) = (null, null, null);

    private void End(RequestStatus status, string? code) => (Status, OpenKey, EndCode) = (status, null, code);

    private bool IsAbout(Guid classId, Guid poolId) => ClassId == classId || (ClassId is null && PoolId == poolId);

    // A pool that is not ours is either one that we have left or one that we have not heard of yet; the instants tell which.
    private bool IsOldSeatNews(Guid poolId, DateTimeOffset at) => at < SeatAt || (PoolId is not null && PoolId != poolId && at < PooledAt);

    private bool HasBeenIn(Guid classId) => ClassId == classId
        && Status is RequestStatus.SeatConfirmed or RequestStatus.InClass or RequestStatus.AwaitingRating or RequestStatus.Closed or RequestStatus.Dropped;

    private Refusal? Done(DateTimeOffset at, EventCode code, string? detail = null, Guid? poolId = null)
    {
        history.Add(new RequestEvent(at, code, detail, poolId));
        Version++;
        return null;
    }
}

/// <summary>What the resident can do instead.</summary>
internal sealed class Alternative(string kind, string? courseCode, string? stationCode, string text, string? textEn)
{
    public string Kind { get; private set; } = kind;
    public string? CourseCode { get; private set; } = courseCode;
    public string? StationCode { get; private set; } = stationCode;
    public string Text { get; private set; } = text;
    /// <summary>The same in English; null where a person wrote the words.</summary>
    public string? TextEn { get; private set; } = textEn;
}

internal static class RequestRefusals
{
    public static readonly Refusal NotFound = Refusal.NotFound("request-not-found", "没有找到这份点单。", "There is no such request.");
    public static readonly Refusal CourseNotFound = Refusal.OfField("courseCode", "course-not-found", "没有找到这门课，请从课程目录里选。", "There is no such course; please choose one from the catalogue.");
    public static readonly Refusal StationNotFound = Refusal.OfField("stationCode", "station-not-found", "没有找到这个站点，请从附近的站点里选。", "There is no such station; please choose one near you.");
    public static readonly Refusal StationOrPlaceNeeded = Refusal.OfField("stationCode", "station-or-place-needed", "请选一个站点，或者告诉我们您的位置。", "Choose a station, or tell us where you are.");
    public static readonly Refusal ConsentNeeded = new("consent-needed", "您收回了办理点单的同意。要继续点单，请先重新同意。", "You took back your consent to our handling requests. To ask for a course, please give it again.");
    public static readonly Refusal AlreadyOpen = new("request-already-open", "这个工种您已经点过单，还在办理中。可以查看那份点单，或撤回后再点。", "You have asked for this occupation already and that request is still open. Look at it, or withdraw it first.", Field: "courseCode");
    public static readonly Refusal NotAmendable = new("request-not-amendable", "课已经排好，或者点单已经结束，不能再修改。", "The class is set, or the request is over; it can no longer be changed.");
    public static readonly Refusal ClassBegan = new("class-began", "培训已经开始，不能撤回。要退班请联系站点或培训机构。", "The training has begun, so the request cannot be withdrawn. To leave the class, please talk to the station or the institution.");
    public static readonly Refusal Over = new("request-over", "这份点单已经结束。", "This request is over.");
    public static readonly Refusal NoSeatOffered = new("no-seat-offered", "现在没有等您确认的名额。", "There is no seat waiting for your answer.");
    public static readonly Refusal SeatConfirmedAlready = new("seat-confirmed-already", "这个名额您已经确认。不能来上课的话，请撤回点单。", "You have confirmed this seat. If you cannot come, please withdraw the request.");
    public static readonly Refusal RatingNotOpen = new("rating-not-open", "上过课、培训结束之后才能评价，并且要在期限之内。", "Only somebody who attended can rate, after the training is over and before the time for it ends.");
    public static readonly Refusal AlreadyRated = new("already-rated", "您已经评价过了，谢谢。", "You have rated this already, thank you.");
    /// <summary>Not for people: news that is older than what is known.</summary>
    public static readonly Refusal Outdated = new("outdated", "这条消息已经过时。", "This news is outdated.");
}
