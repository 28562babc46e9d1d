using SkillStation.Platform;
using SkillStation.Portal;
using Spectre.Console;

namespace SkillStation.Embedded;

/// <summary>Runs the model city until Ctrl-C.</summary>
internal static class RunCity
{
    public static async Task<int> RunAsync(CommandLine command)
    {
        var dataDir = Path.GetFullPath(command.DataDir ?? "data");
        await using var app = City.Build(dataDir, command.Urls ?? "http://localhost:8080", command.Settings);
        await app.ServeAsync(() => Print(app.Urls.First().Replace("[::]", "localhost", StringComparison.Ordinal), dataDir, command.English));
        Console.WriteLine(command.English ? "Stopped. Everything is saved." : "已停止，数据都已保存。");
        return 0;
    }

    private static void Print(string address, string dataDir, bool english)
    {
        string Say(string chinese, string inEnglish) => english ? inEnglish : chinese;
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn(new GridColumn().NoWrap());
        grid.AddRow(Say("网页", "Web pages"), address);
        grid.AddRow(Say("接口页面（四个服务）", "API pages (four services)"), $"{address}/docs");
        foreach (var module in City.Modules.Where(m => m is not PortalModule))
        {
            grid.AddRow($"  {module.Title}", $"{address}/openapi/{module.Name}.json");
        }

        grid.AddRow(Say("定时任务", "Hangfire dashboard"), $"{address}/hangfire");
        grid.AddRow(Say("健康检查", "Health"), $"{address}/health/ready");
        grid.AddRow(Say("数据目录", "Data"), dataDir);

        AnsiConsole.Write(new Rule($"[bold]{Say("羊城技能加油站 · 居民点单 站点派单 机构接单", "SkillStation · residents ask, stations dispatch, institutions accept")}[/]").LeftJustified());
        AnsiConsole.Write(grid);
        AnsiConsole.WriteLine();
        AnsiConsole.WriteLine(Say("接下来可以试试：", "Try next:"));
        AnsiConsole.WriteLine($"  curl \"{address}/api/v1/courses?text=%E5%85%BB%E8%80%81\"");
        AnsiConsole.WriteLine($"  curl \"{address}/api/v1/stations?near=113.32,23.13\"");
        AnsiConsole.WriteLine("  dotnet run --project services/Embedded -- tour" + (english ? " --lang en" : string.Empty));
        AnsiConsole.WriteLine($"  services/Requests/Requests.http …  {Say("（按顺序点一遍）", "(click through in order)")}");
        AnsiConsole.WriteLine(Say("按 Ctrl-C 停止。", "Ctrl-C stops it."));
    }
}
