using Spectre.Console;

namespace SkillStation.Embedded.Tour;

/// <summary>Who is told what happens. Tests listen in silence.</summary>
public interface IStory
{
    void Chapter(string chinese, string english);

    void Tell(string chinese, string english);

    /// <summary>What the resident whom the story follows sees on the phone at this moment.</summary>
    void Resident(string chinese, string english);

    /// <summary>Something long: so many steps, told one by one.</summary>
    Task Progress(string chinese, string english, int steps, Func<Action, Task> work);

    void Table(IReadOnlyList<IndicatorLine> lines);
}

/// <summary>One indicator as the Scheduler counts it beside what the tour did.</summary>
public sealed record IndicatorLine(string Chinese, string English, string Counted, string Done)
{
    public bool Agrees => Counted == Done;
}

public sealed class SilentStory : IStory
{
    public void Chapter(string chinese, string english)
    {
    }

    public void Tell(string chinese, string english)
    {
    }

    public void Resident(string chinese, string english)
    {
    }

    public Task Progress(string chinese, string english, int steps, Func<Action, Task> work) => work(() => { });

    public void Table(IReadOnlyList<IndicatorLine> lines)
    {
    }
}

internal sealed class PrintedStory(bool english, Func<DateTimeOffset> now) : IStory
{
    private int chapters;

    public void Chapter(string chinese, string inEnglish)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Rule($"[bold]{++chapters} · {Markup.Escape(Say(chinese, inEnglish))}[/]  [grey]{now():yyyy-MM-dd HH:mm}[/]").LeftJustified());
    }

    public void Tell(string chinese, string inEnglish) => Write(Markup.Escape(Say(chinese, inEnglish)));

    public void Resident(string chinese, string inEnglish) => Write($"[blue]{(english ? "On her phone: " : "她手机上看到：")}{Markup.Escape(Say(chinese, inEnglish))}[/]");

    public Task Progress(string chinese, string inEnglish, int steps, Func<Action, Task> work) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
        .StartAsync(context =>
        {
            var bar = context.AddTask("  " + Markup.Escape(Say(chinese, inEnglish)), maxValue: steps);
            return work(() => bar.Increment(1));
        });

    public void Table(IReadOnlyList<IndicatorLine> lines)
    {
        var table = new Table().Border(TableBorder.None).AddColumn(Say("指标", "Indicator"))
            .AddColumn(new TableColumn(Say("系统统计", "System counts")).RightAligned())
            .AddColumn(new TableColumn(Say("实际做了", "The tour did")).RightAligned())
            .AddColumn("");
        foreach (var line in lines)
        {
            table.AddRow(Say(line.Chinese, line.English), line.Counted, line.Done, line.Agrees ? "[green]=[/]" : "[red]≠[/]");
        }

        AnsiConsole.Write(new Padder(table, new Padding(2, 0, 0, 1)));
    }

    // what runs over the line goes on below its own beginning
    private static void Write(string markup) => AnsiConsole.Write(new Padder(new Markup(markup), new Padding(2, 0, 0, 0)));

    private string Say(string chinese, string inEnglish) => english ? inEnglish : chinese;
}
