using SkillStation.Dispatch;
using SkillStation.Platform;

await ServiceHost.RunAsync(args, new DispatchModule());
