using System.Diagnostics;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace SkillStation.Deploy.Tests;

/// <summary>The files of this repository, and its scripts.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();

    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    public static string Text(params ReadOnlySpan<string> parts) => File.ReadAllText(PathOf(parts));

    /// <summary>The documents of a YAML file, anchors and merge keys resolved; every scalar is a text.</summary>
    public static IReadOnlyList<JsonNode> Yaml(string text)
    {
        var parser = new MergingParser(new Parser(new StringReader(text)));
        var deserializer = new DeserializerBuilder().Build();
        var documents = new List<JsonNode>();
        parser.Consume<StreamStart>();
        while (parser.Accept<DocumentStart>(out _))
        {
            documents.Add(ToJson(deserializer.Deserialize<object>(parser))!);
        }

        return documents;
    }

    /// <summary>NAME=value lines.</summary>
    public static Dictionary<string, string> EnvFile(string text) => text.Split('\n')
        .Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#'))
        .ToDictionary(line => line[..line.IndexOf('=', StringComparison.Ordinal)], line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]);

    /// <summary>Runs a program to its end; both outputs are one text.</summary>
    public static async Task<(int Code, string Output)> Run(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(output));
    }

    public static bool Has(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>A copy of deploy/ in a folder of its own, so that scripts may write beside themselves.</summary>
    public static string CopyOfDeploy()
    {
        var copy = Directory.CreateTempSubdirectory("skillstation-deploy-").FullName;
        foreach (var file in Directory.EnumerateFiles(PathOf("deploy"), "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "secrets.env"))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    private static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        IDictionary<object, object> map => new JsonObject(map.Select(p => KeyValuePair.Create((string)p.Key, ToJson(p.Value)))),
        IList<object> list => new JsonArray([.. list.Select(ToJson)]),
        _ => JsonValue.Create((string)value),
    };

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SkillStation.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("No SkillStation.sln above the tests.");
    }
}

internal static class Nodes
{
    public static string Text(this JsonNode? node) => node?.GetValue<string>() ?? throw new InvalidOperationException("A text is missing.");

    public static IReadOnlyList<string> Texts(this JsonNode? node) => [.. (node as JsonArray ?? []).Select(n => n.Text())];

    public static IEnumerable<KeyValuePair<string, JsonNode?>> Entries(this JsonNode? node) => node as JsonObject ?? [];

    public static IEnumerable<JsonNode> Items(this JsonNode? node) => (node as JsonArray ?? []).Select(n => n!);
}
