using SkillStation.Platform.Http;

namespace SkillStation.Scheduler.Domain;

internal enum FollowUpState
{
    /// <summary>Its day has not come.</summary>
    Waiting,
    /// <summary>The station should ask now.</summary>
    Due,
    Answered,
    /// <summary>Nobody was reached while an answer counted (联系不上).</summary>
    Unreachable,
    /// <summary>Not asked any more, since the case is over.</summary>
    Cancelled,
}

/// <summary>What a follow-up found; domain section 3.4.</summary>
internal enum Outcome
{
    EmployedContract,
    EmployedFlexible,
    SelfEmployed,
    InternshipJianxi,
    RetainedOrPromoted,
    FurtherLearning,
    Seeking,
    NotSeeking,
    LeftCity,
    Unreachable,
    Refused,
    NotKnown,
}

/// <summary>What stands behind an answer, weakest first.</summary>
internal enum Evidence
{
    InstitutionReported,
    SelfReported,
    EmployerConfirmed,
    Document,
    SystemMatch,
}

internal static class Judging
{
    /// <summary>Whether this outcome counts as work.</summary>
    public static bool IsEmployed(this Outcome outcome) =>
        outcome is Outcome.EmployedContract or Outcome.EmployedFlexible or Outcome.SelfEmployed or Outcome.RetainedOrPromoted;

    /// <summary>Whether the question was left without an answer.</summary>
    public static bool IsOpen(this Outcome outcome) => outcome is Outcome.Unreachable or Outcome.Refused or Outcome.NotKnown;

    /// <summary>Whether the evidence is better than somebody's word.</summary>
    public static bool IsProof(this Evidence evidence) => evidence >= Evidence.EmployerConfirmed;
}

/// <summary>One point at which a learner is asked about work (回访任务).</summary>
internal sealed class FollowUpTask
{
    private FollowUpTask()
    {
    }

    public FollowUpTask(Guid id, int point, DateOnly opensOn, DateOnly windowEnds, string channel) =>
        (Id, Point, OpensOn, WindowEnds, Channel) = (id, point, opensOn, windowEnds, channel);

    public long Seq { get; private set; }
    public Guid Id { get; private set; }
    public Guid CaseId { get; private set; }
    /// <summary>Days after completion.</summary>
    public int Point { get; private set; }
    public DateOnly OpensOn { get; private set; }
    /// <summary>Last day on which nobody is late, inclusive.</summary>
    public DateOnly WindowEnds { get; private set; }
    public string Channel { get; private set; } = "";
    public FollowUpState State { get; private set; }
    public Outcome? Outcome { get; private set; }
    public Evidence? Evidence { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }

    public bool IsOver => State is FollowUpState.Answered or FollowUpState.Unreachable or FollowUpState.Cancelled;
    public bool FoundNobody => State == FollowUpState.Unreachable || Outcome == Domain.Outcome.Unreachable;
    public bool IsProvenWork => Outcome?.IsEmployed() == true && Evidence?.IsProof() == true;

    public Refusal? Open(DateOnly today)
    {
        if (State != FollowUpState.Waiting)
        {
            return FollowUpRefusals.AlreadyOpened;
        }

        if (today < OpensOn)
        {
            return FollowUpRefusals.NotDue;
        }

        State = FollowUpState.Due;
        return null;
    }

    public Refusal? Miss(DateOnly today)
    {
        if (State != FollowUpState.Due || today <= WindowEnds)
        {
            return FollowUpRefusals.NotMissed;
        }

        State = FollowUpState.Unreachable;
        return null;
    }

    /// <summary>Takes an answer; a late one too, and a second one where better evidence has turned up.</summary>
    public Refusal? Answer(Outcome outcome, Evidence? evidence, DateTimeOffset at)
    {
        var refusal = State switch
        {
            FollowUpState.Waiting => FollowUpRefusals.NotDue,
            FollowUpState.Cancelled => PlacementRefusals.CaseClosed,
            FollowUpState.Answered when (evidence is { } e ? (int)e : -1) <= (Evidence is { } known ? (int)known : -1) => FollowUpRefusals.AlreadyAnswered,
            _ when evidence == Domain.Evidence.InstitutionReported => FollowUpRefusals.InstitutionAlone,
            _ when evidence is null && !outcome.IsOpen() => FollowUpRefusals.EvidenceNeeded,
            _ => null,
        };
        if (refusal is null)
        {
            (State, Outcome, Evidence, AnsweredAt) = (FollowUpState.Answered, outcome, evidence, at);
        }

        return refusal;
    }

    public Refusal? Cancel()
    {
        if (IsOver)
        {
            return FollowUpRefusals.AlreadyOver;
        }

        State = FollowUpState.Cancelled;
        return null;
    }

    public void Extend(int days) => WindowEnds = WindowEnds.AddDays(days);
}

/// <summary>An answer as it was given; the task keeps the one that counts.</summary>
internal sealed class FollowUpAnswer
{
    public required Guid Id { get; init; }
    public required Guid TaskId { get; init; }
    public required Guid CaseId { get; init; }
    public required Outcome Outcome { get; init; }
    public Evidence? Evidence { get; init; }
    public string? TrainingRelated { get; init; }
    public string? IncomeBand { get; init; }
    public string? Source { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal static class FollowUpRefusals
{
    public static readonly Refusal NotFound = Refusal.NotFound("follow-up-not-found", "没有找到这项回访。", "There is no such follow-up.");
    public static readonly Refusal NotDue = new("follow-up-not-due", "还没到回访的日子。", "It is not time for this follow-up yet.");
    public static readonly Refusal AlreadyOpened = new("follow-up-already-opened", "这项回访已经开始了。", "This follow-up has been opened already.");
    public static readonly Refusal NotMissed = new("follow-up-not-missed", "这项回访没有超过期限。", "This follow-up has not been missed.");
    public static readonly Refusal AlreadyOver = new("follow-up-over", "这项回访已经结束。", "This follow-up is over.");
    public static readonly Refusal AlreadyAnswered = new("already-answered", "这次回访已经有记录了。如果有更可靠的凭证，可以再补登。", "This follow-up has been answered. Only better evidence can be added.");
    public static readonly Refusal InstitutionAlone =
        new("evidence-institution-alone", "不能只凭培训机构的说法，请核对社保记录、材料，或联系用人单位或本人。", "The institution's word alone is not enough. Check the records or a document, or ask the employer or the learner.", Field: "evidence");
    public static readonly Refusal EvidenceNeeded = new("evidence-needed", "请填写这个结果的依据。", "Say what this answer is based on.", Field: "evidence");
}
