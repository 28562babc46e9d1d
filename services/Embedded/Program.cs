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

var words = args.TakeWhile(a => !a.StartsWith('-')).ToArray();
var tool = CommandLine.Read(args[words.Length..]);
if (tool is { Error: null, WantsHelp: false })
{
    switch (words)
    {
        case ["backup", var folder]:
            return await Backup.SaveAsync(tool, folder);
        case ["restore", var folder, .. var only]:
            return await Backup.RestoreAsync(tool, folder, only);
        case ["reconcile"]:
            return await StartException.TellAsync(tool.English, () => Reconcile.RunAsync(tool, repair: false, Console.Out));
        case ["reconcile", "repair"]:
            return await StartException.TellAsync(tool.English, () => Reconcile.RunAsync(tool, repair: true, Console.Out));
    }
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
