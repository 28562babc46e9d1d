using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler.Tests;

public sealed class PlacementCaseTests
{
    private static readonly DateOnly Completed = new(2026, 3, 4);
    private static readonly DateTimeOffset Now = Facts.Wednesday;

    // In each state the point of 30 days is open for an answer; in the last three the case is over.
    public static TheoryData<string, string, string> Table()
    {
        var commands = new[] { "proven work", "work by own word", "seeking", "unreachable", "refused", "learning", "refer", "by request", "nothing due", "window over", "half a year over" };
        const string No = "!case-closed";
        var rows = new (string State, string[] Expected)[]
        {
            ("Open", ["Placed", "PlacedUnverified", "Guiding", "Open", "Open", "Open", "Referred", "ClosedByRequest", "!case-nothing-due", "Guiding", "Closed"]),
            ("Guiding", ["Placed", "PlacedUnverified", "Guiding", "Guiding", "Guiding", "Guiding", "Referred", "ClosedByRequest", "!case-nothing-due", "Guiding", "Closed"]),
            ("Referred", ["Placed", "PlacedUnverified", "Referred", "Referred", "Referred", "Referred", "Referred", "ClosedByRequest", "!case-nothing-due", "Referred", "Closed"]),
            ("PlacedUnverified", ["Placed", "PlacedUnverified", "Guiding", "PlacedUnverified", "PlacedUnverified", "Open", "!case-not-looking", "ClosedByRequest", "!case-nothing-due", "PlacedUnverified", "Closed"]),
            ("Placed", ["Placed", "Placed", "Guiding", "Placed", "Placed", "Open", "!case-not-looking", "ClosedByRequest", "!case-nothing-due", "Placed", "Closed"]),
            ("Lost", ["Placed", "PlacedUnverified", "Guiding", "Lost", "Open", "Open", "!case-not-looking", "ClosedByRequest", "!case-nothing-due", "!case-nothing-due", "Closed"]),
            ("Sustained", [No, No, No, No, No, No, No, No, No, No, No]),
            ("Closed", [No, No, No, No, No, No, No, No, No, No, No]),
            ("ClosedByRequest", [No, No, No, No, No, No, No, No, No, No, No]),
        };
        var data = new TheoryData<string, string, string>();
        foreach (var (state, expected) in rows)
        {
            for (var i = 0; i < commands.Length; i++)
            {
                data.Add(state, commands[i], expected[i]);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_state_takes_or_refuses_every_command(string state, string command, string expected)
    {
        var placement = In(state);
        Assert.Equal(state, placement.State.ToString());
        var version = placement.Version;

        var refusal = command switch
        {
            "proven work" => Say(placement, 30, Outcome.EmployedContract, Evidence.Document).Refusal,
            "work by own word" => Say(placement, 30, Outcome.SelfEmployed, Evidence.SelfReported).Refusal,
            "seeking" => Say(placement, 30, Outcome.Seeking, Evidence.SelfReported).Refusal,
            "unreachable" => Say(placement, 30, Outcome.Unreachable, null).Refusal,
            "refused" => Say(placement, 30, Outcome.Refused, null).Refusal,
            "learning" => Say(placement, 30, Outcome.FurtherLearning, Evidence.Document).Refusal,
            "refer" => placement.Refer(),
            "by request" => placement.CloseByRequest(Now),
            "nothing due" => placement.Advance(Completed.AddDays(31), Now).Refusal,
            "window over" => placement.Advance(Completed.AddDays(46), Now).Refusal,
            _ => placement.Advance(Completed.AddDays(196), Now).Refusal,
        };

        if (expected[0] == '!')
        {
            Assert.Equal((expected[1..], state, version), (refusal?.Code, placement.State.ToString(), placement.Version));
        }
        else
        {
            Assert.Null(refusal);
            Assert.Equal((expected, version + 1), (placement.State.ToString(), placement.Version));
        }
    }

    // What was found at 7, 30, 90 and 180 days: W proven work, w work by own word, S seeking, - nobody reached, ? does not say. The half year is over.
    [Theory]
    [InlineData("SWWW", nameof(CaseResult.Sustained))]
    [InlineData("WWWW", nameof(CaseResult.Sustained))]
    [InlineData("WW-W", nameof(CaseResult.Sustained))]
    [InlineData("SSWW", nameof(CaseResult.NotSustained))]
    [InlineData("SwWW", nameof(CaseResult.NotSustained))]
    [InlineData("WWWS", nameof(CaseResult.NotSustained))]
    [InlineData("WWWw", nameof(CaseResult.SustainedUnknown))]
    [InlineData("WWW-", nameof(CaseResult.SustainedUnknown))]
    [InlineData("WWW?", nameof(CaseResult.SustainedUnknown))]
    [InlineData("WW--", nameof(CaseResult.Lost))]
    [InlineData("----", nameof(CaseResult.Lost))]
    [InlineData("--SW", nameof(CaseResult.NotSustained))]
    [InlineData("--WW", nameof(CaseResult.NotSustained))]
    public void Half_a_year_decides(string found, string result)
    {
        var placement = New();
        foreach (var (point, what) in new[] { 7, 30, 90, 180 }.Zip(found))
        {
            placement.Advance(Completed.AddDays(point), Now);
            switch (what)
            {
                case 'W':
                    Say(placement, point, Outcome.EmployedContract, Evidence.SystemMatch);
                    break;
                case 'w':
                    Say(placement, point, Outcome.EmployedContract, Evidence.SelfReported);
                    break;
                case 'S':
                    Say(placement, point, Outcome.Seeking, Evidence.SelfReported);
                    break;
                case '?':
                    Say(placement, point, Outcome.Refused, null);
                    break;
            }
        }

        placement.Advance(Completed.AddDays(196), Now);

        Assert.Equal(result, placement.Result.ToString());
        Assert.Null(placement.NextOn);
    }

    [Fact]
    public void Placement_is_told_once_at_the_first_proof()
    {
        var placement = In("PlacedUnverified");

        Assert.Equal(30, Say(placement, 30, Outcome.EmployedFlexible, Evidence.EmployerConfirmed).Step!.PlacedAt!.Point);
        placement.Advance(Completed.AddDays(90), Now);
        Assert.Null(Say(placement, 90, Outcome.EmployedContract, Evidence.SystemMatch).Step!.PlacedAt);
        Assert.Equal(30, placement.PlacedPoint);
    }

    [Fact]
    public void Two_missed_points_in_a_row_lose_a_case_and_an_answer_between_them_does_not()
    {
        var lost = New();
        lost.Advance(Completed.AddDays(11), Now);
        Assert.Equal(CaseState.Guiding, lost.State);
        lost.Advance(Completed.AddDays(46), Now);
        Assert.Equal(CaseState.Lost, lost.State);

        var kept = New();
        kept.Advance(Completed.AddDays(11), Now);
        kept.Advance(Completed.AddDays(30), Now);
        Say(kept, 30, Outcome.Seeking, Evidence.SelfReported);
        kept.Advance(Completed.AddDays(106), Now);
        Assert.Equal(CaseState.Guiding, kept.State);
    }

    [Fact]
    public void A_point_that_passed_in_one_jump_is_missed_and_not_announced()
    {
        var step = New().Advance(Completed.AddDays(95), Now).Step!;

        Assert.Equal([90], step.Opened.Select(t => t.Point));
        Assert.Equal([7, 30], step.Missed.Select(t => t.Point));
    }

    [Fact]
    public void The_next_day_that_matters_is_known_in_advance()
    {
        var placement = New();
        Assert.Equal(Completed.AddDays(7), placement.NextOn);
        placement.Advance(Completed.AddDays(7), Now);
        Assert.Equal(Completed.AddDays(11), placement.NextOn);
        placement.Advance(Completed.AddDays(11), Now);
        Assert.Equal(Completed.AddDays(30), placement.NextOn);
    }

    [Fact]
    public void Windows_that_ended_in_an_outage_are_longer_by_it()
    {
        var placement = New();
        placement.Advance(Completed.AddDays(7), Now);

        placement.ExtendWindows(Completed.AddDays(9), Completed.AddDays(14));

        Assert.Equal([15, 45, 105, 195], placement.Tasks.OrderBy(t => t.Point).Select(t => t.WindowEnds.DayNumber - Completed.DayNumber));
        Assert.Equal(Completed.AddDays(16), placement.NextOn);
    }

    private static PlacementCase New() => PlacementCase.Open(
        Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "s", "c", "i", Now, Now,
        new[] { (7, 3), (30, 15), (90, 15), (180, 15) }.Select(p => new FollowUpTask(Guid.NewGuid(), p.Item1, Completed.AddDays(p.Item1), Completed.AddDays(p.Item1 + p.Item2), "App")));

    private static PlacementCase In(string state)
    {
        var placement = New();
        placement.Advance(Completed.AddDays(7), Now);
        switch (state)
        {
            case "Open":
                Say(placement, 7, Outcome.NotKnown, null);
                break;
            case "Guiding":
                Say(placement, 7, Outcome.Seeking, Evidence.SelfReported);
                break;
            case "Referred":
                Say(placement, 7, Outcome.Seeking, Evidence.SelfReported);
                placement.Refer();
                break;
            case "PlacedUnverified":
                Say(placement, 7, Outcome.EmployedContract, Evidence.SelfReported);
                break;
            case "Placed":
                Say(placement, 7, Outcome.EmployedContract, Evidence.SystemMatch);
                break;
            case "Lost":
                placement.Advance(Completed.AddDays(46), Now);
                break;
            case "ClosedByRequest":
                placement.CloseByRequest(Now);
                break;
            case "Sustained":
                foreach (var point in new[] { 30, 90, 180 })
                {
                    placement.Advance(Completed.AddDays(point), Now);
                    Say(placement, point, Outcome.EmployedContract, Evidence.SystemMatch);
                }

                break;
            case "Closed":
                placement.Advance(Completed.AddDays(180), Now);
                Say(placement, 180, Outcome.Seeking, Evidence.SelfReported);
                break;
        }

        placement.Advance(Completed.AddDays(30), Now);
        return placement;
    }

    private static (CaseStep? Step, SkillStation.Platform.Http.Refusal? Refusal) Say(PlacementCase placement, int point, Outcome outcome, Evidence? evidence) =>
        placement.Answer(placement.Tasks.Single(t => t.Point == point), outcome, evidence, Now);
}
