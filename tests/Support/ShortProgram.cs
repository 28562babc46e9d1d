using System.Diagnostics;

namespace SkillStation.Support;

/// <summary>What a program that ends by itself said, and how it ended.</summary>
public sealed record ShortProgram(int ExitCode, string Output, string Error)
{
    /// <summary>Runs services/NAME to its end.</summary>
    public static async Task<ShortProgram> RunAsync(string name, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [ServiceProcess.Binary(name), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(deadline.Token), process.StandardError.ReadToEndAsync(deadline.Token));
            await process.WaitForExitAsync(deadline.Token);
            return new ShortProgram(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"{name} {string.Join(' ', args)} did not end.");
        }
    }
}
