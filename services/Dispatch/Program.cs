using SkillStation.Dispatch;
using SkillStation.Platform;

return await ServiceHost.RunAsync(args, new DispatchModule());
