using SkillStation.Contracts;
using SkillStation.Platform.Http;

namespace SkillStation.Dispatch.Domain;

internal enum RequestState
{
    /// <summary>A check failed, and a person at the station has to look.</summary>
    AwaitingTriage,
    /// <summary>The station asked the resident something.</summary>
    Asked,
    Refused,
    /// <summary>Stands in a pool, in the order of QueuedAt.</summary>
    Pooled,
    /// <summary>An institution has accepted the pool; a seat, or a place on the waitlist, follows.</summary>
    Placed,
    Withdrawn,
    /// <summary>No class could be made of it; the demand stays counted.</summary>
    Unserved,
    /// <summary>The class is over for this person.</summary>
    Done,
}

/// <summary>A resident's request as the station sees it. Its row names the pool that it stands in, so it is never in two.</summary>
internal sealed class PooledRequest
{
    private PooledRequest()
    {
    }

    public Guid Id { get; private set; }
    public Guid ResidentId { get; private set; }
    public string CourseCode { get; private set; } = "";
    public string OccupationCode { get; private set; } = "";
    public string StationCode { get; private set; } = "";
    /// <summary>Empty when the station is not known.</summary>
    public string DistrictCode { get; private set; } = "";
    public string Goal { get; private set; } = "";
    public IReadOnlyList<string> Times { get; private set; } = [];
    public int MaxMinutes { get; private set; }
    public IReadOnlyList<string> Needs { get; private set; } = [];
    public int? Age { get; private set; }
    /// <summary>The instant of submission. It decides the place in every queue and never changes.</summary>
    public DateTimeOffset QueuedAt { get; private set; }
    public RequestState State { get; private set; }
    public IReadOnlyList<string> FailedChecks { get; private set; } = [];
    public DateTimeOffset? EscalatedAt { get; private set; }
    public string? AskedField { get; private set; }
    public string? Question { get; private set; }
    /// <summary>Why it was refused or could not be served.</summary>
    public string? EndCode { get; private set; }
    public string? Alternative { get; private set; }
    public Guid? PoolId { get; private set; }
    /// <summary>How many pools it has been put into.</summary>
    public int Turn { get; private set; }
    /// <summary>How often it went back after its resident declined, or did not answer, a seat.</summary>
    public int TurnsSpent { get; private set; }
    /// <summary>The latest amendment applied.</summary>
    public int Amendment { get; private set; }
    public int Version { get; private set; } = 1;

    public static PooledRequest Receive(
        Guid id, Guid residentId, CourseCopy course, string stationCode, string? districtCode, string goal, IEnumerable<string> times, int maxMinutes, IEnumerable<string> needs, int? age,
        DateTimeOffset submittedAt) => new()
        {
            Id = id,
            ResidentId = residentId,
            CourseCode = course.Code,
            OccupationCode = course.OccupationCode,
            StationCode = stationCode,
            DistrictCode = districtCode ?? "",
            Goal = goal,
            Times = [.. times],
            MaxMinutes = maxMinutes,
            Needs = [.. needs],
            Age = age,
            QueuedAt = submittedAt,
            State = RequestState.AwaitingTriage,
        };

    /// <summary>The withdrawal came before the request itself; the row keeps the request from being taken up later.</summary>
    public static PooledRequest WithdrawnUnseen(Guid id, Guid residentId, DateTimeOffset now) =>
        new() { Id = id, ResidentId = residentId, QueuedAt = now, State = RequestState.Withdrawn };

    public Refusal? Recheck(IReadOnlyList<string> failed)
    {
        if (State != RequestState.AwaitingTriage)
        {
            return RequestRefusals.NotAwaitingTriage;
        }

        FailedChecks = failed;
        return Done();
    }

    public Refusal? Admit(Guid poolId)
    {
        if (State != RequestState.AwaitingTriage)
        {
            return RequestRefusals.NotAwaitingTriage;
        }

        State = RequestState.Pooled;
        return Enter(poolId);
    }

    public Refusal? Ask(string field, string question)
    {
        if (State != RequestState.AwaitingTriage)
        {
            return RequestRefusals.NotAwaitingTriage;
        }

        (State, AskedField, Question) = (RequestState.Asked, field, question);
        return Done();
    }

    public Refusal? Refuse(string code, string alternative)
    {
        if (State != RequestState.AwaitingTriage)
        {
            return RequestRefusals.NotAwaitingTriage;
        }

        (State, EndCode, Alternative) = (RequestState.Refused, code, alternative);
        return Done();
    }

    /// <summary>Nobody looked in time: it goes to the station lead's list, and the district sees it.</summary>
    public Refusal? Escalate(DateTimeOffset now)
    {
        if (State != RequestState.AwaitingTriage)
        {
            return RequestRefusals.NotAwaitingTriage;
        }

        EscalatedAt ??= now;
        return Done();
    }

    public Refusal? Amend(int version, string goal, IEnumerable<string> times, int maxMinutes, IEnumerable<string> needs)
    {
        if (State is not (RequestState.AwaitingTriage or RequestState.Asked or RequestState.Pooled or RequestState.Placed))
        {
            return RequestRefusals.Over;
        }

        if (version <= Amendment)
        {
            return RequestRefusals.AmendmentOutdated;
        }

        (Amendment, Goal, Times, MaxMinutes, Needs) = (version, goal, [.. times], maxMinutes, [.. needs]);
        if (State == RequestState.Asked)
        {
            (State, AskedField, Question) = (RequestState.AwaitingTriage, null, null);
        }

        return Done();
    }

    public Refusal? Withdraw()
    {
        if (State is not (RequestState.AwaitingTriage or RequestState.Asked or RequestState.Pooled or RequestState.Placed))
        {
            return RequestRefusals.Over;
        }

        (State, PoolId) = (RequestState.Withdrawn, null);
        return Done();
    }

    /// <summary>Into another pool, in the same place of the queue.</summary>
    public Refusal? Move(Guid poolId)
    {
        if (State != RequestState.Pooled)
        {
            return RequestRefusals.NotPooled;
        }

        return Enter(poolId);
    }

    /// <summary>An institution has accepted the pool.</summary>
    public Refusal? Place()
    {
        if (State != RequestState.Pooled)
        {
            return RequestRefusals.NotPooled;
        }

        State = RequestState.Placed;
        return Done();
    }

    /// <summary>There is no class after all; the pool looks for another.</summary>
    public Refusal? Unplace()
    {
        if (State != RequestState.Placed)
        {
            return RequestRefusals.NotPlaced;
        }

        State = RequestState.Pooled;
        return Done();
    }

    /// <summary>Whether this reason may put the request back into a pool; the resident's own "no" and silence may only so often.</summary>
    public bool MayReturn(string reason, int secondTurns) => !IsOwn(reason) || TurnsSpent < secondTurns;

    /// <summary>The seat, or the wait for it, is over: into another pool, in the same place of the queue.</summary>
    public Refusal? Return(string reason, int secondTurns, Guid poolId)
    {
        if (State != RequestState.Placed)
        {
            return RequestRefusals.NotPlaced;
        }

        if (!MayReturn(reason, secondTurns))
        {
            return RequestRefusals.NoSecondTurn;
        }

        TurnsSpent += IsOwn(reason) ? 1 : 0;
        State = RequestState.Pooled;
        return Enter(poolId);
    }

    public Refusal? Unserve(string code, string alternative)
    {
        if (State is not (RequestState.Pooled or RequestState.Placed))
        {
            return RequestRefusals.NotPooled;
        }

        (State, EndCode, Alternative, PoolId) = (RequestState.Unserved, code, alternative, null);
        return Done();
    }

    /// <summary>The class is over for this person, with whatever result.</summary>
    public Refusal? Finish()
    {
        if (State != RequestState.Placed)
        {
            return RequestRefusals.NotPlaced;
        }

        State = RequestState.Done;
        return Done();
    }

    private static bool IsOwn(string reason) => reason is SeatReasons.ByResident or SeatReasons.NoAnswer;

    private Refusal? Enter(Guid poolId)
    {
        PoolId = poolId;
        Turn++;
        return Done();
    }

    private Refusal? Done()
    {
        Version++;
        return null;
    }
}

internal static class RequestRefusals
{
    public static readonly Refusal NotFound = Refusal.NotFound("request-not-found", "没有找到这张点单。", "There is no such request.");
    public static readonly Refusal NotAwaitingTriage = new("request-not-awaiting-triage", "这张点单现在不在等待审核。", "This request is not waiting to be looked at.");
    public static readonly Refusal NotPooled = new("request-not-pooled", "这张点单现在不在拼班。", "This request is not in a pool.");
    public static readonly Refusal NotPlaced = new("request-not-placed", "这张点单现在没有班。", "This request has no class.");
    public static readonly Refusal Over = new("request-over", "这张点单已经结束。", "This request is over.");
    public static readonly Refusal AmendmentOutdated = new("amendment-outdated", "这次修改已经被更新的修改代替。", "A later amendment has replaced this one.");
    public static readonly Refusal NoSecondTurn = new("no-second-turn", "这张点单已经重新排过一次队。", "This request has been put back once already.");
    public static readonly Refusal AlternativeNeeded = Refusal.OfField("alternative", "alternative-needed", "不能接单时，请给居民另一个办法。", "When refusing, offer the resident another way.");
    public static readonly Refusal OtherCourseUnknown = Refusal.OfField("alternative.courseCode", "alternative-course-not-found", "课程目录里没有推荐的这门课。", "The course you suggest is not in the catalogue.");
    public static readonly Refusal OtherStationUnknown = Refusal.OfField("alternative.stationCode", "alternative-station-not-found", "没有推荐的这个站点。", "There is no such station to suggest.");
    public static readonly Refusal AlternativeSame = Refusal.OfField("alternative.courseCode", "alternative-same-course", "推荐的课程不能就是这张点单的课程。", "Suggest another course than the one asked for.");
}
