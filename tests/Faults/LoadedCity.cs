using SkillStation.Embedded;

[assembly: AssemblyFixture(typeof(SkillStation.Faults.Tests.LoadedCity))]

namespace SkillStation.Faults.Tests;

/// <summary>A city takes longer to load than most faults to happen, so it is loaded once, and every test begins with a copy.</summary>
public sealed class LoadedCity : IDisposable
{
    private static readonly Lazy<Task<string>> Folder = new(() => RunningService.LoadOnceAsync([.. City.Modules]));

    public static async Task CopyTo(string folder)
    {
        foreach (var file in Directory.GetFiles(await Folder.Value))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    public void Dispose()
    {
        if (Folder is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: var path } })
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
