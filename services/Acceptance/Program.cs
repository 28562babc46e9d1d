using SkillStation.Acceptance;
using SkillStation.Platform;

return await ServiceHost.RunAsync(args, new AcceptanceModule());
