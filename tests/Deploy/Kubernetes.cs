using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SkillStation.Deploy.Tests;

/// <summary>One of our pods: the Deployment or Job it comes from and its container, the shared patch laid over it.</summary>
internal sealed record OurPod(string Kind, string Name, JsonNode Spec, JsonNode Container);

/// <summary>deploy/kubernetes.</summary>
internal static partial class Kubernetes
{
    public static readonly string Base = Repository.PathOf("deploy", "kubernetes", "base");

    public static readonly string Production = Repository.PathOf("deploy", "kubernetes", "overlays", "production");

    public static JsonNode Kustomization(string folder) => Assert.Single(Repository.Yaml(File.ReadAllText(Path.Combine(folder, "kustomization.yaml"))));

    /// <summary>The base's resources as kustomize would make them, but for generated names.</summary>
    public static IReadOnlyList<JsonNode> Resources
    {
        get
        {
            var kustomization = Kustomization(Base);
            var resources = kustomization["resources"].Texts().SelectMany(file => Repository.Yaml(File.ReadAllText(Path.Combine(Base, file)))).ToList();
            foreach (var patch in kustomization["patches"].Items())
            {
                var over = Assert.Single(Repository.Yaml(File.ReadAllText(Path.Combine(Base, patch["path"].Text()))));
                over["metadata"]!.AsObject().Remove("name");
                foreach (var target in resources.Where(r => r["kind"].Text() == patch["target"]!["kind"].Text()))
                {
                    Lay(over, target);
                }
            }

            return resources;
        }
    }

    public static IReadOnlyList<OurPod> Pods => [.. Resources.Where(r => r["kind"].Text() is "Deployment" or "Job").Select(r =>
        new OurPod(r["kind"].Text(), NameOf(r), r["spec"]!["template"]!["spec"]!, Assert.Single(r["spec"]!["template"]!["spec"]!["containers"].Items())))];

    public static string NameOf(JsonNode resource) => resource["metadata"]!["name"].Text();

    /// <summary>What a container finds in its environment: the settings, then its own, each $(NAME) replaced; a secret is a made-up word.</summary>
    public static Dictionary<string, string> Environment(JsonNode container)
    {
        var settings = Repository.EnvFile(File.ReadAllText(Path.Combine(Base, "settings.env")));
        foreach (var literal in Kustomization(Production)["configMapGenerator"].Items().SelectMany(g => g["literals"].Texts()))
        {
            settings[literal[..literal.IndexOf('=', StringComparison.Ordinal)]] = literal[(literal.IndexOf('=', StringComparison.Ordinal) + 1)..];
        }

        Assert.Equal(["settings"], container["envFrom"].Items().Select(e => e["configMapRef"]!["name"].Text()));
        var environment = new Dictionary<string, string>(settings);
        var own = new Dictionary<string, string>();   // the kubelet replaces $(NAME) by what stands above it in env, not by what envFrom brought
        foreach (var entry in container["env"].Items())
        {
            own[entry["name"].Text()] = entry["value"] is { } value ? Reference().Replace(value.Text(), r => own[r.Groups["name"].Value])
                : entry["valueFrom"]!["configMapKeyRef"] is { } setting ? settings[setting["key"].Text()]
                : "made-up-" + entry["valueFrom"]!["secretKeyRef"]!["key"].Text();
        }

        foreach (var (name, value) in own)
        {
            environment[name] = value;
        }

        return environment;
    }

    // A strategic merge in small: maps are merged, lists of named things by name, anything else is replaced.
    private static void Lay(JsonNode over, JsonNode under)
    {
        foreach (var (name, value) in over.Entries())
        {
            switch (value, under[name])
            {
                case (JsonObject map, JsonObject below):
                    Lay(map, below);
                    break;
                case (JsonArray list, JsonArray below) when list.Items().All(i => i is JsonObject && i["name"] is not null):
                    foreach (var item in list.Items())
                    {
                        if (below.Items().FirstOrDefault(b => b["name"].Text() == item["name"].Text()) is { } same)
                        {
                            Lay(item, same);
                        }
                        else
                        {
                            below.Add(item.DeepClone());
                        }
                    }

                    break;
                default:
                    under[name] = value?.DeepClone();
                    break;
            }
        }
    }

    [GeneratedRegex(@"\$\((?<name>[A-Z_]+)\)")]
    public static partial Regex Reference();
}
