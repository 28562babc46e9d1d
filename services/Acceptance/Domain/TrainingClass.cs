using SkillStation.Contracts;
using SkillStation.Platform;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance.Domain;

internal enum ClassState
{
    /// <summary>Accepted, no timetable yet.</summary>
    Planned,
    /// <summary>With the district.</summary>
    Filed,
    /// <summary>The district wants something changed.</summary>
    Returned,
    /// <summary>Approved or recorded; seats are being offered.</summary>
    Open,
    InProgress,
    /// <summary>Teaching is over; results are awaited.</summary>
    Assessing,
    Completed,
    Cancelled,
}

internal enum FilingState
{
    NotFiled,
    Filed,
    Returned,
    Approved,
    Recorded,
    Refused,
}

/// <summary>One run of a course (班级): timetable, filing, roster, attendance and results.</summary>
internal sealed class TrainingClass
{
    private readonly List<ClassSession> sessions = [];
    private readonly List<Enrolment> enrolments = [];

    private TrainingClass()
    {
    }

    public Guid Id { get; private set; }
    public Guid OfferId { get; private set; }
    public Guid PoolId { get; private set; }
    public int Attempt { get; private set; }
    public string InstitutionCode { get; private set; } = "";
    public string StationCode { get; private set; } = "";
    public string DistrictCode { get; private set; } = "";
    public string TimePattern { get; private set; } = "";
    // The course as it was when the offer was accepted.
    public string CourseCode { get; private set; } = "";
    public string CourseName { get; private set; } = "";
    public string CourseNameEn { get; private set; } = "";
    public string OccupationCode { get; private set; } = "";
    public string TrainingKind { get; private set; } = "";
    public decimal Hours { get; private set; }
    public int MinSize { get; private set; }
    public int MaxSize { get; private set; }
    public string Assessment { get; private set; } = "";
    public string Credential { get; private set; } = "";
    public string FilingMode { get; private set; } = "";
    public string FollowUp { get; private set; } = "";

    public ClassState State { get; private set; }
    public FilingState Filing { get; private set; }
    public int FilingReturns { get; private set; }
    /// <summary>What the district wrote: items to change, or why it refused.</summary>
    public string? FilingNote { get; private set; }
    public DateTimeOffset? FiledAt { get; private set; }
    /// <summary>When the district's time was over and the filing went to the city.</summary>
    public DateTimeOffset? EscalatedAt { get; private set; }
    /// <summary>Seats; 0 before there is a timetable.</summary>
    public int Capacity { get; private set; }
    public string Venue { get; private set; } = "";
    public DateTimeOffset AcceptedAt { get; private set; }
    public DateTimeOffset? StartedAt { get; private set; }
    public DateTimeOffset? TeachingEndedAt { get; private set; }
    public DateTimeOffset? AssessmentOverdueAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public string? CancelledFor { get; private set; }
    public string? CancelNote { get; private set; }
    public int Version { get; private set; } = 1;
    public IReadOnlyList<ClassSession> Sessions => [.. sessions.OrderBy(s => s.Number)];
    public IReadOnlyList<Enrolment> Enrolments => [.. enrolments.OrderBy(e => e.Number)];

    public bool IsBeforeStart => State is ClassState.Planned or ClassState.Filed or ClassState.Returned or ClassState.Open;
    public bool IsOver => State is ClassState.Completed or ClassState.Cancelled;

    public static TrainingClass Plan(Guid id, InstitutionOffer offer, CourseCopy course, IEnumerable<OfferLearner> learners, DateTimeOffset now)
    {
        var planned = new TrainingClass
        {
            Id = id,
            OfferId = offer.Id,
            PoolId = offer.PoolId,
            Attempt = offer.Attempt,
            InstitutionCode = offer.InstitutionCode,
            StationCode = offer.StationCode,
            DistrictCode = offer.DistrictCode,
            TimePattern = offer.TimePattern,
            CourseCode = course.Code,
            CourseName = course.Name,
            CourseNameEn = course.NameEn,
            OccupationCode = course.OccupationCode,
            TrainingKind = course.TrainingKind,
            Hours = course.Hours,
            MinSize = course.MinSize,
            MaxSize = course.MaxSize,
            Assessment = course.Assessment,
            Credential = course.Credential,
            FilingMode = course.Filing,
            FollowUp = course.FollowUp,
            AcceptedAt = now,
        };
        planned.enrolments.AddRange(learners.OrderBy(l => l.Place).Select((l, i) => new Enrolment
        {
            ClassId = id,
            RequestId = l.RequestId,
            ResidentId = l.ResidentId,
            QueuedAt = l.QueuedAt,
            Number = i + 1,
            Needs = l.Needs,
        }));
        return planned;
    }

    public Refusal? MaySchedule() => State is ClassState.Planned or ClassState.Returned ? null : ClassRefusals.NotToSchedule;

    /// <summary>Sets the timetable and files it. What only needs recording is open at once.</summary>
    public Refusal? Schedule(Timetable timetable, Func<Guid> newId, DateTimeOffset now)
    {
        if (MaySchedule() is { } refusal)
        {
            return refusal;
        }

        sessions.Clear();
        foreach (var (planned, index) in timetable.Sessions.Select((s, i) => (s, i)))
        {
            var (startsAt, endsAt) = ClassRules.Times(planned.Date, planned.Slot, planned.Hours);
            sessions.Add(new ClassSession
            {
                Id = newId(),
                ClassId = Id,
                Number = index + 1,
                Date = planned.Date,
                Slot = planned.Slot,
                StartsAt = startsAt,
                EndsAt = endsAt,
                Hours = planned.Hours,
                RoomNumber = planned.RoomNumber,
                RoomKey = planned.RoomNumber is { } room ? Occupancy.RoomKey(InstitutionCode, room) : Occupancy.StationRoomKey(StationCode),
                InstructorNumber = planned.InstructorNumber,
                InstructorKey = Occupancy.InstructorKey(InstitutionCode, planned.InstructorNumber),
            });
        }

        (Capacity, Venue, FiledAt, EscalatedAt, FilingNote) = (timetable.Capacity, timetable.Venue, now, null, null);
        var recorded = FilingMode == FilingModes.RecordOnly;
        (State, Filing) = recorded ? (ClassState.Open, FilingState.Recorded) : (ClassState.Filed, FilingState.Filed);
        return Done();
    }

    public Refusal? ApproveFiling()
    {
        if (State != ClassState.Filed)
        {
            return ClassRefusals.NoFilingToDecide;
        }

        (State, Filing) = (ClassState.Open, FilingState.Approved);
        return Done();
    }

    /// <summary>Back to the institution with what to change; the last return that the rule allows is a refusal.</summary>
    public Refusal? ReturnFiling(string items, DateTimeOffset now)
    {
        if (State != ClassState.Filed)
        {
            return ClassRefusals.NoFilingToDecide;
        }

        FilingReturns++;
        if (FilingReturns >= ClassRules.On(now.LocalDate()).FilingReturns)
        {
            return RefuseFiling(items, now);
        }

        (State, Filing, FilingNote) = (ClassState.Returned, FilingState.Returned, items);
        return Done();
    }

    public Refusal? RefuseFiling(string reason, DateTimeOffset now)
    {
        if (State != ClassState.Filed)
        {
            return ClassRefusals.NoFilingToDecide;
        }

        (Filing, FilingNote) = (FilingState.Refused, reason);
        return End(CancelReasons.FilingRefused, null, now);
    }

    /// <summary>The district's time is over: the city looks at it. Silence approves nothing.</summary>
    public Refusal? EscalateFiling(DateTimeOffset now)
    {
        if (State != ClassState.Filed || EscalatedAt is not null)
        {
            return ClassRefusals.NoFilingToDecide;
        }

        EscalatedAt = now;
        return Done();
    }

    /// <summary>Offers every free seat to the next in the queue, passing over those who withdrew or sit elsewhere at that time.</summary>
    public Refusal? OfferSeats(IReadOnlySet<Guid> withdrawn, IReadOnlySet<Guid> clashing)
    {
        if (State != ClassState.Open)
        {
            return ClassRefusals.NotOpen;
        }

        var free = new Queue<int>(Enumerable.Range(1, Capacity).Except(enrolments.Where(e => e.HasSeat).Select(e => e.SeatNumber!.Value)));
        foreach (var next in Enrolments.Where(e => e.State == EnrolmentState.Waitlisted))
        {
            if (withdrawn.Contains(next.RequestId))
            {
                next.Release(SeatReasons.Withdrawn);
            }
            else if (free.Count > 0 && clashing.Contains(next.RequestId))
            {
                next.Release(SeatReasons.LearnerClash);
            }
            else if (free.Count > 0)
            {
                next.OfferSeat(free.Dequeue());
            }
        }

        return Done();
    }

    public Refusal? ConfirmSeat(Guid requestId)
    {
        if (Find(requestId) is not { State: EnrolmentState.Offered } enrolment || State != ClassState.Open)
        {
            return ClassRefusals.SeatNotOffered;
        }

        enrolment.Confirm();
        return Done();
    }

    public Refusal? GiveSeatBack(Guid requestId, string reason)
    {
        if (Find(requestId) is not { State: EnrolmentState.Offered } enrolment || State != ClassState.Open)
        {
            return ClassRefusals.SeatNotOffered;
        }

        enrolment.Release(reason);
        return Done();
    }

    /// <summary>The request is over: before the start the seat is free again, after it the learner has left the class.</summary>
    public Refusal? Withdraw(Guid requestId, DateTimeOffset now)
    {
        if (Find(requestId) is not { IsActive: true } enrolment)
        {
            return ClassRefusals.NotOnRoster;
        }

        if (IsBeforeStart)
        {
            enrolment.Release(SeatReasons.Withdrawn);
            return Done();
        }

        enrolment.Drop(DropReasons.Withdrawn);
        CompleteWhenAllHaveResults(now);
        return Done();
    }

    /// <summary>Whether learners can check in to a session by themselves now: as long as its sheet can be written.</summary>
    public bool TakesCheckIns(ClassSession session, DateTimeOffset now) =>
        State is ClassState.Open or ClassState.InProgress && !session.IsClosed && now >= session.StartsAt.AddMinutes(-ClassRules.On(session.Date).SheetOpensMinutes);

    /// <summary>Writes marks into an open sheet. The first learner who is seen starts the class.</summary>
    public Refusal? Mark(ClassSession session, IReadOnlyList<(Guid RequestId, AttendanceMark Mark)> marks, DateTimeOffset now)
    {
        if (State is not (ClassState.Open or ClassState.InProgress))
        {
            return ClassRefusals.NotRunning;
        }

        if (session.IsClosed)
        {
            return ClassRefusals.SessionClosed;
        }

        var opensAt = session.StartsAt.AddMinutes(-ClassRules.On(session.Date).SheetOpensMinutes);
        if (now < opensAt)
        {
            return ClassRefusals.SessionNotStarted(opensAt);
        }

        for (var i = 0; i < marks.Count; i++)
        {
            if (Find(marks[i].RequestId) is not { State: EnrolmentState.Confirmed } || marks.Take(i).Any(m => m.RequestId == marks[i].RequestId))
            {
                return ClassRefusals.LearnerNotMarkable($"marks[{i}].requestId");
            }
        }

        foreach (var (requestId, mark) in marks)
        {
            Put(session, Find(requestId)!, mark, now);
        }

        if (State == ClassState.Open && enrolments.Any(e => e.Attended))
        {
            Start(now);
        }

        return Done();
    }

    /// <summary>
    /// Closes a sheet: who is not marked was absent. Drops who missed the first two sessions; after the last sheet ends the teaching.
    /// When the first sheet to close has seen nobody, the class was not held.
    /// </summary>
    public Refusal? CloseSession(ClassSession session, bool byTime, DateTimeOffset now)
    {
        if (State is not (ClassState.Open or ClassState.InProgress))
        {
            return ClassRefusals.NotRunning;
        }

        if (session.IsClosed)
        {
            return ClassRefusals.SessionClosed;
        }

        if (now < session.StartsAt)
        {
            return ClassRefusals.SessionNotStarted(session.StartsAt);
        }

        foreach (var learner in Confirmed().Where(e => session.MarkOf(e.RequestId) is null))
        {
            Put(session, learner, AttendanceMark.Absent, now);
        }

        session.Close(byTime, now);
        if (State == ClassState.Open)
        {
            return End(CancelReasons.NotHeld, null, now);
        }

        var noShow = ClassRules.On(sessions.Min(s => s.Date)).NoShowSessions;
        if (session.Number <= noShow)
        {
            foreach (var learner in Confirmed().Where(e => session.MarkOf(e.RequestId) == AttendanceMark.Absent))
            {
                learner.MissFirst();
                if (learner.FirstMissed == noShow)
                {
                    learner.Drop(DropReasons.NoShow);
                }
            }
        }

        if (sessions.All(s => s.IsClosed))
        {
            EndTeaching(now);
        }

        return Done();
    }

    /// <summary>Records results, all of them or none. A recorded result stays as it is.</summary>
    public Refusal? Assess(IReadOnlyList<AssessmentResult> results, DateTimeOffset now)
    {
        if (State != ClassState.Assessing)
        {
            return ClassRefusals.NotToAssess;
        }

        var pass = ClassRules.On(now.LocalDate()).PassMark;
        for (var i = 0; i < results.Count; i++)
        {
            if (MayAssess(results[i], $"results[{i}]", results.Take(i)) is { } refusal)
            {
                return refusal;
            }
        }

        foreach (var result in results)
        {
            if (Find(result.RequestId) is { State: EnrolmentState.Confirmed } learner)
            {
                learner.TakeResult(result, !result.Absent && result.Theory >= pass && (result.Practical ?? result.Theory) >= pass, now);
            }
        }

        CompleteWhenAllHaveResults(now);
        return Done();
    }

    /// <summary>The time for the assessment is over; the district is shown it.</summary>
    public Refusal? MarkAssessmentOverdue(DateTimeOffset now)
    {
        if (State != ClassState.Assessing || AssessmentOverdueAt is not null)
        {
            return ClassRefusals.NotToAssess;
        }

        AssessmentOverdueAt = now;
        return Done();
    }

    public Refusal? Cancel(string reason, string? note, DateTimeOffset now) => IsBeforeStart ? End(reason, note, now) : ClassRefusals.NotToCancel;

    /// <summary>No timetable came in time.</summary>
    public Refusal? MissTimetable(DateTimeOffset now) => State == ClassState.Planned ? End(CancelReasons.NotScheduled, null, now) : ClassRefusals.NotToSchedule;

    public Enrolment? Find(Guid requestId) => enrolments.SingleOrDefault(e => e.RequestId == requestId);

    private IReadOnlyList<Enrolment> Confirmed() => [.. enrolments.Where(e => e.State == EnrolmentState.Confirmed)];

    private static void Put(ClassSession session, Enrolment learner, AttendanceMark mark, DateTimeOffset now)
    {
        learner.TakeMark(session, session.MarkOf(learner.RequestId), mark);
        session.Put(learner.RequestId, mark, now);
    }

    private void Start(DateTimeOffset now)
    {
        (State, StartedAt) = (ClassState.InProgress, now);
        foreach (var enrolment in enrolments)
        {
            if (enrolment.State == EnrolmentState.Offered)
            {
                enrolment.Release(SeatReasons.NoAnswer);
            }
            else if (enrolment.State == EnrolmentState.Waitlisted)
            {
                enrolment.Release(SeatReasons.ClassFull);
            }
        }
    }

    private void EndTeaching(DateTimeOffset now)
    {
        TeachingEndedAt = now;
        var needed = Hours * ClassRules.On(now.LocalDate()).AttendanceShare;
        foreach (var learner in Confirmed())
        {
            if (learner.HoursAttended < needed)
            {
                learner.Drop(DropReasons.BelowAttendance);
            }
            else if (Assessment == Assessments.None)
            {
                learner.Complete();
            }
        }

        State = ClassState.Assessing;
        CompleteWhenAllHaveResults(now);
    }

    private void CompleteWhenAllHaveResults(DateTimeOffset now)
    {
        if (State == ClassState.Assessing && Confirmed().Count == 0)
        {
            (State, EndedAt) = (ClassState.Completed, now);
        }
    }

    private Refusal? MayAssess(AssessmentResult result, string field, IEnumerable<AssessmentResult> before)
    {
        if (Find(result.RequestId) is not { State: not EnrolmentState.Released } learner || before.Any(r => r.RequestId == result.RequestId))
        {
            return ClassRefusals.LearnerUnknown(field + ".requestId");
        }

        if (!result.Absent && result.Theory is null)
        {
            return ClassRefusals.MarkMissing(field + ".theory");
        }

        if (!result.Absent && result.Practical is null && Assessment is Assessments.Level or Assessments.Special)
        {
            return ClassRefusals.MarkMissing(field + ".practical");
        }

        if (learner.AssessedAt is not null)
        {
            return learner.HasResult(result) ? null : ClassRefusals.ResultRecorded(field + ".requestId");
        }

        return learner.State == EnrolmentState.Confirmed ? null : ClassRefusals.NotAssessable(learner.Reason ?? learner.State.ToString(), field + ".requestId");
    }

    private Refusal? End(string reason, string? note, DateTimeOffset now)
    {
        (State, CancelledFor, CancelNote, EndedAt) = (ClassState.Cancelled, reason, note, now);
        foreach (var enrolment in enrolments.Where(e => e.IsActive))
        {
            enrolment.Release(CancelReasons.Enrolment);
        }

        return Done();
    }

    private Refusal? Done()
    {
        Version++;
        return null;
    }
}

/// <summary>Why a class is not held.</summary>
internal static class CancelReasons
{
    public const string Revoked = nameof(Revoked);
    public const string FilingRefused = nameof(FilingRefused);
    public const string ByInstitution = nameof(ByInstitution);
    /// <summary>The first sheet that was closed had seen nobody.</summary>
    public const string NotHeld = nameof(NotHeld);
    public const string NotScheduled = nameof(NotScheduled);
    /// <summary>What the enrolments of a cancelled class say.</summary>
    public const string Enrolment = "ClassCancelled";
}
