using SkillStation.Contracts;
using SkillStation.Contracts.Acceptance;
using SkillStation.Contracts.Dispatch;
using SkillStation.Contracts.Scheduler;

namespace SkillStation.Requests.Domain;

// What other services own and residents want to see here. Each row takes news in any order.

/// <summary>A station, as Dispatch opened it.</summary>
internal sealed class StationCopy
{
    public required string Code { get; init; }
    public string Name { get; private set; } = "";
    public string NameEn { get; private set; } = "";
    public string DistrictCode { get; private set; } = "";
    public string DistrictName { get; private set; } = "";
    public string DistrictNameEn { get; private set; } = "";
    public double Longitude { get; private set; }
    public double Latitude { get; private set; }
    public bool Accessible { get; private set; }
    public DateTimeOffset At { get; private set; }

    public Place Place => new(Longitude, Latitude);

    public void Take(StationOpened news)
    {
        if (news.At < At)
        {
            return;
        }

        (Name, NameEn) = (news.Name, news.NameEn);
        (DistrictCode, DistrictName, DistrictNameEn) = (news.DistrictCode, news.DistrictName, news.DistrictNameEn);
        (Longitude, Latitude, Accessible, At) = (news.Longitude, news.Latitude, news.Accessible, news.At);
    }
}

/// <summary>A pool, as Dispatch sees it: one row tells all its members how far it has come.</summary>
internal sealed class PoolCopy
{
    public required Guid Id { get; init; }
    /// <summary>0 while only an offer is known.</summary>
    public int Version { get; private set; }
    public string CourseCode { get; private set; } = "";
    public string StationCode { get; private set; } = "";
    public string TimePattern { get; private set; } = "";
    /// <summary>One of <see cref="PoolStates"/>.</summary>
    public string State { get; private set; } = PoolStates.Dispatching;
    public int Members { get; private set; }
    public int Threshold { get; private set; }
    public int Attempt { get; private set; }
    public bool Widened { get; private set; }
    /// <summary>The latest offer of the pool, and which attempt it was.</summary>
    public Guid? OfferId { get; private set; }
    public int OfferAttempt { get; private set; }

    public int Missing => Math.Max(0, Threshold - Members);

    /// <summary>Whether the news was newer than what was known.</summary>
    public bool Take(PoolChanged news)
    {
        if (news.Version <= Version)
        {
            return false;
        }

        (Version, CourseCode, StationCode, TimePattern) = (news.Version, news.CourseCode, news.StationCode, news.TimePattern);
        (State, Members, Threshold, Attempt, Widened) = (news.State, news.Members, news.Threshold, news.Attempt, news.Widened);
        return true;
    }

    public void Take(ClassOffered news)
    {
        if (news.Attempt > OfferAttempt)
        {
            (OfferId, OfferAttempt) = (news.OfferId, news.Attempt);
        }

        if (Version == 0)
        {
            (CourseCode, StationCode, TimePattern, Members, Attempt) = (news.CourseCode, news.StationCode, news.TimePattern, news.Learners.Count, news.Attempt);
        }
    }
}

/// <summary>Something that happened to a pool and belongs into the history of each member.</summary>
internal sealed class PoolEvent(Guid poolId, DateTimeOffset at, EventCode code, string? detail)
{
    public long Id { get; private set; }
    public Guid PoolId { get; private set; } = poolId;
    public DateTimeOffset At { get; private set; } = at;
    public EventCode Code { get; private set; } = code;
    public string? Detail { get; private set; } = detail;
}

/// <summary>A class: who holds it, where, and how many sessions are over.</summary>
internal sealed class ClassCopy
{
    public required Guid Id { get; init; }
    public required Guid PoolId { get; init; }
    public required int Attempt { get; init; }
    public string InstitutionCode { get; private set; } = "";
    public string InstitutionName { get; private set; } = "";
    public string InstitutionNameEn { get; private set; } = "";
    public string? Venue { get; private set; }
    public DateTimeOffset? FirstSessionAt { get; private set; }
    public DateTimeOffset? ScheduledAt { get; private set; }
    public int SessionsTotal { get; private set; }
    public int SessionsClosed { get; private set; }
    public bool IsCancelled { get; private set; }
    public int Version { get; private set; } = 1;

    public void Take(OfferAccepted news)
    {
        (InstitutionCode, InstitutionName, InstitutionNameEn) = (news.InstitutionCode, news.InstitutionName, news.InstitutionNameEn);
        Version++;
    }

    public void Take(ClassScheduled news)
    {
        if (ScheduledAt > news.At)
        {
            return;
        }

        (InstitutionCode, Venue, ScheduledAt) = (news.InstitutionCode, news.Venue, news.At);
        (SessionsTotal, FirstSessionAt) = (news.Sessions.Count, news.Sessions.Min(s => s.StartsAt));
        Version++;
    }

    public void CloseSession()
    {
        SessionsClosed++;
        Version++;
    }

    public void Cancel()
    {
        IsCancelled = true;
        Version++;
    }
}

/// <summary>Until when something must be done. A clock that stopped keeps its row; the state says which one counts.</summary>
internal sealed class DeadlineCopy
{
    /// <summary>One of <see cref="DeadlineKinds"/>.</summary>
    public required string Kind { get; init; }
    public required Guid SubjectId { get; init; }
    public DateTimeOffset DueAt { get; private set; }
    public DateTimeOffset At { get; private set; }

    public void Take(DeadlineSet news)
    {
        if (news.At >= At)
        {
            (DueAt, At) = (news.DueAt, news.At);
        }
    }
}
