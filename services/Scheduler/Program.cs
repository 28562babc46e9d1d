using SkillStation.Platform;
using SkillStation.Scheduler;

return await ServiceHost.RunAsync(args, new SchedulerModule());
