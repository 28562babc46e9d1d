using SkillStation.Platform;
using SkillStation.Scheduler;

await ServiceHost.RunAsync(args, new SchedulerModule());
