using SkillStation.Contracts;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform.Http;

namespace SkillStation.Dispatch.Tests;

public sealed class PooledRequestTests
{
    private static readonly DateTimeOffset Now = RunningService.Start;

    private static readonly Dictionary<string, Func<PooledRequest, Refusal?>> Commands = new()
    {
        ["recheck"] = r => r.Recheck(["Duplicate"]),
        ["admit"] = r => r.Admit(Guid.CreateVersion7()),
        ["ask"] = r => r.Ask("times", "周末可以吗？"),
        ["refuse"] = r => r.Refuse("OutOfCity", "可以到居住地的站点点单。"),
        ["escalate"] = r => r.Escalate(Now),
        ["amend"] = r => r.Amend(1, Goals.Life, [TimePatterns.Weekend], 20, []),
        ["withdraw"] = r => r.Withdraw(),
        ["move"] = r => r.Move(Guid.CreateVersion7()),
        ["place"] = r => r.Place(),
        ["unplace"] = r => r.Unplace(),
        ["return"] = r => r.Return(SeatReasons.ClassFull, 1, Guid.CreateVersion7()),
        ["unserve"] = r => r.Unserve("TooFewPeople", "可以改点别的课。"),
        ["finish"] = r => r.Finish(),
    };

    private static readonly TheoryData<string, string, string> Table = StateTable.Cells("""
                  AwaitingTriage                 Asked                         Refused                       Pooled                        Placed                        Withdrawn                     Unserved                      Done
        recheck   AwaitingTriage                 request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage
        admit     Pooled                         request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage
        ask       Asked                          request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage
        refuse    Refused                        request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage
        escalate  AwaitingTriage                 request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage   request-not-awaiting-triage
        amend     AwaitingTriage                 AwaitingTriage                request-over                  Pooled                        Placed                        request-over                  request-over                  request-over
        withdraw  Withdrawn                      Withdrawn                     request-over                  Withdrawn                     Withdrawn                     request-over                  request-over                  request-over
        move      request-not-pooled             request-not-pooled            request-not-pooled            Pooled                        request-not-pooled            request-not-pooled            request-not-pooled            request-not-pooled
        place     request-not-pooled             request-not-pooled            request-not-pooled            Placed                        request-not-pooled            request-not-pooled            request-not-pooled            request-not-pooled
        unplace   request-not-placed             request-not-placed            request-not-placed            request-not-placed            Pooled                        request-not-placed            request-not-placed            request-not-placed
        return    request-not-placed             request-not-placed            request-not-placed            request-not-placed            Pooled                        request-not-placed            request-not-placed            request-not-placed
        unserve   request-not-pooled             request-not-pooled            request-not-pooled            Unserved                      Unserved                      request-not-pooled            request-not-pooled            request-not-pooled
        finish    request-not-placed             request-not-placed            request-not-placed            request-not-placed            Done                          request-not-placed            request-not-placed            request-not-placed
        """);

    public static TheoryData<string, string, string> Cells => Table;

    [Fact]
    public void The_table_holds_every_state_and_every_command() => StateTable.IsWhole<RequestState>(Table, Commands.Keys);

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_command_in_a_state_does_what_the_table_says(string state, string command, string expected)
    {
        var request = In(Enum.Parse<RequestState>(state));
        var version = request.Version;

        var refusal = Commands[command](request);

        StateTable.Check(expected, state, version, refusal, request.State.ToString(), request.Version);
    }

    [Fact]
    public void An_amendment_that_a_later_one_has_replaced_is_refused()
    {
        var request = In(RequestState.Pooled);
        request.Amend(3, Goals.Life, [TimePatterns.Weekend], 20, []);

        var refusal = request.Amend(2, Goals.FindJob, [TimePatterns.WeekdayDaytime], 40, []);

        Assert.Equal(("amendment-outdated", Goals.Life, 20), (refusal?.Code, request.Goal, request.MaxMinutes));
    }

    [Theory]
    [InlineData(SeatReasons.NoAnswer, "no-second-turn")]
    [InlineData(SeatReasons.ByResident, "no-second-turn")]
    [InlineData(SeatReasons.ClassFull, null)]
    [InlineData(SeatReasons.LearnerClash, null)]
    public void Only_the_residents_own_no_and_silence_use_the_second_turn_up(string reason, string? second)
    {
        var request = In(RequestState.Placed);
        Assert.Null(request.Return(reason, 1, Guid.CreateVersion7()));
        request.Place();

        Assert.Equal(second, request.Return(reason, 1, Guid.CreateVersion7())?.Code);
    }

    [Fact]
    public void The_place_in_the_queue_is_that_of_the_submission_whatever_happens()
    {
        var request = In(RequestState.Placed);

        request.Return(SeatReasons.NoAnswer, 1, Guid.CreateVersion7());

        Assert.Equal((Now, 2), (request.QueuedAt, request.Turn));
    }

    internal static PooledRequest In(RequestState state)
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
        var request = PooledRequest.Receive(Guid.CreateVersion7(), Guid.CreateVersion7(), course, City.Station, City.District, Goals.FindJob, [TimePatterns.WeekdayDaytime], 30, [], 40, Now);
        Refusal? refusal = state switch
        {
            RequestState.Asked => request.Ask("goal", "？"),
            RequestState.Refused => request.Refuse("OutOfCity", "…"),
            RequestState.Withdrawn => request.Withdraw(),
            RequestState.AwaitingTriage => null,
            _ => request.Admit(Guid.CreateVersion7()),
        };
        refusal ??= state switch
        {
            RequestState.Placed or RequestState.Done => request.Place(),
            RequestState.Unserved => request.Unserve("TooFewPeople", "…"),
            _ => null,
        };
        refusal ??= state == RequestState.Done ? request.Finish() : null;
        Assert.Null(refusal);
        Assert.Equal(state, request.State);
        return request;
    }
}
