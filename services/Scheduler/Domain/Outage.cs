namespace SkillStation.Scheduler.Domain;

/// <summary>When a sweep last ran; one row. A gap in it is an outage.</summary>
internal sealed class Heartbeat(DateTimeOffset at)
{
    public int Id { get; private set; } = 1;
    public DateTimeOffset At { get; private set; } = at;
    public int Version { get; private set; } = 1;

    public void Beat(DateTimeOffset now)
    {
        At = now;
        Version++;
    }
}

/// <summary>A time in which nothing was swept, and for which nobody is made to answer.</summary>
internal sealed class Outage(Guid id, DateTimeOffset startedAt, DateTimeOffset endedAt)
{
    public Guid Id { get; private set; } = id;
    public DateTimeOffset StartedAt { get; private set; } = startedAt;
    public DateTimeOffset EndedAt { get; private set; } = endedAt;
    /// <summary>When everything that fell into it had been moved.</summary>
    public DateTimeOffset? AppliedAt { get; set; }
    public TimeSpan Length => EndedAt - StartedAt;
}

/// <summary>The latest state of a pool whose news was applied; older news is dropped.</summary>
internal sealed class PoolHeard(Guid poolId)
{
    public Guid PoolId { get; private set; } = poolId;
    /// <summary>Of the pool, as it counts itself.</summary>
    public int Version { get; private set; }

    public bool IsNews(int version)
    {
        if (version <= Version)
        {
            return false;
        }

        Version = version;
        return true;
    }
}

/// <summary>Where a station lies; for the figures of a district.</summary>
internal sealed class Station(string code)
{
    public string Code { get; private set; } = code;
    public string DistrictCode { get; set; } = "";
}

/// <summary>Which kind of training a course is.</summary>
internal sealed class Course(string code)
{
    public string Code { get; private set; } = code;
    public string TrainingKind { get; private set; } = "";
    public int Version { get; private set; }

    public void Learn(int version, string trainingKind)
    {
        if (version > Version)
        {
            (Version, TrainingKind) = (version, trainingKind);
        }
    }
}
