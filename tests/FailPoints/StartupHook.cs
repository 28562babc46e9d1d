using System.Diagnostics;
using SkillStation.FailPoints;

/// <summary>
/// The runtime calls this before Main of a service whose DOTNET_STARTUP_HOOKS names this assembly. So the service that breaks is the one that
/// is shipped, and it holds no switch that could break it.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(FailPoint.Setting) is { } file)
        {
            DiagnosticListener.AllListeners.Subscribe(new FailPoint(file));
        }
    }
}
