using SkillStation.Acceptance;
using SkillStation.Platform;

await ServiceHost.RunAsync(args, new AcceptanceModule());
