using SkillStation.Embedded;
using SkillStation.Embedded.Tour;
using SkillStation.Platform;

if (args is ["migrate", ..])
{
    return await ServiceHost.RunAsync(args, City.Modules);
}

if (args is ["dead-letters", ..])
{
    return await DeadLetters.RunAsync(args[1..]);
}

var command = CommandLine.Read(args);
if (command.Error is { } error)
{
    Console.Error.WriteLine(error);
    Console.Error.WriteLine();
    Console.Error.WriteLine(CommandLine.Help);
    return 2;
}

if (command.WantsHelp)
{
    Console.WriteLine(CommandLine.Help);
    return 0;
}

return await StartException.TellAsync(command.English, () => command.WantsTour ? TakeTour.RunAsync(command) : RunCity.RunAsync(command));
