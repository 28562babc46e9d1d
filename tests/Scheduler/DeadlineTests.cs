using SkillStation.Contracts;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler.Tests;

public sealed class DeadlineTests
{
    private static readonly DateTimeOffset Start = Facts.Wednesday;

    // Columns: stopped in time · stopped late · a stop older than the start · time to half · time to due · an outage of an hour
    public static TheoryData<string, string, string> Table()
    {
        var commands = new[] { "stop", "stop-late", "stop-old", "half", "due", "extend" };
        var rows = new (string State, string[] Expected)[]
        {
            ("Running", ["Met", "MetLate", "!deadline-started-later", "Running", "Overdue", "Running"]),
            ("Overdue", ["Met", "MetLate", "!deadline-started-later", "=", "=", "!deadline-not-running"]),
            ("Met", ["!deadline-already-stopped", "!deadline-already-stopped", "!deadline-already-stopped", "=", "=", "!deadline-not-running"]),
            ("Lapsed", ["!deadline-already-stopped", "!deadline-already-stopped", "!deadline-already-stopped", "=", "=", "!deadline-not-running"]),
            ("MetLate", ["!deadline-already-stopped", "!deadline-already-stopped", "!deadline-already-stopped", "=", "=", "!deadline-not-running"]),
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
        var deadline = In(state);
        Assert.Equal(state, deadline.State.ToString());
        var version = deadline.Version;

        var refusal = command switch
        {
            "stop" => deadline.Stop(Start.AddHours(9)),
            "stop-late" => deadline.Stop(Start.AddHours(11)),
            "stop-old" => deadline.Stop(Start.AddHours(-1)),
            "extend" => deadline.Extend(TimeSpan.FromHours(1)),
            _ => null,
        };
        var reached = command switch
        {
            "half" => deadline.Reach(Start.AddHours(5)),
            "due" => deadline.Reach(Start.AddHours(10)),
            _ => [],
        };

        if (expected is "=" || expected[0] == '!')
        {
            Assert.Equal((state, version), (deadline.State.ToString(), deadline.Version));
            Assert.Equal(expected is "=" ? null : expected[1..], refusal?.Code);
            Assert.Empty(reached);
        }
        else
        {
            Assert.Null(refusal);
            Assert.Equal((expected, version + 1), (deadline.State.ToString(), deadline.Version));
        }
    }

    [Fact]
    public void A_jump_over_several_stages_reaches_each_in_order()
    {
        Assert.Equal([DeadlineStage.Half, DeadlineStage.FourFifths, DeadlineStage.Due], In("Running").Reach(Start.AddDays(2)));
    }

    [Fact]
    public void Stages_are_reached_once()
    {
        var deadline = In("Running");

        Assert.Equal([DeadlineStage.Half], deadline.Reach(Start.AddHours(5)));
        Assert.Empty(deadline.Reach(Start.AddHours(7)));
        Assert.Equal([DeadlineStage.FourFifths], deadline.Reach(Start.AddHours(8)));
        Assert.Equal([DeadlineStage.Due], deadline.Reach(Start.AddHours(10)));
        Assert.Null(deadline.NextStageAt);
    }

    [Fact]
    public void An_outage_moves_what_is_still_ahead_and_nothing_else()
    {
        var deadline = In("Running");
        deadline.Reach(Start.AddHours(5));

        deadline.Extend(TimeSpan.FromHours(3));

        Assert.Equal(
            (Start.AddHours(5), Start.AddHours(11), Start.AddHours(13), TimeSpan.FromHours(3), Start.AddHours(11)),
            (deadline.HalfAt, deadline.FourFifthsAt, deadline.DueAt, deadline.ExtendedBy, deadline.NextStageAt!.Value));
    }

    [Fact]
    public void The_stage_words_are_those_of_the_contract()
    {
        Assert.Equal([DeadlineStages.Half, DeadlineStages.FourFifths, DeadlineStages.Due], Enum.GetNames<DeadlineStage>().Skip(1));
    }

    // Ten hours: half after five, four fifths after eight.
    private static Deadline In(string state)
    {
        var deadline = Deadline.Start(Guid.NewGuid(), DeadlineKinds.Triage, Guid.NewGuid(), 1, null, Start, Start, Start.AddHours(5), Start.AddHours(8), Start.AddHours(10));
        switch (state)
        {
            case "Overdue":
                deadline.Reach(Start.AddHours(10));
                break;
            case "Lapsed":
                deadline.Reach(Start.AddHours(10), silenceAnswers: true);
                break;
            case "Met":
                deadline.Stop(Start.AddHours(1));
                break;
            case "MetLate":
                deadline.Stop(Start.AddHours(12));
                break;
        }

        return deadline;
    }
}
