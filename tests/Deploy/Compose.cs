using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SkillStation.Deploy.Tests;

/// <summary>docker-compose.yml.</summary>
internal static partial class Compose
{
    public static readonly string Source = Repository.Text("docker-compose.yml");

    public static readonly JsonNode File = Assert.Single(Repository.Yaml(Source));

    public static IReadOnlyDictionary<string, JsonNode> Services => File["services"].Entries().ToDictionary(s => s.Key, s => s.Value!);

    /// <summary>The four that stay; migrate ends.</summary>
    public static IReadOnlyList<string> OfTheCity => ["requests", "dispatch", "acceptance", "scheduler"];

    public static Dictionary<string, string> Environment(string service) => Services[service]["environment"].Entries().ToDictionary(e => e.Key, e => e.Value.Text());

    /// <summary>The same with ${…} replaced as docker compose does, from what deploy/secrets.sh wrote.</summary>
    public static Dictionary<string, string> Environment(string service, IReadOnlyDictionary<string, string> secrets) => Environment(service).ToDictionary(
        e => e.Key,
        e => Variable().Replace(e.Value, v => secrets.TryGetValue(v.Groups["name"].Value, out var value) ? value
            : v.Groups["default"].Success ? v.Groups["default"].Value
            : throw new InvalidOperationException($"{v.Value} has no value.")));

    /// <summary>What deploy/secrets.sh writes, from a run of it.</summary>
    public static async Task<Dictionary<string, string>> Secrets()
    {
        var copy = Repository.CopyOfDeploy();
        var (code, output) = await Repository.Run("bash", Path.Combine(copy, "deploy/secrets.sh"));
        Assert.True(code == 0, output);
        var secrets = Repository.EnvFile(await System.IO.File.ReadAllTextAsync(Path.Combine(copy, ".env")));
        Directory.Delete(copy, recursive: true);
        return secrets;
    }

    [GeneratedRegex(@"(?<!\$)\$\{(?<name>[A-Z_]+)(?::-(?<default>[^}]*)|:\?[^}]*)?\}")]
    public static partial Regex Variable();
}
