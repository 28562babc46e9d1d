namespace SkillStation.Embedded;

/// <summary>What was asked for on the command line.</summary>
internal sealed record CommandLine
{
    public const string Help = """
        SkillStation: every service in one process (SQLite files, in-memory bus).
        技能加油站：所有服务在一个进程里运行（SQLite 文件、内存总线）。

          dotnet run --project services/Embedded [-- options]        run the model city until Ctrl-C   运行示范城市
          dotnet run --project services/Embedded -- tour [options]   play the whole line once          看一遍全流程
          dotnet run --project services/Embedded -- migrate --Database:…     prepare the databases and end     准备数据库后退出
          dotnet run --project services/Embedded -- dead-letters list        messages that could not be handled (also: redrive, drop)   无法处理的消息
          dotnet run --project services/Embedded -- backup FOLDER            copies of all databases, while it runs    备份（运行中也可以）
          dotnet run --project services/Embedded -- restore FOLDER [service …]   back again, while it does not run     恢复（先停掉服务）
          dotnet run --project services/Embedded -- reconcile [repair]       after a restore: who has missed or forgotten what   恢复后对账

        Options 选项
          --data-dir DIR    where the SQLite files are; default ./data (the tour: a folder that is deleted afterwards)   数据目录
          --urls URL        where to listen; default http://localhost:8080 (the tour: any free port)                     监听地址
          --lang zh|en      language of what is printed; default zh                                                      输出语言
          --help            this text                                                                                    显示帮助

        Any setting of the services can follow as --Section:Name value, for example --Logging:LogLevel:Default Information
        """;

    public bool WantsHelp { get; private init; }

    public bool WantsTour { get; private init; }

    public bool English { get; private init; }

    public string? DataDir { get; private init; }

    public string? Urls { get; private init; }

    /// <summary>Settings handed on to the services.</summary>
    public IReadOnlyList<string> Settings { get; private init; } = [];

    /// <summary>Why the line cannot be understood; null when it can.</summary>
    public string? Error { get; private init; }

    public static CommandLine Read(IReadOnlyList<string> args)
    {
        var line = new CommandLine();
        var settings = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var before, var after] ? (before, after) : (args[i], null);
            if (name is "--help" or "-h" or "-?")
            {
                line = line with { WantsHelp = true };
            }
            else if (name == "tour" && i == 0)
            {
                line = line with { WantsTour = true };
            }
            else if (name is "--data-dir" or "--urls" or "--lang" || (name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':', StringComparison.Ordinal)))
            {
                value ??= ++i < args.Count ? args[i] : null;
                if (string.IsNullOrEmpty(value))
                {
                    return new CommandLine { Error = $"{name} needs a value. / {name} 需要一个值。" };
                }

                switch (name)
                {
                    case "--data-dir":
                        line = line with { DataDir = value };
                        break;
                    case "--urls":
                        line = line with { Urls = value };
                        break;
                    case "--lang" when value is not ("zh" or "en"):
                        return new CommandLine { Error = "--lang is zh or en. / --lang 只能是 zh 或 en。" };
                    case "--lang":
                        line = line with { English = value == "en" };
                        break;
                    default:
                        settings.AddRange([name, value]);
                        break;
                }
            }
            else
            {
                return new CommandLine { Error = $"Unknown: {args[i]} / 不认识：{args[i]}" };
            }
        }

        return line with { Settings = settings };
    }
}
