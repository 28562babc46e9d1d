using SkillStation.Acceptance.Domain;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance.Tests;

public sealed class TrainingClassTests
{
    private static readonly DateTimeOffset Now = RunningService.Start;
    private static readonly DateOnly Day1 = new(2026, 3, 9);

    // Every state and every command: the new state, or a letter for the refusal (below).
    private const string Table = """
                       schedule  approve  return     returnAgain  refuse     escalate  offerSeats  confirm  giveBack  withdraw    mark        close       assess     overdue    cancel     missTimetable
        Planned        Filed     f        f          f            f          f         o           s        s         Planned     r           r           a          a          Cancelled  Cancelled
        Filed          t         Open     Returned   Cancelled    Cancelled  Filed     o           s        s         Filed       r           r           a          a          Cancelled  t
        Returned       Filed     f        f          f            f          f         o           s        s         Returned    r           r           a          a          Cancelled  t
        Open           t         f        f          f            f          f         Open        Open     Open      Open        InProgress  Cancelled   a          a          Cancelled  t
        InProgress     t         f        f          f            f          f         o           s        s         InProgress  InProgress  InProgress  a          a          c          t
        Assessing      t         f        f          f            f          f         o           s        s         Completed   r           r           Completed  Assessing  c          t
        Completed      t         f        f          f            f          f         o           s        s         n           r           r           a          a          c          t
        Cancelled      t         f        f          f            f          f         o           s        s         n           r           r           a          a          c          t
        """;

    private static readonly Dictionary<string, string> Codes = new()
    {
        ["t"] = "class-not-to-schedule",
        ["f"] = "filing-not-open",
        ["o"] = "class-not-open",
        ["s"] = "seat-not-offered",
        ["n"] = "learner-not-on-roster",
        ["r"] = "class-not-running",
        ["a"] = "class-not-in-assessment",
        ["c"] = "class-already-started",
    };

    // In an open class: the learner's new state, or the refusal.
    private const string Learners = """
                       confirm    giveBack   withdraw   mark
        Waitlisted     s          s          Released   m
        Offered        Confirmed  Released   Released   m
        Confirmed      s          s          Released   Confirmed
        Released       s          s          n          m
        """;

    public static TheoryData<string, string, string> Rows => Tables.Read(Table);

    public static TheoryData<string, string, string> LearnerRows => Tables.Read(Learners);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_command_in_every_state(string state, string command, string expected)
    {
        var c = In(state, secondReturn: command == "returnAgain");
        var (before, version) = (c.State, c.Version);

        var refusal = Do(c, command);

        Assert.Equal(Codes.GetValueOrDefault(expected, expected), refusal?.Code ?? c.State.ToString());
        if (refusal is null)
        {
            Assert.True(c.Version > version);
        }
        else
        {
            Assert.Equal((before, version), (c.State, c.Version));
        }
    }

    [Theory]
    [MemberData(nameof(LearnerRows))]
    public void Every_learner_command_in_every_standing(string standing, string command, string expected)
    {
        var c = In("Open");
        var learner = c.Enrolments.First(e => e.State.ToString() == (standing == "Released" ? "Waitlisted" : standing));
        if (standing == "Released")
        {
            Assert.Null(c.Withdraw(learner.RequestId, Now));
        }

        var refusal = command switch
        {
            "confirm" => c.ConfirmSeat(learner.RequestId),
            "giveBack" => c.GiveSeatBack(learner.RequestId, "ByResident"),
            "withdraw" => c.Withdraw(learner.RequestId, Now),
            _ => c.Mark(c.Sessions[0], [(learner.RequestId, AttendanceMark.Absent)], c.Sessions[0].StartsAt),
        };

        Assert.Equal(expected == "m" ? "learner-not-on-roster" : Codes.GetValueOrDefault(expected, expected), refusal?.Code ?? learner.State.ToString());
    }

    [Fact]
    public void The_second_return_is_a_refusal()
    {
        var c = In("Returned");
        Assert.Null(Do(c, "schedule"));

        Assert.Null(Do(c, "return"));

        Assert.Equal((ClassState.Cancelled, FilingState.Refused, "FilingRefused"), (c.State, c.Filing, c.CancelledFor));
    }

    [Fact]
    public void Marks_change_the_hours_as_they_are_corrected()
    {
        var c = In("Open");
        var learner = c.Enrolments.First(e => e.State == EnrolmentState.Confirmed);
        var session = c.Sessions[0];
        var seen = new List<(decimal, int)>();

        foreach (var mark in new[] { AttendanceMark.Present, AttendanceMark.LeftEarly, AttendanceMark.LeftEarly, AttendanceMark.Excused, AttendanceMark.Late, AttendanceMark.Absent })
        {
            Assert.Null(c.Mark(session, [(learner.RequestId, mark)], session.StartsAt));
            seen.Add((learner.HoursAttended, learner.SessionsSeen));
        }

        Assert.Equal([(4, 1), (2, 1), (2, 1), (0, 0), (4, 1), (0, 0)], seen);
    }

    [Theory]
    [InlineData(60, 60, true)]
    [InlineData(59, 100, false)]
    [InlineData(100, 59, false)]
    public void Both_marks_must_reach_the_pass_mark(int theory, int practical, bool passes)
    {
        var c = In("Assessing");
        var learner = c.Enrolments.First(e => e.State == EnrolmentState.Confirmed);

        Assert.Null(c.Assess([new AssessmentResult(learner.RequestId, theory, practical, false, "A")], Now));

        Assert.Equal((passes ? EnrolmentState.Completed : EnrolmentState.NotCompleted, passes ? null : "FailedAssessment"), (learner.State, learner.Reason));
    }

    private static Refusal? Do(TrainingClass c, string command)
    {
        var session = c.Sessions.Where(s => !s.IsClosed).Concat(c.Sessions).FirstOrDefault()
            ?? new ClassSession { Id = Guid.CreateVersion7(), ClassId = c.Id, Number = 1, Date = Day1, Slot = Slot.Morning, StartsAt = Now, EndsAt = Now, Hours = 4, RoomNumber = null, RoomKey = "", InstructorNumber = "", InstructorKey = "" };
        var offered = c.Enrolments.FirstOrDefault(e => e.State == EnrolmentState.Offered) ?? c.Enrolments[0];
        var confirmed = c.Enrolments.FirstOrDefault(e => e.State == EnrolmentState.Confirmed) ?? c.Enrolments[0];
        return command switch
        {
            "schedule" => c.Schedule(Sessions(), Guid.CreateVersion7, Now),
            "approve" => c.ApproveFiling(),
            "return" or "returnAgain" => c.ReturnFiling("请补教师证", Now),
            "refuse" => c.RefuseFiling("不合规定", Now),
            "escalate" => c.EscalateFiling(Now),
            "offerSeats" => c.OfferSeats(new HashSet<Guid>(), new HashSet<Guid>()),
            "confirm" => c.ConfirmSeat(offered.RequestId),
            "giveBack" => c.GiveSeatBack(offered.RequestId, "ByResident"),
            "withdraw" => c.Withdraw(confirmed.RequestId, Now),
            "mark" => c.Mark(session, [(confirmed.RequestId, AttendanceMark.Present)], session.StartsAt),
            "close" => c.CloseSession(session, false, session.StartsAt),
            "assess" => c.Assess([new AssessmentResult(confirmed.RequestId, 90, 90, false, "A")], Now),
            "overdue" => c.MarkAssessmentOverdue(Now),
            "cancel" => c.Cancel("ByInstitution", "x", Now),
            "missTimetable" => c.MissTimetable(Now),
            _ => throw new ArgumentOutOfRangeException(nameof(command)),
        };
    }

    /// <summary>Two seats and three learners: once open, one has confirmed, one is offered, one waits.</summary>
    private static TrainingClass In(string state, bool secondReturn = false)
    {
        var course = new CourseCopy { Code = Scene.Level };
        course.Take(Scene.Course(Scene.Level, "Approval", "Level", "SkillLevelCertificate", "Always"));
        var offer = InstitutionOfferTests.Offer();
        offer.Accept(Guid.CreateVersion7(), Now);
        var c = TrainingClass.Plan(offer.ClassId!.Value, offer, course, offer.Learners, Now);
        string[] way = state switch
        {
            "Planned" => [],
            "Filed" => secondReturn ? ["schedule", "return", "schedule"] : ["schedule"],
            "Returned" => ["schedule", "return"],
            "Open" => ["schedule", "approve", "offerSeats", "confirm"],
            "InProgress" => ["schedule", "approve", "offerSeats", "confirm", "mark"],
            "Assessing" => ["schedule", "approve", "offerSeats", "confirm", "mark", "close", "mark", "close"],
            "Completed" => ["schedule", "approve", "offerSeats", "confirm", "mark", "close", "mark", "close", "assess"],
            _ => ["schedule", "approve", "offerSeats", "confirm", "cancel"],
        };
        foreach (var step in way)
        {
            Assert.Null(Do(c, step));
        }

        Assert.Equal(state, c.State.ToString());
        return c;
    }

    private static Timetable Sessions() => new(
        [new PlannedSession(Day1, Slot.Morning, 4, "R2", "T1"), new PlannedSession(Day1.AddDays(1), Slot.Morning, 4, "R2", "T1")], 2, "R2");
}
