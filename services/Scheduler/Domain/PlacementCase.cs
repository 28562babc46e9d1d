using SkillStation.Platform.Http;

namespace SkillStation.Scheduler.Domain;

internal enum CaseState
{
    Open,
    /// <summary>Looking for work; the station gives guidance (职业指导).</summary>
    Guiding,
    /// <summary>At least one job was suggested (岗位推荐).</summary>
    Referred,
    /// <summary>At work by the learner's own word; not counted.</summary>
    PlacedUnverified,
    /// <summary>At work, with proof.</summary>
    Placed,
    /// <summary>Nobody was reached at two points in a row; an answer brings the case back.</summary>
    Lost,
    /// <summary>Over: still at work after half a year.</summary>
    Sustained,
    /// <summary>Over with another result.</summary>
    Closed,
    /// <summary>Over: the resident does not want to be asked.</summary>
    ClosedByRequest,
}

internal enum CaseResult
{
    Sustained,
    NotSustained,
    SustainedUnknown,
    Lost,
    ByRequest,
}

/// <summary>What a step of a case brought about, for those who are told.</summary>
/// <param name="Opened">Points at which to ask now.</param>
/// <param name="Missed">Points at which nobody was reached.</param>
/// <param name="PlacedAt">The point at which work was proven for the first time; null otherwise.</param>
/// <param name="Closed">The result when the case is over with this step.</param>
internal sealed record CaseStep(IReadOnlyList<FollowUpTask> Opened, IReadOnlyList<FollowUpTask> Missed, FollowUpTask? PlacedAt, CaseResult? Closed);

/// <summary>Whether a course led to work: a learner is asked at set points for half a year (就业跟踪).</summary>
internal sealed class PlacementCase
{
    /// <summary>Points of proven work that a sustained placement needs, of <see cref="LastPoints"/>.</summary>
    private const int PointsNeeded = 3;
    private const int LastPoints = 4;
    private readonly List<FollowUpTask> tasks = [];

    private PlacementCase()
    {
    }

    public Guid Id { get; private set; }
    public Guid RequestId { get; private set; }
    public Guid ResidentId { get; private set; }
    public string StationCode { get; private set; } = "";
    public string CourseCode { get; private set; } = "";
    public string InstitutionCode { get; private set; } = "";
    public DateTimeOffset CompletedAt { get; private set; }
    public DateTimeOffset OpenedAt { get; private set; }
    public CaseState State { get; private set; }
    public CaseResult? Result { get; private set; }
    /// <summary>Point at which work was proven for the first time.</summary>
    public int? PlacedPoint { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    /// <summary>The next day on which time alone changes something; null when the case is over.</summary>
    public DateOnly? NextOn { get; private set; }
    public int Version { get; private set; } = 1;
    public IReadOnlyList<FollowUpTask> Tasks => tasks;

    public bool IsOver => State is CaseState.Sustained or CaseState.Closed or CaseState.ClosedByRequest;
    private IEnumerable<FollowUpTask> InOrder => tasks.OrderBy(t => t.Point);
    private FollowUpTask Last => InOrder.Last();

    public static PlacementCase Open(
        Guid id, Guid requestId, Guid residentId, string stationCode, string courseCode, string institutionCode, DateTimeOffset completedAt, DateTimeOffset now, IEnumerable<FollowUpTask> points)
    {
        var placement = new PlacementCase
        {
            Id = id,
            RequestId = requestId,
            ResidentId = residentId,
            StationCode = stationCode,
            CourseCode = courseCode,
            InstitutionCode = institutionCode,
            CompletedAt = completedAt,
            OpenedAt = now,
        };
        placement.tasks.AddRange(points);
        placement.NextOn = placement.NextDay();
        return placement;
    }

    /// <summary>Time goes on: points open, their windows end, and after the last one the case is decided.</summary>
    public (CaseStep? Step, Refusal? Refusal) Advance(DateOnly today, DateTimeOffset now)
    {
        if (IsOver)
        {
            return (null, PlacementRefusals.CaseClosed);
        }

        var (opened, missed) = (new List<FollowUpTask>(), new List<FollowUpTask>());
        foreach (var task in InOrder)
        {
            if (task.Open(today) is null)
            {
                opened.Add(task);
            }

            if (task.Miss(today) is null)
            {
                missed.Add(task);
                State = StateAfterMiss();
            }
        }

        var closed = today > Last.WindowEnds ? Close(Verdict(windowIsOver: true)!.Value, now) : null;
        if (opened.Count == 0 && missed.Count == 0 && closed is null)
        {
            return (null, PlacementRefusals.NothingDue);
        }

        NextOn = NextDay();
        Version++;
        return (new CaseStep([.. opened.Where(t => t.State == FollowUpState.Due)], missed, null, closed), null);
    }

    /// <summary>What was found at a point.</summary>
    public (CaseStep? Step, Refusal? Refusal) Answer(FollowUpTask task, Outcome outcome, Evidence? evidence, DateTimeOffset now)
    {
        if (IsOver)
        {
            return (null, PlacementRefusals.CaseClosed);
        }

        if (task.Answer(outcome, evidence, now) is { } refusal)
        {
            return (null, refusal);
        }

        State = StateAfterAnswer(outcome, task.IsProvenWork);
        var placed = task.IsProvenWork && PlacedPoint is null ? task : null;
        PlacedPoint ??= placed?.Point;
        var closed = task == Last && Verdict(windowIsOver: false) is { } result ? Close(result, now) : null;
        NextOn = NextDay();
        Version++;
        return (new CaseStep([], [], placed, closed), null);
    }

    /// <summary>A job was suggested.</summary>
    public Refusal? Refer()
    {
        if (IsOver)
        {
            return PlacementRefusals.CaseClosed;
        }

        if (State is not (CaseState.Open or CaseState.Guiding or CaseState.Referred))
        {
            return PlacementRefusals.NotLooking;
        }

        State = CaseState.Referred;
        Version++;
        return null;
    }

    /// <summary>The resident does not want to be asked any more; always allowed.</summary>
    public Refusal? CloseByRequest(DateTimeOffset now)
    {
        if (IsOver)
        {
            return PlacementRefusals.CaseClosed;
        }

        Close(CaseResult.ByRequest, now);
        Version++;
        return null;
    }

    /// <summary>Gives back the days of an outage to the points whose window ended in it.</summary>
    public Refusal? ExtendWindows(DateOnly from, DateOnly to)
    {
        if (IsOver)
        {
            return PlacementRefusals.CaseClosed;
        }

        foreach (var task in tasks.Where(t => !t.IsOver && t.WindowEnds >= from && t.WindowEnds < to))
        {
            task.Extend(to.DayNumber - from.DayNumber);
        }

        NextOn = NextDay();
        Version++;
        return null;
    }

    private CaseState StateAfterAnswer(Outcome outcome, bool proven)
    {
        if (outcome.IsEmployed())
        {
            return proven || State == CaseState.Placed ? CaseState.Placed : CaseState.PlacedUnverified;
        }

        return outcome switch
        {
            Outcome.Unreachable => TwoMissed() ? CaseState.Lost : State,
            Outcome.NotKnown => State,
            Outcome.Refused => State == CaseState.Lost ? CaseState.Open : State,
            Outcome.Seeking => State == CaseState.Referred ? CaseState.Referred : CaseState.Guiding,
            _ => State is CaseState.Guiding or CaseState.Referred ? State : CaseState.Open,
        };
    }

    private CaseState StateAfterMiss() => TwoMissed() ? CaseState.Lost : State == CaseState.Open ? CaseState.Guiding : State;

    private bool TwoMissed()
    {
        var over = InOrder.Where(t => t.IsOver).TakeLast(2).ToList();
        return over.Count == 2 && over.TrueForAll(t => t.FoundNobody);
    }

    /// <summary>The result, once the last point says enough; null while it may still be answered better.</summary>
    private CaseResult? Verdict(bool windowIsOver)
    {
        var last = Last;
        if (last.IsProvenWork)
        {
            return InOrder.TakeLast(LastPoints).Count(t => t.IsProvenWork) >= PointsNeeded ? CaseResult.Sustained : CaseResult.NotSustained;
        }

        if (last.Outcome is { } outcome && !outcome.IsEmployed() && !outcome.IsOpen())
        {
            return CaseResult.NotSustained;
        }

        return !windowIsOver ? null : State == CaseState.Lost ? CaseResult.Lost : CaseResult.SustainedUnknown;
    }

    private CaseResult? Close(CaseResult result, DateTimeOffset now)
    {
        foreach (var task in tasks.Where(t => !t.IsOver))
        {
            task.Cancel();
        }

        (Result, ClosedAt, NextOn) = (result, now, null);
        State = result switch
        {
            CaseResult.Sustained => CaseState.Sustained,
            CaseResult.ByRequest => CaseState.ClosedByRequest,
            _ => CaseState.Closed,
        };
        return result;
    }

    private DateOnly? NextDay() => IsOver
        ? null
        : tasks.Where(t => t.State == FollowUpState.Waiting).Select(t => t.OpensOn)
            .Concat(tasks.Where(t => t.State == FollowUpState.Due).Select(t => t.WindowEnds.AddDays(1)))
            .Append(Last.WindowEnds.AddDays(1))
            .Min();
}

/// <summary>A job that was suggested to somebody (岗位推荐); a note, not a placement.</summary>
internal sealed class JobReferral
{
    public required Guid Id { get; init; }
    public required Guid CaseId { get; init; }
    /// <summary>Employer and post, without anything about a person.</summary>
    public required string Post { get; init; }
    public required string OccupationCode { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>Whether a resident may be asked about work. Opening a case changes this row too, so that a no at the same moment is not missed.</summary>
internal sealed class ContactConsent(Guid residentId)
{
    public Guid ResidentId { get; private set; } = residentId;
    public bool Granted { get; private set; }
    public DateTimeOffset? At { get; private set; }
    public int Version { get; private set; } = 1;

    /// <summary>True when this is the latest word.</summary>
    public bool Hear(bool granted, DateTimeOffset at)
    {
        if (at <= At)
        {
            return false;
        }

        (Granted, At) = (granted, at);
        Version++;
        return true;
    }

    public void Touch() => Version++;
}

internal static class PlacementRefusals
{
    public static readonly Refusal NotFound = Refusal.NotFound("case-not-found", "没有找到这份就业跟踪。", "There is no such case.");
    public static readonly Refusal StationNotFound = Refusal.NotFound("station-not-found", "没有找到这个站点。", "There is no such station.");
    public static readonly Refusal CaseClosed = new("case-closed", "这份就业跟踪已经结束。", "This case is closed.");
    public static readonly Refusal NotLooking = new("case-not-looking", "这位学员目前不在找工作，或者联系不上，不能推荐岗位。", "This learner is at work or cannot be reached; a job cannot be suggested now.");
    public static readonly Refusal NothingDue = new("case-nothing-due", "今天没有需要处理的事。", "Nothing is due for this case today.");
    public static readonly Refusal PersonalData = Refusal.OfField("post", "personal-data-in-text", "请不要写电话号码或证件号码。", "Leave out phone and ID numbers.");
}
