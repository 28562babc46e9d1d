using SkillStation.Contracts.Dispatch;
using SkillStation.Contracts.Requests;
using SkillStation.Contracts.Scheduler;

namespace SkillStation.Acceptance.Domain;

// What other services own and this one keeps a copy of, to decide without asking.

internal sealed class CourseCopy
{
    public required string Code { get; init; }
    public string Name { get; private set; } = "";
    public string NameEn { get; private set; } = "";
    public string OccupationCode { get; private set; } = "";
    public string Level { get; private set; } = "";
    public string TrainingKind { get; private set; } = "";
    public decimal Hours { get; private set; }
    public int MinSize { get; private set; }
    public int MaxSize { get; private set; }
    public string Assessment { get; private set; } = "";
    public string Credential { get; private set; } = "";
    public string Filing { get; private set; } = "";
    public string FollowUp { get; private set; } = "";
    /// <summary>Of the news that it was taken from; 0 before the first.</summary>
    public int Version { get; private set; }

    public void Take(CourseListed news)
    {
        if (news.Version <= Version)
        {
            return;
        }

        (Name, NameEn, OccupationCode, Level, TrainingKind) = (news.Name, news.NameEn, news.OccupationCode, news.Level, news.TrainingKind);
        (Hours, MinSize, MaxSize) = (news.Hours, news.MinSize, news.MaxSize);
        (Assessment, Credential, Filing, FollowUp) = (news.Assessment, news.Credential, news.Filing, news.FollowUp);
        Version = news.Version;
    }
}

internal sealed class StationCopy
{
    public required string Code { get; init; }
    public string Name { get; private set; } = "";
    public string NameEn { get; private set; } = "";
    /// <summary>Learners that the room which the station lends holds; 0 for none.</summary>
    public int RoomCapacity { get; private set; }
    public DateTimeOffset At { get; private set; }

    public void Take(StationOpened news)
    {
        if (news.At > At)
        {
            (Name, NameEn, RoomCapacity, At) = (news.Name, news.NameEn, news.RoomCapacity, news.At);
        }
    }
}

/// <summary>Until when, as the Scheduler told.</summary>
internal sealed class DueTime
{
    /// <summary>One of DeadlineKinds.</summary>
    public required string Kind { get; init; }
    public required Guid SubjectId { get; init; }
    public DateTimeOffset DueAt { get; private set; }
    public DateTimeOffset At { get; private set; }
    public int Version { get; private set; }

    public void Take(DeadlineSet news)
    {
        if (news.At > At)
        {
            (DueAt, At) = (news.DueAt, news.At);
            Version++;
        }
    }
}

/// <summary>A request that is over. Kept, since the offer or class that it stands in may be heard of later.</summary>
internal sealed class WithdrawnRequest
{
    public required Guid RequestId { get; init; }
    public required DateTimeOffset At { get; init; }
}
