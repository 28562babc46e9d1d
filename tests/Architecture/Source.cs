using System.Reflection;
using SkillStation.Embedded;
using SkillStation.Platform.Bus;

namespace SkillStation.Architecture.Tests;

/// <summary>The code of this project as text and as assemblies.</summary>
internal static class Source
{
    public static readonly string Root = FindRoot();

    public static readonly IReadOnlyList<string> Services = ["Requests", "Dispatch", "Acceptance", "Scheduler", "Portal"];

    public static IReadOnlyList<Assembly> ServiceAssemblies => [.. City.Modules.Select(m => m.GetType().Assembly)];

    public static IReadOnlyList<ConsumerEndpoint> Queues => [.. City.Modules.SelectMany(m =>
    {
        var list = new ConsumerList(m.Name, typeof(object));
        m.AddConsumers(list);
        return list.Queues;
    })];

    /// <summary>Source files below a folder of the root; never empty, so that no rule goes blind.</summary>
    public static IReadOnlyList<(string Path, string Text)> Files(string folder)
    {
        var files = Directory.EnumerateFiles(System.IO.Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(p => !p.Contains("/Migrations/", StringComparison.Ordinal) && !p.Contains("/obj/", StringComparison.Ordinal))
            .Select(p => (System.IO.Path.GetRelativePath(Root, p), File.ReadAllText(p)))
            .ToList();
        Assert.NotEmpty(files);
        return files;
    }

    /// <summary>Every project file; never empty.</summary>
    public static IReadOnlyList<string> Projects
    {
        get
        {
            var projects = Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories).Where(p => !p.Contains("/artifacts/", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(projects);
            return projects;
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "SkillStation.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("No SkillStation.sln above the tests.");
    }
}
