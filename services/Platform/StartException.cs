using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using SkillStation.Platform.Bus;
using SkillStation.Platform.Data;

namespace SkillStation.Platform;

/// <summary>
/// Why a program cannot run, and what to do: one line in either language, without a stack. What a person entered is named and never
/// repeated, since it may hold a password. What is not known here is a surprise and keeps its stack.
/// </summary>
public sealed class StartException(string chinese, string english, int exitCode = StartException.CannotRun) : Exception(english)
{
    /// <summary>Exit code: what the program needs is missing, refused or broken.</summary>
    public const int CannotRun = 1;

    /// <summary>Exit code: the command line or a setting is wrong, so that another start would end the same.</summary>
    public const int Misused = 2;

    /// <summary>Runs a program; its exit code. What is understood goes to standard error as one line.</summary>
    public static async Task<int> TellAsync(bool english, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception e) when (Of(e) is not null)
        {
            var why = Of(e)!;
            await Console.Error.WriteLineAsync(english ? why.Message : why.Chinese);
            return why.ExitCode;
        }
    }

    internal static StartException OfSetting(string shape) => new($"设置不对，应为：{shape}", $"A setting is wrong; it should be: {shape}", Misused);

    /// <summary>What is behind an exception, if that is known.</summary>
    internal static StartException? Of(Exception? exception) => exception switch
    {
        null => null,
        StartException known => known,
        OptionsValidationException wrong => OfSetting(string.Join("; ", wrong.Failures)),
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } unfit => OfBinding(unfit.Message.Split('\'')),
        InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" } => OfSetting("Kestrel:Certificates:Default, which https needs"),
        FormatException { Source: "Microsoft.AspNetCore.Http" } => OfSetting("urls = http://HOST:PORT"),
        IOException { InnerException: AddressInUseException } => new("端口已被占用。停掉占用它的程序，或用 --urls 换一个端口。", "The port is in use. Stop what uses it, or take another with --urls."),
        _ => DatabaseSetup.WhyUnusable(exception) ?? BusStarter.WhyUnusable(exception) ?? Of(exception.InnerException),
    };

    // "Failed to convert configuration value 'x' at 'Section:Name' to type 'System.Boolean'." or "'Error…' was set …, but … were not found on …: 'Name'"
    private static StartException OfBinding(string[] quoted) => quoted is [_, "ErrorOnUnknownConfiguration", _, var name, ..]
        ? new($"没有这项设置：{name}", $"There is no such setting: {name}", Misused)
        : OfSetting($"{quoted[^4]} = {quoted[^2].Split('.')[^1]}");

    private string Chinese => chinese;

    private int ExitCode => exitCode;
}
