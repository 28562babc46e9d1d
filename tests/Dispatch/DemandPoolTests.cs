using SkillStation.Contracts;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform.Http;

namespace SkillStation.Dispatch.Tests;

/// <summary>The pools of the table need two people and hold three; one is in a forming pool and two are in every other.</summary>
public sealed class DemandPoolTests
{
    private static readonly DateTimeOffset Now = RunningService.Start;

    private static readonly InstitutionCopy School = new()
    {
        Code = "YC",
        Version = 1,
        Name = "学校",
        NameEn = "School",
        DistrictCode = City.District,
        Longitude = 113,
        Latitude = 23,
        StartingQuality = 0.8m,
        LargestRoom = 40,
    };

    private static readonly Dictionary<string, Func<DemandPool, Refusal?>> Commands = new()
    {
        ["join"] = p => p.Join(Now),
        ["leave"] = p => p.Leave(Now),
        ["widen"] = p => p.Widen(Now),
        ["dispatch"] = p => p.Dispatch(Guid.CreateVersion7(), School, Now),
        ["assign"] = p => p.Assign(Guid.CreateVersion7(), School, Now),
        ["accept"] = p => p.Accept(Guid.CreateVersion7(), Now),
        ["takeBack"] = p => p.TakeBack(OfferAnswers.Declined, true, Now),
        ["escalate"] = p => p.Escalate("NobodyLeft", "…", "…", Now),
        ["toCity"] = p => p.EscalateToCity(Now),
        ["hold"] = p => p.Hold(Now),
        ["giveUp"] = p => p.GiveUp("TooFewPeople", "…", "…", Now),
    };

    private static readonly TheoryData<string, string, string> Table = StateTable.Cells("""
                  Forming               Ready                 Dispatching              Accepted                 Escalated             Closed
        join      Ready                 Ready                 pool-not-gathering       pool-not-gathering       pool-not-gathering    pool-not-gathering
        leave     Closed                Forming               Dispatching              Accepted                 Escalated             pool-closed
        widen     Forming               pool-not-gathering    pool-not-gathering       pool-not-gathering       pool-not-gathering    pool-not-gathering
        dispatch  pool-not-ready        Dispatching           pool-already-dispatched  pool-already-dispatched  pool-not-ready        pool-not-ready
        assign    pool-not-escalated    pool-not-escalated    pool-not-escalated       pool-not-escalated       Dispatching           pool-not-escalated
        accept    pool-not-dispatched   pool-not-dispatched   Accepted                 pool-not-dispatched      pool-not-dispatched   pool-not-dispatched
        takeBack  pool-not-dispatched   pool-not-dispatched   Ready                    Ready                    pool-not-dispatched   pool-not-dispatched
        escalate  pool-not-ready        Escalated             pool-not-ready           pool-not-ready           pool-not-ready        pool-not-ready
        toCity    pool-not-escalated    pool-not-escalated    pool-not-escalated       pool-not-escalated       Escalated             pool-not-escalated
        hold      pool-not-accepted     pool-not-accepted     pool-not-accepted        Closed                   pool-not-accepted     pool-not-accepted
        giveUp    Closed                pool-not-escalated    pool-not-escalated       pool-not-escalated       Closed                pool-closed
        """);

    public static TheoryData<string, string, string> Cells => Table;

    [Fact]
    public void The_table_holds_every_state_and_every_command() => StateTable.IsWhole<PoolState>(Table, Commands.Keys);

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_command_in_a_state_does_what_the_table_says(string state, string command, string expected)
    {
        var pool = In(Enum.Parse<PoolState>(state));
        var version = pool.Version;

        var refusal = Commands[command](pool);

        StateTable.Check(expected, state, version, refusal, pool.State.ToString(), pool.Version);
    }

    [Fact]
    public void A_full_pool_takes_nobody_in()
    {
        var pool = In(PoolState.Ready);
        pool.Join(Now);

        Assert.Equal(("pool-full", 3), (pool.Join(Now)?.Code, pool.Members));
    }

    [Fact]
    public void A_pool_is_widened_once()
    {
        var pool = In(PoolState.Forming);
        pool.Widen(Now);

        Assert.Equal("pool-already-widened", pool.Widen(Now)?.Code);
    }

    [Fact]
    public void The_city_is_told_once()
    {
        var pool = In(PoolState.Escalated);
        pool.EscalateToCity(Now);

        Assert.Equal("city-knows-already", pool.EscalateToCity(Now)?.Code);
    }

    [Theory]
    [InlineData(0, "Ready")]
    [InlineData(1, "Forming")]
    [InlineData(2, "Closed")]
    public void A_pool_that_comes_back_is_what_its_people_make_it(int left, string expected)
    {
        var pool = In(PoolState.Dispatching);
        for (var i = 0; i < left; i++)
        {
            pool.Leave(Now);
        }

        pool.TakeBack(OfferAnswers.Lapsed, true, Now);

        Assert.Equal(expected, pool.State.ToString());
    }

    [Fact]
    public void An_escalated_pool_that_everybody_left_is_over()
    {
        var pool = In(PoolState.Escalated);
        pool.Leave(Now);
        pool.Leave(Now);

        Assert.Equal(PoolState.Closed, pool.State);
    }

    [Fact]
    public void Every_change_leaves_a_line_of_history_in_both_languages()
    {
        var pool = In(PoolState.Accepted);

        Assert.Equal(["Opened", "Joined", "Joined", "Ready", "Offered", "Accepted"], pool.History.Select(h => h.Code));
        Assert.All(pool.History, h => Assert.True(h.Chinese.Length > 0 && h.English.Length > 0));
    }

    private static DemandPool In(PoolState state)
    {
        var course = new CourseCopy
        {
            Code = "C",
            Version = 1,
            Name = "课",
            NameEn = "Course",
            OccupationCode = "O",
            Level = "L5",
            TrainingKind = TrainingKinds.SkillUpgrade,
            Clusters = [],
            MinSize = 2,
            MaxSize = 3,
            AutoDispatch = false,
            AgeMin = 16,
        };
        var pool = DemandPool.Open(Guid.CreateVersion7(), course, City.District, City.Station, TimePatterns.Weekend, Now);
        Func<Refusal?>[] steps = [() => pool.Join(Now), () => pool.Join(Now), () => pool.Dispatch(Guid.CreateVersion7(), School, Now), () => pool.Accept(Guid.CreateVersion7(), Now), () => pool.Hold(Now)];
        var needed = state switch
        {
            PoolState.Forming => 1,
            PoolState.Ready or PoolState.Escalated => 2,
            PoolState.Dispatching => 3,
            PoolState.Accepted => 4,
            _ => 5,
        };
        Assert.All(steps.Take(needed).ToList(), step => Assert.Null(step()));
        if (state == PoolState.Escalated)
        {
            Assert.Null(pool.Escalate("NobodyLeft", "…", "…", Now));
        }

        Assert.Equal(state, pool.State);
        return pool;
    }
}
