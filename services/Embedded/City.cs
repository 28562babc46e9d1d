using SkillStation.Acceptance;
using SkillStation.Dispatch;
using SkillStation.Platform;
using SkillStation.Portal;
using SkillStation.Requests;
using SkillStation.Scheduler;

namespace SkillStation.Embedded;

/// <summary>All services as one program.</summary>
public static class City
{
    public static IReadOnlyList<IServiceModule> Modules => [new RequestsModule(), new DispatchModule(), new AcceptanceModule(), new SchedulerModule(), new PortalModule()];

    /// <summary>Built, not started.</summary>
    public static WebApplication Build(string dataDir, string urls, IEnumerable<string> settings) =>
        ServiceHost.Build(["--Database:DataDir", dataDir, "--urls", urls, .. settings], Modules);
}
