using SkillStation.Platform;
using SkillStation.Portal;

await ServiceHost.RunAsync(args, new PortalModule());
