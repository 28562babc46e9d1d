namespace SkillStation.Acceptance.Domain;

internal enum AttendanceMark
{
    Present,
    Late,
    LeftEarly,
    Excused,
    Absent,
}

/// <summary>One block of the timetable (课次) with its attendance sheet.</summary>
internal sealed class ClassSession
{
    private readonly List<Attendance> sheet = [];

    public required Guid Id { get; init; }
    public required Guid ClassId { get; init; }
    /// <summary>1 for the first.</summary>
    public required int Number { get; init; }
    public required DateOnly Date { get; init; }
    public required Slot Slot { get; init; }
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    /// <summary>Class hours of 45 minutes.</summary>
    public required decimal Hours { get; init; }
    /// <summary>Of the institution; null for the station's room.</summary>
    public required string? RoomNumber { get; init; }
    public required string RoomKey { get; init; }
    public required string InstructorNumber { get; init; }
    public required string InstructorKey { get; init; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public bool ClosedByTime { get; private set; }
    /// <summary>Loaded where it is needed.</summary>
    public IReadOnlyList<Attendance> Sheet => sheet;

    public bool IsClosed => ClosedAt is not null;
    public int Present => sheet.Count(a => a.IsSeen);
    public int Absent => sheet.Count(a => !a.IsSeen);

    public AttendanceMark? MarkOf(Guid requestId) => sheet.SingleOrDefault(a => a.RequestId == requestId)?.Mark;

    /// <summary>Class hours that a mark is worth.</summary>
    public decimal Credit(AttendanceMark? mark) => mark switch
    {
        AttendanceMark.Present or AttendanceMark.Late => Hours,
        AttendanceMark.LeftEarly => Hours / 2,
        _ => 0,
    };

    internal void Put(Guid requestId, AttendanceMark mark, DateTimeOffset now)
    {
        var line = sheet.SingleOrDefault(a => a.RequestId == requestId);
        if (line is null)
        {
            sheet.Add(new Attendance { SessionId = Id, RequestId = requestId, Mark = mark, MarkedAt = now });
        }
        else if (line.Mark != mark)
        {
            (line.Mark, line.MarkedAt) = (mark, now);
        }
    }

    internal void Close(bool byTime, DateTimeOffset now) => (ClosedAt, ClosedByTime) = (now, byTime);
}

/// <summary>One learner in one session.</summary>
internal sealed class Attendance
{
    public required Guid SessionId { get; init; }
    public required Guid RequestId { get; init; }
    public required AttendanceMark Mark { get; set; }
    public required DateTimeOffset MarkedAt { get; set; }

    public bool IsSeen => Seen(Mark);

    public static bool Seen(AttendanceMark? mark) => mark is AttendanceMark.Present or AttendanceMark.Late or AttendanceMark.LeftEarly;
}
