using SkillStation.Platform.Http;

namespace SkillStation.Dispatch.Domain;

/// <summary>The words travel in PoolChanged (Contracts.PoolStates).</summary>
internal enum PoolState
{
    Forming,
    Ready,
    Dispatching,
    Accepted,
    Escalated,
    Closed,
}

/// <summary>Requests for one course, in one district, at one time pattern, waiting to become a class (拼班).</summary>
internal sealed class DemandPool
{
    private readonly List<PoolEvent> history = [];

    private DemandPool()
    {
    }

    public Guid Id { get; private set; }
    public string CourseCode { get; private set; } = "";
    public string TrainingKind { get; private set; } = "";
    public string DistrictCode { get; private set; } = "";
    /// <summary>The station that looks after it: that of the first member.</summary>
    public string StationCode { get; private set; } = "";
    public string TimePattern { get; private set; } = "";
    public int Threshold { get; private set; }
    public int MaxSize { get; private set; }
    public PoolState State { get; private set; }
    /// <summary>Counted here and not from the requests, so that two who join at the same time collide on <see cref="Version"/> and the last place is given once.</summary>
    public int Members { get; private set; }
    /// <summary>Offers made.</summary>
    public int Attempt { get; private set; }
    /// <summary>Offers that came to nothing by the institution's doing.</summary>
    public int FailedOffers { get; private set; }
    /// <summary>The offer that is open or accepted now.</summary>
    public Guid? OfferId { get; private set; }
    public Guid? ClassId { get; private set; }
    public bool Widened { get; private set; }
    public bool EscalatedToCity { get; private set; }
    public string? EndCode { get; private set; }
    public DateTimeOffset OpenedAt { get; private set; }
    /// <summary>Course, district and pattern while it gathers its first members; unique, so that two who come first at the same time meet in one pool.</summary>
    public string? GatherKey { get; private set; }
    public int Version { get; private set; } = 1;
    public IReadOnlyList<PoolEvent> History => history;

    public int Missing => Math.Max(0, Threshold - Members);

    public static DemandPool Open(Guid id, CourseCopy course, string districtCode, string stationCode, string timePattern, DateTimeOffset now)
    {
        var pool = new DemandPool
        {
            Id = id,
            CourseCode = course.Code,
            TrainingKind = course.TrainingKind,
            DistrictCode = districtCode,
            StationCode = stationCode,
            TimePattern = timePattern,
            Threshold = course.MinSize,
            MaxSize = course.MaxSize,
            State = PoolState.Forming,
            OpenedAt = now,
            GatherKey = $"{course.Code}|{districtCode}|{timePattern}",
        };
        pool.Note(now, "Opened", $"开始拼班，满 {pool.Threshold} 人就可以派单。", $"Gathering began; {pool.Threshold} people make a class.");
        return pool;
    }

    public Refusal? Join(DateTimeOffset now)
    {
        if (State is not (PoolState.Forming or PoolState.Ready))
        {
            return PoolRefusals.NotGathering;
        }

        if (Members >= MaxSize)
        {
            return PoolRefusals.Full;
        }

        Members++;
        Note(now, "Joined", $"加入一人，现在 {Members} 人。", $"One person joined; {Members} now.");
        Settle(now);
        return Done();
    }

    public Refusal? Leave(DateTimeOffset now)
    {
        if (State == PoolState.Closed)
        {
            return PoolRefusals.Closed;
        }

        if (Members == 0)
        {
            return PoolRefusals.Empty;
        }

        Members--;
        Note(now, "Left", $"离开一人，现在 {Members} 人。", $"One person left; {Members} now.");
        if (State is PoolState.Forming or PoolState.Ready || (State == PoolState.Escalated && Members == 0))
        {
            Settle(now);
        }

        return Done();
    }

    /// <summary>Too few came in time: people of neighbouring districts may join, once.</summary>
    public Refusal? Widen(DateTimeOffset now)
    {
        if (State != PoolState.Forming)
        {
            return PoolRefusals.NotGathering;
        }

        if (Widened)
        {
            return PoolRefusals.AlreadyWidened;
        }

        Widened = true;
        Note(now, "Widened", $"到时间还差 {Missing} 人，扩大到相邻的区继续拼班。", $"Still {Missing} short when the time was up; open to neighbouring districts now.");
        return Done();
    }

    public Refusal? Dispatch(Guid offerId, InstitutionCopy institution, DateTimeOffset now)
    {
        if (State != PoolState.Ready)
        {
            return State is PoolState.Dispatching or PoolState.Accepted ? PoolRefusals.AlreadyDispatched : PoolRefusals.NotReady;
        }

        return Offer(offerId, institution, now, "Offered", $"派给{institution.Name}。", $"Offered to {institution.NameEn}.");
    }

    /// <summary>The district decides whom to give it to.</summary>
    public Refusal? Assign(Guid offerId, InstitutionCopy institution, DateTimeOffset now)
    {
        if (State != PoolState.Escalated)
        {
            return PoolRefusals.NotEscalated;
        }

        EscalatedToCity = false;
        return Offer(offerId, institution, now, "Assigned", $"区里指定{institution.Name}承接。", $"The district assigned {institution.NameEn}.");
    }

    public Refusal? Accept(Guid classId, DateTimeOffset now)
    {
        if (State != PoolState.Dispatching)
        {
            return PoolRefusals.NotDispatched;
        }

        (State, ClassId) = (PoolState.Accepted, classId);
        Note(now, "Accepted", "机构已接单。", "The institution accepted.");
        return Done();
    }

    /// <summary>The offer, or the class that came of it, is gone: everybody keeps their place and the pool looks for another.</summary>
    /// <param name="failed">Whether it counts against the number of offers after which the district decides.</param>
    public Refusal? TakeBack(string code, bool failed, DateTimeOffset now)
    {
        if (State is not (PoolState.Dispatching or PoolState.Accepted))
        {
            return PoolRefusals.NotDispatched;
        }

        (State, OfferId, ClassId) = (PoolState.Forming, null, null);
        FailedOffers += failed ? 1 : 0;
        Note(now, code, $"这次派单没有成（{code}），大家的排队次序不变。", $"This offer came to nothing ({code}); everybody keeps their place.");
        Settle(now);
        return Done();
    }

    public Refusal? Escalate(string code, string chinese, string english, DateTimeOffset now)
    {
        if (State != PoolState.Ready)
        {
            return PoolRefusals.NotReady;
        }

        State = PoolState.Escalated;
        Note(now, code, chinese, english);
        return Done();
    }

    /// <summary>The district did not decide in time either: the city sees it.</summary>
    public Refusal? EscalateToCity(DateTimeOffset now)
    {
        if (State != PoolState.Escalated)
        {
            return PoolRefusals.NotEscalated;
        }

        if (EscalatedToCity)
        {
            return PoolRefusals.CityKnows;
        }

        EscalatedToCity = true;
        Note(now, "EscalatedToCity", "区里到时间没有决定，已报市里。", "The district did not decide in time; the city has been told.");
        return Done();
    }

    /// <summary>The class began.</summary>
    public Refusal? Hold(DateTimeOffset now)
    {
        if (State != PoolState.Accepted)
        {
            return PoolRefusals.NotAccepted;
        }

        Close("ClassHeld", "已经开班。", "The class began.", now);
        return Done();
    }

    /// <summary>No class comes of it: too few people after widening, or by the district's decision.</summary>
    public Refusal? GiveUp(string code, string chinese, string english, DateTimeOffset now)
    {
        if (State is not (PoolState.Forming or PoolState.Escalated))
        {
            return State == PoolState.Closed ? PoolRefusals.Closed : PoolRefusals.NotEscalated;
        }

        Members = 0;
        Close(code, chinese, english, now);
        return Done();
    }

    /// <summary>A line of history that changes nothing else.</summary>
    public void Note(DateTimeOffset now, string code, string chinese, string english) => history.Add(new PoolEvent(now, code, chinese, english));

    private Refusal? Offer(Guid offerId, InstitutionCopy institution, DateTimeOffset now, string code, string chinese, string english)
    {
        (State, OfferId) = (PoolState.Dispatching, offerId);
        Attempt++;
        Note(now, code, $"第 {Attempt} 次派单：{chinese}", $"Offer {Attempt}: {english}");
        return Done();
    }

    private void Settle(DateTimeOffset now)
    {
        if (Members == 0)
        {
            Close("Empty", "人都离开了。", "Everybody left.", now);
        }
        else if (Members >= Threshold && State == PoolState.Forming)
        {
            (State, GatherKey) = (PoolState.Ready, null);
            Note(now, "Ready", "人数够了，可以派单。", "Enough people; ready to be dispatched.");
        }
        else if (Members < Threshold && State == PoolState.Ready)
        {
            State = PoolState.Forming;
            Note(now, "TooFewAgain", $"还差 {Missing} 人，继续拼班。", $"{Missing} short again; gathering goes on.");
        }
    }

    private void Close(string code, string chinese, string english, DateTimeOffset now)
    {
        (State, EndCode, GatherKey, OfferId) = (PoolState.Closed, code, null, null);
        Note(now, code, chinese, english);
    }

    private Refusal? Done()
    {
        Version++;
        return null;
    }
}

/// <summary>One line of a pool's history.</summary>
internal sealed class PoolEvent(DateTimeOffset at, string code, string chinese, string english)
{
    public long Seq { get; private set; }
    public DateTimeOffset At { get; private set; } = at;
    public string Code { get; private set; } = code;
    public string Chinese { get; private set; } = chinese;
    public string English { get; private set; } = english;
}

internal static class PoolRefusals
{
    public static readonly Refusal NotFound = Refusal.NotFound("pool-not-found", "没有找到这个拼班。", "There is no such pool.");
    public static readonly Refusal NotGathering = new("pool-not-gathering", "这个拼班现在不再加人。", "This pool takes nobody in now.");
    public static readonly Refusal Full = new("pool-full", "这个拼班已经满员。", "This pool is full.");
    public static readonly Refusal Empty = new("pool-empty", "这个拼班里没有人。", "Nobody is in this pool.");
    public static readonly Refusal Closed = new("pool-closed", "这个拼班已经结束。", "This pool is over.");
    public static readonly Refusal AlreadyWidened = new("pool-already-widened", "这个拼班已经扩大过一次。", "This pool has been widened once already.");
    public static readonly Refusal NotReady = new("pool-not-ready", "这个拼班现在还不能派单。", "This pool is not ready to be dispatched.");
    public static readonly Refusal AlreadyDispatched = new("pool-already-dispatched", "这个拼班已经派出去了。", "This pool has been dispatched already.");
    public static readonly Refusal NotDispatched = new("pool-not-dispatched", "这个拼班没有派出去的单。", "This pool has no offer to take back.");
    public static readonly Refusal NotAccepted = new("pool-not-accepted", "还没有机构接这个拼班。", "No institution has accepted this pool.");
    public static readonly Refusal NotEscalated = new("pool-not-escalated", "这个拼班不在等区里决定。", "This pool is not waiting for the district's decision.");
    public static readonly Refusal CityKnows = new("city-knows-already", "市里已经知道这个拼班。", "The city knows of this pool already.");
    public static readonly Refusal NoInstitution = new("no-institution", "现在没有符合条件的机构，请看候选名单里的原因。", "No institution qualifies at present; see the list of candidates for why.");
    public static readonly Refusal InstitutionNotEligible = new("institution-not-eligible", "这家机构现在不能承接，请看候选名单里的原因。", "This institution cannot be offered the class now; see the list of candidates for why.", Field: "institutionCode");
    public static readonly Refusal InstitutionNotQualified = new("institution-not-qualified", "这家机构没有这门课的有效资质，不能指定。", "This institution is not qualified for the course and cannot be assigned.", Field: "institutionCode");
    public static readonly Refusal InstitutionUnknown = Refusal.OfField("institutionCode", "institution-not-found", "没有这家机构。", "There is no such institution.");
    public static readonly Refusal ReasonNeeded = Refusal.OfField("reason", "reason-needed", "不选排第一的机构时，请写明原因。", "When you do not take the first in rank, say why.");
}
