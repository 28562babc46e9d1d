using System.Diagnostics;
using SkillStation.Platform;
using Spectre.Console;

namespace SkillStation.Embedded.Tour;

/// <summary>Plays the whole line once, through the public APIs alone, on a clock that it moves; exits 0 when all indicators agree with what it did.</summary>
internal static class TakeTour
{
    /// <summary>A Monday morning in Guangzhou, in a year whose public holidays are known to its end.</summary>
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    public static async Task<int> RunAsync(CommandLine command)
    {
        var started = Stopwatch.GetTimestamp();
        var own = command.DataDir is null;
        var dataDir = command.DataDir ?? Directory.CreateTempSubdirectory("skillstation-tour-").FullName;
        if (!own && Directory.Exists(dataDir) && Directory.EnumerateFiles(dataDir, "*.db").Any())
        {
            await Console.Error.WriteLineAsync(command.English ? $"{dataDir} already holds a city; the tour wants an empty folder." : $"{dataDir} 里已有数据，巡览需要空的目录。");
            return 2;
        }

        try
        {
            await using var app = City.Build(
                dataDir,
                command.Urls ?? "http://127.0.0.1:0",
                ["--Clock:Movable", "true", "--Clock:Start", Start.ToString("O"), "--Scheduler:Sweeps", "false", .. command.Settings]);
            AnsiConsole.MarkupLine(command.English ? "[grey]Loading the model city …[/]" : "[grey]正在装载示范城市……[/]");
            await app.PrepareAsync();
            await app.StartAsync();
            var clock = app.Services.GetRequiredService<TimeProvider>();
            var story = new PrintedStory(command.English, () => clock.GetUtcNow().ToLocal());
            var agreed = await new Line(Addresses.OneProcess(new Uri(app.Urls.First())), story, command.English).RunAsync();
            await app.StopAsync();
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            AnsiConsole.MarkupLine((agreed, command.English) switch
            {
                (true, false) => $"[green]每个数字都对得上。[/]用时 {seconds:0} 秒。",
                (true, true) => $"[green]Every figure agrees.[/] {seconds:0} seconds.",
                (false, false) => "[red]有数字对不上。[/]",
                (false, true) => "[red]Some figures do not agree.[/]",
            });
            return agreed ? 0 : 1;
        }
        catch (UnexpectedAnswerException e)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{e.Message}[/]");
            return 1;
        }
        finally
        {
            if (own)
            {
                Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
                Directory.Delete(dataDir, recursive: true);
            }
        }
    }
}
