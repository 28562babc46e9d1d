using SkillStation.Contracts;
using SkillStation.Platform.Http;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests.Tests;

/// <summary>Every state meets every command. What may be done leads to a state and counts the version up; what may not says why and changes nothing.</summary>
public sealed class TrainingRequestTests
{
    // Columns: the state that it is in. Cells: the state that it is in afterwards, or why not (see Reasons; "-" is outdated news).
    private const string Table = """
                           Submitted  NeedsInfo  Admitted   Pooled       SeatOffered    Waitlisted   SeatConfirmed   InClass         AwaitingRating  Closed  Refused  Withdrawn  Unserved  Dropped
        Amend              Submitted  Submitted  Admitted   Pooled       fixed          fixed        fixed           fixed           fixed           fixed   fixed    fixed      fixed     fixed
        Withdraw           Withdrawn  Withdrawn  Withdrawn  Withdrawn    Withdrawn      Withdrawn    Withdrawn       began           over            over    over     over       over      over
        WithdrawUnanswered -          Withdrawn  -          -            -              -            -               -               -               -       -        -          -         -
        ConfirmSeat        noseat     noseat     noseat     noseat       SeatConfirmed  noseat       confirmed       noseat          noseat          noseat  noseat   noseat     noseat    noseat
        DeclineSeat        noseat     noseat     noseat     noseat       Pooled         noseat       confirmed       noseat          noseat          noseat  noseat   noseat     noseat    noseat
        LapseSeat          -          -          -          -            Pooled         -            -               -               -               -       -        -          -         -
        Rate               norating   norating   norating   norating     norating       norating     norating        norating        Closed          rated   norating norating   norating  norating
        CloseUnrated       -          -          -          -            -              -            -               -               Closed          -       -        -          -         -
        Admit              Admitted   Admitted   -          -            -              -            -               -               -               -       -        -          -         -
        Ask                NeedsInfo  -          -          -            -              -            -               -               -               -       -        -          -         -
        Refuse             Refused    Refused    -          -            -              -            -               -               -               -       -        -          -         -
        Pool               Pooled     Pooled     Pooled     Pooled       Pooled         Pooled       Pooled          -               -               -       -        -          -         -
        Unserve            Unserved   Unserved   Unserved   Unserved     Unserved       Unserved     Unserved        -               -               -       -        -          -         -
        OfferSeat          SeatOffered SeatOffered SeatOffered SeatOffered -            SeatOffered  -               -               -               -       -        -          -         -
        Waitlist           Waitlisted Waitlisted Waitlisted Waitlisted   -              Waitlisted   -               -               -               -       -        -          -         -
        ReleaseSeat        -          -          -          Pooled       Pooled         Pooled       Pooled          -               -               -       -        -          -         -
        CancelClass        -          -          -          Pooled       Pooled         Pooled       Pooled          Pooled          -               -       -        -          -         -
        StartClass         -          -          -          -            -              -            InClass         -               -               -       -        -          -         -
        Complete           -          -          -          -            -              -            SeatConfirmed   InClass         AwaitingRating  Closed  -        -          -         -
        DropNoShow         -          -          -          -            -              -            Dropped         Dropped         AwaitingRating  Closed  -        -          -         -
        DropAttended       -          -          -          -            -              -            SeatConfirmed   InClass         AwaitingRating  Closed  -        -          -         -
        Certify            -          -          -          -            -              -            SeatConfirmed   InClass         AwaitingRating  Closed  -        -          -         -
        FinishAttended     -          -          -          -            -              -            AwaitingRating  AwaitingRating  -               -       -        -          -         -
        FinishUnseen       -          -          -          -            -              -            Dropped         Dropped         -               -       -        -          -         -
        Follow             Submitted  NeedsInfo  Admitted   Pooled       SeatOffered    Waitlisted   SeatConfirmed   InClass         AwaitingRating  Closed  Refused  Withdrawn  Unserved  Dropped
        """;

    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["-"] = "outdated",
        ["fixed"] = "request-not-amendable",
        ["began"] = "class-began",
        ["over"] = "request-over",
        ["noseat"] = "no-seat-offered",
        ["confirmed"] = "seat-confirmed-already",
        ["norating"] = "rating-not-open",
        ["rated"] = "already-rated",
    };

    private static readonly DateTimeOffset T0 = RunningService.Start;
    private static readonly DateTimeOffset Later = T0.AddDays(10);
    private static readonly Guid P1 = new("00000000-0000-0000-0000-0000000000a1");
    private static readonly Guid P2 = new("00000000-0000-0000-0000-0000000000a2");
    private static readonly Guid C1 = new("00000000-0000-0000-0000-0000000000c1");
    private static readonly Alternative Instead = new("OtherCourse", "LS-healthy-soup", null, "…", null);
    private static readonly string[] Evening = ["WeekdayEvening"];

    private static readonly Dictionary<string, Func<TrainingRequest, Refusal?>> Commands = new()
    {
        ["Amend"] = r => r.Amend(Goals.Life, Evening, 20, [], null, Later),
        ["Withdraw"] = r => r.Withdraw(Later),
        ["WithdrawUnanswered"] = r => r.WithdrawUnanswered(Later, Later),
        ["ConfirmSeat"] = r => r.ConfirmSeat(Later),
        ["DeclineSeat"] = r => r.DeclineSeat(Later),
        ["LapseSeat"] = r => r.LapseSeat(Later, Later),
        ["Rate"] = r => r.Rate(Later),
        ["CloseUnrated"] = r => r.CloseUnrated(Later, Later),
        ["Admit"] = r => r.Admit(Later),
        ["Ask"] = r => r.Ask("goal", "?", Later),
        ["Refuse"] = r => r.Refuse("Duplicate", Instead, Later),
        ["Pool"] = r => r.Pool(P2, 2, TimePatterns.Weekend, T0, Later),
        ["Unserve"] = r => r.Unserve("TooFewPeople", Instead, Later),
        ["OfferSeat"] = r => r.OfferSeat(C1, P1, Later.AddDays(3), false, Later),
        ["Waitlist"] = r => r.Waitlist(C1, P1, 1, Later),
        ["ReleaseSeat"] = r => r.ReleaseSeat(C1, P1, SeatReasons.ClassFull, Later),
        ["CancelClass"] = r => r.CancelClass(C1, P1, Later),
        ["StartClass"] = r => r.StartClass(C1, Later),
        ["Complete"] = r => r.Complete(C1, 100, 120, Later),
        ["DropNoShow"] = r => r.Drop(C1, DropReasons.NoShow, false, Later),
        ["DropAttended"] = r => r.Drop(C1, DropReasons.FailedAssessment, true, Later),
        ["Certify"] = r => r.Certify(C1, "N-1", "CompletionCertificate", new DateOnly(2026, 4, 1), Later),
        ["FinishAttended"] = r => r.FinishClass(C1, "YC-017", true, Later),
        ["FinishUnseen"] = r => r.FinishClass(C1, "YC-017", false, Later),
        ["Follow"] = r => r.Follow(Placement.Open, EventCode.FollowUpOpened, Later),
    };

    public static TheoryData<string, string, string> Pairs
    {
        get
        {
            var rows = Table.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
            var data = new TheoryData<string, string, string>();
            foreach (var row in rows.Skip(1))
            {
                for (var i = 1; i < row.Length; i++)
                {
                    data.Add(rows[0][i - 1], row[0], row[i]);
                }
            }

            return data;
        }
    }

    [Fact]
    public void The_table_holds_every_state_and_every_command()
    {
        Assert.Equal(Enum.GetNames<RequestStatus>().Length * Commands.Count, Pairs.Count);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_state_answers_every_command(string state, string command, string expected)
    {
        var request = In(Enum.Parse<RequestStatus>(state));
        Assert.Equal(state, request.Status.ToString());
        var (version, lines) = (request.Version, request.History.Count);

        var refusal = Commands[command](request);

        if (Reasons.TryGetValue(expected, out var code))
        {
            Assert.Equal((code, state, version, lines), (refusal?.Code, request.Status.ToString(), request.Version, request.History.Count));
        }
        else
        {
            Assert.Equal((null, expected, version + 1, lines + 1), (refusal?.Code, request.Status.ToString(), request.Version, request.History.Count));
        }
    }

    [Theory]
    [InlineData("Refused", false)]
    [InlineData("Withdrawn", false)]
    [InlineData("Unserved", false)]
    [InlineData("Dropped", false)]
    [InlineData("AwaitingRating", false)]
    [InlineData("Closed", false)]
    [InlineData("Pooled", true)]
    [InlineData("InClass", true)]
    public void The_occupation_is_taken_until_the_training_is_over(string state, bool taken)
    {
        Assert.Equal(taken, In(Enum.Parse<RequestStatus>(state)).OpenKey is not null);
    }

    [Fact]
    public void A_deadline_of_an_earlier_seat_does_not_take_a_later_one()
    {
        var request = In(RequestStatus.SeatOffered);
        var ofThisSeat = request.SeatAt!.Value;

        Assert.Equal("outdated", request.LapseSeat(ofThisSeat.AddHours(-1), Later)?.Code);
        Assert.Null(request.LapseSeat(ofThisSeat.AddHours(48), Later));
    }

    [Fact]
    public void Seat_news_may_overtake_the_news_of_its_pool()
    {
        var request = In(RequestStatus.Submitted);

        Assert.Null(request.OfferSeat(C1, P1, Later, false, T0.AddDays(3)));
        Assert.Null(request.Pool(P1, 1, TimePatterns.Weekend, T0, T0.AddHours(2)));

        Assert.Equal((RequestStatus.SeatOffered, P1, 1, TimePatterns.Weekend), (request.Status, request.PoolId, request.Turn, request.TimePattern));
    }

    [Fact]
    public void A_release_that_comes_after_the_next_pool_does_not_undo_it()
    {
        var request = In(RequestStatus.SeatOffered);
        request.DeclineSeat(T0.AddDays(4));

        Assert.Null(request.Pool(P2, 2, TimePatterns.Weekend, T0, T0.AddDays(5)));
        Assert.NotNull(request.ReleaseSeat(C1, P1, SeatReasons.ByResident, T0.AddDays(4).AddMinutes(1)));

        Assert.Equal((RequestStatus.Pooled, P2), (request.Status, request.PoolId));
    }

    [Fact]
    public void News_of_a_pool_that_was_left_is_ignored()
    {
        var request = In(RequestStatus.Pooled);
        request.Pool(P2, 2, TimePatterns.Weekend, T0, T0.AddDays(5));

        Assert.NotNull(request.Pool(P1, 1, TimePatterns.Weekend, T0, T0.AddHours(2)));
        Assert.NotNull(request.OfferSeat(C1, P1, Later, false, T0.AddDays(3)));
        Assert.NotNull(request.Waitlist(C1, P1, 1, T0.AddDays(3)));
        Assert.NotNull(request.CancelClass(C1, P1, T0.AddDays(3)));

        Assert.Equal((RequestStatus.Pooled, P2), (request.Status, request.PoolId));
    }

    [Fact]
    public void A_pool_that_was_decided_again_after_a_restore_is_taken_once_and_the_older_word_is_not()
    {
        var request = In(RequestStatus.Pooled);
        var (lines, version) = (request.History.Count, request.Version);

        Assert.Null(request.Pool(P2, request.Turn, TimePatterns.Weekend, T0, T0.AddDays(5)));
        Assert.Equal((P2, version + 1, lines), (request.PoolId, request.Version, request.History.Count));
        Assert.NotNull(request.Pool(P2, request.Turn, TimePatterns.Weekend, T0, T0.AddDays(5)));
        Assert.NotNull(request.Pool(P1, request.Turn, TimePatterns.Weekend, T0, T0.AddDays(4)));
        Assert.Equal(P2, request.PoolId);
    }

    [Fact]
    public void A_place_on_the_waitlist_that_comes_late_does_not_take_the_seat_away()
    {
        var request = In(RequestStatus.Pooled);

        Assert.Null(request.OfferSeat(C1, P1, Later, true, T0.AddDays(3)));
        Assert.NotNull(request.Waitlist(C1, P1, 1, T0.AddDays(2)));

        Assert.Equal(RequestStatus.SeatOffered, request.Status);
    }

    [Fact]
    public void The_answer_to_one_question_does_not_answer_the_next()
    {
        var request = In(RequestStatus.NeedsInfo);
        request.Amend(Goals.Life, Evening, 20, [], null, T0.AddDays(1));

        Assert.NotNull(request.Ask("goal", "again?", T0.AddMinutes(30)));
        Assert.Null(request.Ask("goal", "another?", T0.AddDays(2)));

        Assert.Equal((RequestStatus.NeedsInfo, "another?"), (request.Status, request.Question));
    }

    [Fact]
    public void A_change_that_crosses_with_a_question_is_its_answer()
    {
        var request = In(RequestStatus.Submitted);
        request.Amend(Goals.Life, Evening, 20, [], null, T0.AddDays(1));

        Assert.NotNull(request.Ask("goal", "asked before the change was known", T0.AddHours(23)));
        Assert.Null(request.Ask("goal", "asked in spite of it", T0.AddHours(25)));

        Assert.Equal((RequestStatus.NeedsInfo, "asked in spite of it"), (request.Status, request.Question));
    }

    private static TrainingRequest In(RequestStatus status)
    {
        var course = new Course
        {
            Id = P1, Code = "C-L5", Name = "", NameEn = "", OccupationCode = "C", OccupationName = "", Level = "L5", TrainingKind = "", Clusters = "", Hours = 1, MinSize = 1, MaxSize = 1, Fee = 0,
            Assessment = "", Credential = "", Filing = "", FollowUp = "", AutoDispatch = false, AgeMin = 16, LicenceWarning = "", LicenceWarningEn = "", Summary = "", SummaryEn = "", Certainty = "",
            SearchText = "",
        };
        var r = TrainingRequest.Submit(C1, P2, course, "S-1", Goals.FindJob, Evening, 30, [], null, null, T0);
        var (asked, pooled, seat) = (T0.AddHours(1), T0.AddHours(2), T0.AddDays(3));
        Action[] path = status switch
        {
            RequestStatus.Submitted => [],
            RequestStatus.NeedsInfo => [() => r.Ask("goal", "?", asked)],
            RequestStatus.Refused => [() => r.Refuse("Duplicate", Instead, asked)],
            RequestStatus.Withdrawn => [() => r.Withdraw(asked)],
            RequestStatus.Admitted => [Admit],
            RequestStatus.Pooled => [Admit, Pool],
            RequestStatus.Unserved => [Admit, Pool, () => r.Unserve("TooFewPeople", Instead, seat)],
            RequestStatus.Waitlisted => [Admit, Pool, () => r.Waitlist(C1, P1, 1, seat)],
            RequestStatus.SeatOffered => [Admit, Pool, Offer],
            RequestStatus.SeatConfirmed => [Admit, Pool, Offer, Confirm],
            RequestStatus.InClass => [Admit, Pool, Offer, Confirm, Start],
            RequestStatus.Dropped => [Admit, Pool, Offer, Confirm, Start, () => r.Drop(C1, DropReasons.NoShow, false, T0.AddDays(6))],
            RequestStatus.AwaitingRating => [Admit, Pool, Offer, Confirm, Start, Finish],
            RequestStatus.Closed => [Admit, Pool, Offer, Confirm, Start, Finish, () => r.Rate(T0.AddDays(8))],
            _ => throw new ArgumentOutOfRangeException(nameof(status)),
        };
        foreach (var step in path)
        {
            step();
        }

        return r;

        void Admit() => r.Admit(asked);
        void Pool() => r.Pool(P1, 1, TimePatterns.WeekdayEvening, T0, pooled);
        void Offer() => r.OfferSeat(C1, P1, T0.AddDays(5), false, seat);
        void Confirm() => r.ConfirmSeat(seat.AddHours(1));
        void Start() => r.StartClass(C1, T0.AddDays(5));
        void Finish() => r.FinishClass(C1, "YC-017", true, T0.AddDays(7));
    }
}
