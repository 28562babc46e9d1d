namespace SkillStation.Scheduler.Domain;

/// <summary>How far one request came, and when. Each fact sets its own instant and the earliest counts, so that their order does not matter.</summary>
internal sealed class Journey(Guid requestId)
{
    public Guid RequestId { get; private set; } = requestId;
    public string? CourseCode { get; private set; }
    public string? StationCode { get; private set; }
    public string? Goal { get; private set; }
    /// <summary>Version of the request that the goal is of; 0 for the request as submitted.</summary>
    public int GoalVersion { get; private set; }
    public bool MayContact { get; private set; }
    public DateTimeOffset? SubmittedAt { get; private set; }
    public DateTimeOffset? AdmittedAt { get; private set; }
    public DateTimeOffset? PooledAt { get; private set; }
    public DateTimeOffset? DispatchedAt { get; private set; }
    public DateTimeOffset? AcceptedAt { get; private set; }
    public DateTimeOffset? SeatConfirmedAt { get; private set; }
    public DateTimeOffset? FirstLessonAt { get; private set; }
    public DateTimeOffset? CompletedAt { get; private set; }
    public DateTimeOffset? DroppedAt { get; private set; }
    public DateTimeOffset? CertifiedAt { get; private set; }
    public DateTimeOffset? RatedAt { get; private set; }
    public int? Stars { get; private set; }
    public DateTimeOffset? RefusedAt { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public DateTimeOffset? UnservedAt { get; private set; }
    public int Version { get; private set; } = 1;

    public void Submit(string courseCode, string stationCode, string goal, bool mayContact, DateTimeOffset at)
    {
        (CourseCode, StationCode, MayContact, SubmittedAt) = (courseCode, stationCode, mayContact, Earliest(SubmittedAt, at));
        Goal ??= goal;
    }

    public void Amend(int version, string goal)
    {
        Version++;
        if (version > GoalVersion)
        {
            (Goal, GoalVersion) = (goal, version);
        }
    }

    public void Admit(DateTimeOffset at) => AdmittedAt = Earliest(AdmittedAt, at);

    public void Pool(DateTimeOffset at) => PooledAt = Earliest(PooledAt, at);

    public void Dispatch(DateTimeOffset at) => DispatchedAt = Earliest(DispatchedAt, at);

    public void Accept(DateTimeOffset at) => AcceptedAt = Earliest(AcceptedAt, at);

    public void ConfirmSeat(DateTimeOffset at) => SeatConfirmedAt = Earliest(SeatConfirmedAt, at);

    public void Begin(DateTimeOffset firstLessonAt) => FirstLessonAt = Earliest(FirstLessonAt, firstLessonAt);

    public void Complete(DateTimeOffset at) => CompletedAt = Earliest(CompletedAt, at);

    public void Drop(DateTimeOffset at) => DroppedAt = Earliest(DroppedAt, at);

    public void Certify(DateTimeOffset at) => CertifiedAt = Earliest(CertifiedAt, at);

    public void Rate(int stars, DateTimeOffset at) => (Stars, RatedAt) = (stars, Earliest(RatedAt, at));

    public void Refuse(DateTimeOffset at) => RefusedAt = Earliest(RefusedAt, at);

    public void Withdraw(DateTimeOffset at) => WithdrawnAt = Earliest(WithdrawnAt, at);

    public void LeaveUnserved(DateTimeOffset at) => UnservedAt = Earliest(UnservedAt, at);

    private DateTimeOffset Earliest(DateTimeOffset? known, DateTimeOffset at)
    {
        Version++;
        return known < at ? known.Value : at;
    }
}

/// <summary>Who was in an offer, and when it was accepted; whichever is heard first waits here for the other.</summary>
internal sealed class OfferHeard(Guid offerId)
{
    public Guid OfferId { get; private set; } = offerId;
    public List<Guid> Members { get; private set; } = [];
    public DateTimeOffset? AcceptedAt { get; private set; }
    public int Version { get; private set; } = 1;

    public void Offer(IEnumerable<Guid> members)
    {
        Members = [.. members];
        Version++;
    }

    public void Accept(DateTimeOffset at)
    {
        AcceptedAt = at;
        Version++;
    }
}

/// <summary>The figures of one day, for the city or one district. Written once.</summary>
internal sealed class IndicatorSnapshot
{
    public const string City = "city";

    /// <summary>Day and scope, so that a day has one of each; lists go by it.</summary>
    public required string Key { get; init; }
    public required DateOnly Day { get; init; }
    /// <summary><see cref="City"/> or a district code.</summary>
    public required string Scope { get; init; }
    /// <summary>The figures as JSON.</summary>
    public required string Figures { get; init; }
    public required DateTimeOffset At { get; init; }

    public static string KeyOf(DateOnly day, string scope) => $"{day:yyyy-MM-dd}~{scope}";
}
