using SkillStation.Platform;
using SkillStation.Requests;

await ServiceHost.RunAsync(args, new RequestsModule());
