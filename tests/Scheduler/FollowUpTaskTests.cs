using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler.Tests;

public sealed class FollowUpTaskTests
{
    private static readonly DateOnly Opens = new(2026, 4, 3);
    private static readonly DateOnly Ends = new(2026, 4, 18);

    public static TheoryData<string, string, string> Table()
    {
        var commands = new[] { "open early", "open", "miss early", "miss", "proof", "own word", "institution", "no evidence", "unreachable", "cancel" };
        const string NotDue = "!follow-up-not-due", Opened = "!follow-up-already-opened", NotMissed = "!follow-up-not-missed", Again = "!already-answered", Over = "!follow-up-over";
        const string Alone = "!evidence-institution-alone", Needed = "!evidence-needed", Closed = "!case-closed";
        var rows = new (string State, string[] Expected)[]
        {
            ("Waiting", [NotDue, "Due", NotMissed, NotMissed, NotDue, NotDue, NotDue, NotDue, NotDue, "Cancelled"]),
            ("Due", [Opened, Opened, NotMissed, "Unreachable", "Answered", "Answered", Alone, Needed, "Answered", "Cancelled"]),
            ("Answered", [Opened, Opened, NotMissed, NotMissed, "Answered", Again, Again, Again, Again, Over]),   // by own word; only proof is better
            ("Unreachable", [Opened, Opened, NotMissed, NotMissed, "Answered", "Answered", Alone, Needed, "Answered", Over]),   // a late answer counts
            ("Cancelled", [Opened, Opened, NotMissed, NotMissed, Closed, Closed, Closed, Closed, Closed, Over]),
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
        var task = In(state);
        Assert.Equal(state, task.State.ToString());
        var answer = (task.Outcome, task.Evidence);

        var refusal = command switch
        {
            "open early" => task.Open(Opens.AddDays(-1)),
            "open" => task.Open(Opens),
            "miss early" => task.Miss(Ends),
            "miss" => task.Miss(Ends.AddDays(1)),
            "proof" => task.Answer(Outcome.EmployedContract, Evidence.SystemMatch, Facts.Wednesday),
            "own word" => task.Answer(Outcome.EmployedContract, Evidence.SelfReported, Facts.Wednesday),
            "institution" => task.Answer(Outcome.EmployedContract, Evidence.InstitutionReported, Facts.Wednesday),
            "no evidence" => task.Answer(Outcome.EmployedContract, null, Facts.Wednesday),
            "unreachable" => task.Answer(Outcome.Unreachable, null, Facts.Wednesday),
            _ => task.Cancel(),
        };

        Assert.Equal(expected[0] == '!' ? expected[1..] : null, refusal?.Code);
        Assert.Equal(expected[0] == '!' ? state : expected, task.State.ToString());
        if (refusal is not null)
        {
            Assert.Equal(answer, (task.Outcome, task.Evidence));
        }
    }

    private static FollowUpTask In(string state)
    {
        var task = new FollowUpTask(Guid.NewGuid(), 30, Opens, Ends, "App");
        if (state is "Due" or "Answered" or "Unreachable")
        {
            task.Open(Opens);
        }

        switch (state)
        {
            case "Answered":
                task.Answer(Outcome.Seeking, Evidence.SelfReported, Facts.Wednesday);
                break;
            case "Unreachable":
                task.Miss(Ends.AddDays(1));
                break;
            case "Cancelled":
                task.Cancel();
                break;
        }

        return task;
    }
}
