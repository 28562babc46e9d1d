using SkillStation.Platform;
using SkillStation.Requests;

return await ServiceHost.RunAsync(args, new RequestsModule());
