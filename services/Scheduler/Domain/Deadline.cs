using SkillStation.Platform.Http;

namespace SkillStation.Scheduler.Domain;

internal enum DeadlineState
{
    /// <summary>The clock runs.</summary>
    Running,
    /// <summary>All of its time is gone and nobody has done what it waits for.</summary>
    Overdue,
    /// <summary>Done in time.</summary>
    Met,
    /// <summary>Done, but after the time was gone.</summary>
    MetLate,
    /// <summary>All of its time is gone, and silence was an answer too: nothing is waited for any more.</summary>
    Lapsed,
}

/// <summary>How far a deadline has run; the names are those of Contracts.DeadlineStages.</summary>
internal enum DeadlineStage
{
    None,
    Half,
    FourFifths,
    Due,
}

/// <summary>One run of a clock (时限): until when something has to be done, and how far that time has gone.</summary>
internal sealed class Deadline
{
    private Deadline()
    {
    }

    /// <summary>Order of creation; lists go by it.</summary>
    public long Seq { get; private set; }
    public Guid Id { get; private set; }
    public string Kind { get; private set; } = "";
    public Guid SubjectId { get; private set; }
    /// <summary>1 for the first run of this clock.</summary>
    public int Round { get; private set; }
    /// <summary>The class of a session, the offer of a class; null where the subject is not a part of something.</summary>
    public Guid? PartOf { get; private set; }
    /// <summary>When that happened which set the clock; a session's clock is set before it starts to run.</summary>
    public DateTimeOffset SetAt { get; private set; }
    public DateTimeOffset StartedAt { get; private set; }
    public DateTimeOffset HalfAt { get; private set; }
    public DateTimeOffset FourFifthsAt { get; private set; }
    public DateTimeOffset DueAt { get; private set; }
    /// <summary>How much of <see cref="DueAt"/> makes up for outages of ours.</summary>
    public TimeSpan ExtendedBy { get; private set; }
    public DeadlineStage Stage { get; private set; }
    /// <summary>When the next stage is reached; null when there is none, or the clock is stopped.</summary>
    public DateTimeOffset? NextStageAt { get; private set; }
    public DateTimeOffset? StoppedAt { get; private set; }
    public DeadlineState State { get; private set; }
    public int Version { get; private set; } = 1;

    public static Deadline Start(
        Guid id, string kind, Guid subjectId, int round, Guid? partOf, DateTimeOffset setAt, DateTimeOffset startedAt, DateTimeOffset halfAt, DateTimeOffset fourFifthsAt, DateTimeOffset dueAt) =>
        new()
        {
            Id = id,
            Kind = kind,
            SubjectId = subjectId,
            Round = round,
            PartOf = partOf,
            SetAt = setAt,
            StartedAt = startedAt,
            HalfAt = halfAt,
            FourFifthsAt = fourFifthsAt,
            DueAt = dueAt,
            NextStageAt = halfAt,
        };

    /// <summary>What it waits for was done. The instant of the deed decides whether it was in time, not the instant of the news.</summary>
    public Refusal? Stop(DateTimeOffset at)
    {
        if (StoppedAt is not null)
        {
            return DeadlineRefusals.AlreadyStopped;
        }

        if (at < SetAt)
        {
            return DeadlineRefusals.OlderThanStart;
        }

        StoppedAt = at;
        NextStageAt = null;
        State = at <= DueAt ? DeadlineState.Met : DeadlineState.MetLate;
        Version++;
        return null;
    }

    /// <summary>The stages that time has reached since the last look, in their order; none when there is nothing new.</summary>
    /// <param name="silenceAnswers">Whether nothing is waited for once the time is gone.</param>
    public IReadOnlyList<DeadlineStage> Reach(DateTimeOffset now, bool silenceAnswers = false)
    {
        var reached = new List<DeadlineStage>();
        while (NextStageAt <= now)
        {
            Stage++;
            reached.Add(Stage);
            NextStageAt = At(Stage + 1);
        }

        if (Stage == DeadlineStage.Due && State == DeadlineState.Running)
        {
            (State, StoppedAt) = silenceAnswers ? (DeadlineState.Lapsed, (DateTimeOffset?)DueAt) : (DeadlineState.Overdue, null);
        }

        Version += reached.Count > 0 ? 1 : 0;
        return reached;
    }

    /// <summary>Gives back the time of an outage: everything that has not been reached yet moves.</summary>
    public Refusal? Extend(TimeSpan by)
    {
        if (State != DeadlineState.Running)
        {
            return DeadlineRefusals.NotRunning;
        }

        HalfAt = Stage < DeadlineStage.Half ? HalfAt + by : HalfAt;
        FourFifthsAt = Stage < DeadlineStage.FourFifths ? FourFifthsAt + by : FourFifthsAt;
        DueAt += by;
        ExtendedBy += by;
        NextStageAt = At(Stage + 1);
        Version++;
        return null;
    }

    private DateTimeOffset? At(DeadlineStage stage) => stage switch
    {
        DeadlineStage.Half => HalfAt,
        DeadlineStage.FourFifths => FourFifthsAt,
        DeadlineStage.Due => DueAt,
        _ => null,
    };
}

/// <summary>
/// What was heard about the clock of one subject, running or not. Facts come in any order: the latest counts, and at the same
/// instant a stop goes before a start. Every fact changes this row, so that two of them cannot be applied side by side.
/// </summary>
internal sealed class Clock(string kind, Guid subjectId)
{
    public string Kind { get; private set; } = kind;
    public Guid SubjectId { get; private set; } = subjectId;
    public int Rounds { get; private set; }
    /// <summary>The latest fact that started it.</summary>
    public DateTimeOffset? SetAt { get; private set; }
    /// <summary>The latest fact that stopped it, or would have.</summary>
    public DateTimeOffset? StoppedAt { get; private set; }
    /// <summary>The clock that the latest stop starts in turn, if it turns out that there was something to stop.</summary>
    public string? Then { get; private set; }
    /// <summary>Known from the first fact that named it.</summary>
    public string? TrainingKind { get; private set; }
    public int Version { get; private set; } = 1;

    /// <summary>Whether a fact of this instant is older than what is known.</summary>
    public bool IsPast(DateTimeOffset at) => at <= StoppedAt || at <= SetAt;

    public void Start(DateTimeOffset at)
    {
        SetAt = at;
        Rounds++;
        Version++;
    }

    /// <summary>Remembers a stop; true when it is the latest.</summary>
    public bool Stop(DateTimeOffset at, string? then)
    {
        Version++;
        if (at <= StoppedAt)
        {
            return false;
        }

        StoppedAt = at;
        Then = then;
        return true;
    }

    /// <summary>A start that was overtaken by its own stop: gives the clock that the stop starts in turn, once.</summary>
    public string? TakeThen(DateTimeOffset startedAt)
    {
        Version++;
        if (startedAt <= SetAt || startedAt > StoppedAt)
        {
            return null;
        }

        SetAt = startedAt;
        var then = Then;
        Then = null;
        return then;
    }

    public void Touch(string? trainingKind = null)
    {
        TrainingKind = trainingKind ?? TrainingKind;
        Version++;
    }
}

internal static class DeadlineRefusals
{
    public static readonly Refusal AlreadyStopped = new("deadline-already-stopped", "这个时限已经结束。", "This deadline has ended already.");
    public static readonly Refusal OlderThanStart = new("deadline-started-later", "这条消息早于时限的开始。", "This happened before the deadline began.");
    public static readonly Refusal NotRunning = new("deadline-not-running", "这个时限没有在计时。", "This deadline is not running.");
}
