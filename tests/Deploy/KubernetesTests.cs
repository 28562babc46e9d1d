using System.Text.Json.Nodes;
using SkillStation.Embedded;

namespace SkillStation.Deploy.Tests;

public sealed class KubernetesTests
{
    private static readonly string[] Services = ["requests", "dispatch", "acceptance", "scheduler"];

    [Theory]
    [InlineData("base")]
    [InlineData("overlays/production")]
    public void What_a_kustomization_names_is_there_and_every_file_is_named(string folder)
    {
        var path = Repository.PathOf("deploy", "kubernetes", folder);
        var kustomization = Kubernetes.Kustomization(path);
        var named = kustomization["resources"].Texts()
            .Concat(kustomization["patches"].Items().Select(p => p["path"].Text()))
            .Concat(kustomization["configMapGenerator"].Items().Concat(kustomization["secretGenerator"].Items()).SelectMany(g => g["envs"].Texts()))
            .ToList();

        Assert.NotEmpty(named);
        Assert.All(named.Where(n => n != "secrets.env"), n => Assert.True(Path.Exists(Path.Combine(path, n)), n));
        Assert.Equal(
            named.Where(n => !n.StartsWith("..", StringComparison.Ordinal)).Append("kustomization.yaml").Append("secrets.env").Order().Distinct(),
            Directory.EnumerateFiles(path).Select(f => Path.GetFileName(f).Replace(".template", "", StringComparison.Ordinal)).Append("secrets.env").Order().Distinct());
    }

    [Fact]
    public void Each_service_has_a_deployment_an_address_and_a_budget_of_disruption_that_mean_the_same_pods() => Assert.All(Services, name =>
    {
        var own = Kubernetes.Resources.Where(r => Kubernetes.NameOf(r) == name).ToDictionary(r => r["kind"].Text());

        Assert.Equal(["Deployment", "Service", "PodDisruptionBudget"], own.Keys);
        Assert.Equal(name, own["Deployment"]["spec"]!["template"]!["metadata"]!["labels"]!["app"].Text());
        Assert.Equal(name, own["Deployment"]["spec"]!["selector"]!["matchLabels"]!["app"].Text());
        Assert.Equal(name, own["Service"]["spec"]!["selector"]!["app"].Text());
        Assert.Equal(name, own["PodDisruptionBudget"]["spec"]!["selector"]!["matchLabels"]!["app"].Text());
    });

    [Fact]
    public void Each_container_runs_the_one_image_with_the_command_of_compose()
    {
        Assert.Equal([.. Services.Append("migrate").Order()], Kubernetes.Pods.Select(p => p.Name).Order());
        Assert.All(Kubernetes.Pods, pod => Assert.Equal(Compose.Services[pod.Name]["command"].Texts(), pod.Container["args"].Texts()));
        Assert.Equal(
            Kubernetes.Pods.Select(p => p.Container["image"].Text()).Distinct(),
            Kubernetes.Kustomization(Kubernetes.Production)["images"].Items().Select(i => i["name"].Text()));
    }

    [Fact]
    public void The_broker_is_the_same_as_compose_s_with_three_nodes_apart_from_each_other()
    {
        var broker = Assert.Single(Kubernetes.Resources, r => r["kind"].Text() == "RabbitmqCluster");

        Assert.Equal("3", broker["spec"]!["replicas"].Text());
        Assert.Equal(Compose.Services["rabbitmq"]["image"].Text(), broker["spec"]!["image"].Text());
        Assert.NotNull(broker["spec"]!["affinity"]!["podAntiAffinity"]!["requiredDuringSchedulingIgnoredDuringExecution"]);
    }

    [Fact]
    public void Each_service_is_asked_whether_it_lives_and_whether_it_is_ready() => Assert.All(Kubernetes.Pods.Where(p => p.Kind == "Deployment"), pod =>
    {
        Assert.Equal("/health/live", pod.Container["startupProbe"]!["httpGet"]!["path"].Text());
        Assert.Equal("/health/live", pod.Container["livenessProbe"]!["httpGet"]!["path"].Text());
        Assert.Equal("/health/ready", pod.Container["readinessProbe"]!["httpGet"]!["path"].Text());
        var port = Assert.Single(pod.Container["ports"].Items());
        Assert.Equal(("http", "8080"), (port["name"].Text(), port["containerPort"].Text()));
        Assert.All(["startupProbe", "livenessProbe", "readinessProbe"], probe => Assert.Equal("http", pod.Container[probe]!["httpGet"]!["port"].Text()));
    });

    [Fact]
    public void Each_container_says_what_it_needs_and_may_do_nothing_more() => Assert.All(Kubernetes.Pods, pod =>
    {
        Assert.All(["requests", "limits"], kind => Assert.All(["cpu", "memory"], what => Assert.NotEqual("", pod.Container["resources"]![kind]![what].Text())));
        Assert.Equal("true", pod.Spec["securityContext"]!["runAsNonRoot"].Text());
        Assert.Equal("1654", pod.Spec["securityContext"]!["runAsUser"].Text());
        Assert.Equal("RuntimeDefault", pod.Spec["securityContext"]!["seccompProfile"]!["type"].Text());
        Assert.Equal("false", pod.Spec["automountServiceAccountToken"].Text());
        Assert.Equal("true", pod.Container["securityContext"]!["readOnlyRootFilesystem"].Text());
        Assert.Equal("false", pod.Container["securityContext"]!["allowPrivilegeEscalation"].Text());
        Assert.Equal(["ALL"], pod.Container["securityContext"]!["capabilities"]!["drop"].Texts());
        Assert.Equal(["/tmp"], pod.Container["volumeMounts"].Items().Select(v => v["mountPath"].Text()));
    });

    [Fact]
    public void In_production_there_are_two_of_each()
    {
        var counts = Kubernetes.Kustomization(Kubernetes.Production)["replicas"].Items().ToDictionary(r => r["name"].Text(), r => r["count"].Text());

        Assert.Equal([.. Services], counts.Keys);
        Assert.All(counts.Values, count => Assert.Equal("2", count));
    }

    [Fact]
    public void What_comes_before_the_services_is_labelled_so_and_nothing_else_is() => Assert.All(Kubernetes.Resources, resource =>
    {
        var first = resource["kind"].Text() is "Job" or "RabbitmqCluster" || Kubernetes.NameOf(resource) == "rabbitmq";
        Assert.Equal(first ? "prepare" : "run", resource["metadata"]!["labels"]!["step"].Text());
    });

    [Fact]
    public void Secrets_are_names_in_a_template_values_nowhere()
    {
        var template = Repository.EnvFile(File.ReadAllText(Path.Combine(Kubernetes.Production, "secrets.env.template")));
        var used = Kubernetes.Pods.SelectMany(p => p.Container["env"].Items()).Select(e => e["valueFrom"]?["secretKeyRef"]).OfType<JsonNode>().ToLookup(r => r["name"].Text(), r => r["key"].Text());
        var values = Kubernetes.Pods.SelectMany(p => p.Container["env"].Items()).Where(e => e["value"] is not null).Select(e => e["value"].Text()).ToList();

        Assert.All(template.Values, value => Assert.Equal("", value));
        Assert.Equal(template.Keys.Order(), used["sql"].Distinct().Order());
        Assert.Equal(["password", "username"], used["rabbitmq-default-user"].Distinct().Order());   // the operator's, for the cluster named rabbitmq
        Assert.Equal(["rabbitmq-default-user", "sql"], used.Select(u => u.Key).Order());
        Assert.All(values.Where(v => v.Contains("Password=", StringComparison.Ordinal)), v => Assert.Matches(@"Password=\$\([A-Z_]+\);", v));
        Assert.DoesNotContain(Kubernetes.Resources, r => r["kind"].Text() == "Secret");
        Assert.Contains("secrets.env", File.ReadAllLines(Repository.PathOf(".gitignore")));
    }

    [Fact]
    public void The_databases_and_logins_that_are_connected_to_are_those_that_the_administrator_makes()
    {
        var script = File.ReadAllText(Repository.PathOf("deploy", "kubernetes", "sqlserver.sql"));
        var template = Repository.EnvFile(File.ReadAllText(Path.Combine(Kubernetes.Production, "secrets.env.template")));

        Assert.All(City.Modules, module => Assert.Contains($"CREATE DATABASE [skillstation-{module.Name}];", script, StringComparison.Ordinal));
        Assert.All(Kubernetes.Pods, pod =>
        {
            var login = new Microsoft.Data.SqlClient.SqlConnectionStringBuilder(Kubernetes.Environment(pod.Container)["Database__ConnectionString"]).UserID;
            Assert.Contains($"CREATE LOGIN [{login}] ", script, StringComparison.Ordinal);
        });
        Assert.Equal(template.Keys.Order(), Kubernetes.Reference().Matches(script).Select(m => m.Groups["name"].Value).Order());
    }

    [Fact]
    public async Task Kustomize_makes_of_it_what_these_tests_read()
    {
        Assert.SkipUnless(Repository.Has("kubectl"), "kubectl is not installed here.");
        var copy = Repository.CopyOfDeploy();
        var made = await Repository.Run("bash", Path.Combine(copy, "deploy/secrets.sh"), "kubernetes");
        Assert.True(made.Code == 0, made.Output);

        var (code, output) = await Repository.Run("kubectl", "kustomize", Path.Combine(copy, "deploy/kubernetes/overlays/production"));

        Assert.True(code == 0, output);
        var rendered = Repository.Yaml(output);
        Assert.All(rendered.Where(r => r["kind"].Text() != "Namespace"), r => Assert.Equal("skillstation", r["metadata"]!["namespace"].Text()));
        Assert.All(Kubernetes.Pods, pod =>
        {
            var resource = Assert.Single(rendered, r => r["kind"].Text() == pod.Kind && Kubernetes.NameOf(r) == pod.Name);
            var container = Assert.Single(resource["spec"]!["template"]!["spec"]!["containers"].Items());
            Assert.All(["args", "resources", "securityContext", "livenessProbe", "readinessProbe", "startupProbe", "volumeMounts"], part =>
                Assert.True(JsonNode.DeepEquals(pod.Container[part], container[part]), $"{pod.Name}: {part}"));
            Assert.Equal(pod.Container["env"].Items().Select(e => e["name"].Text()), container["env"].Items().Select(e => e["name"].Text()));
            Assert.StartsWith("registry.example/skillstation:", container["image"].Text(), StringComparison.Ordinal);
            var from = rendered.Where(r => r["kind"].Text() is "ConfigMap" or "Secret").Select(Kubernetes.NameOf).Append("rabbitmq-default-user");
            Assert.All(
                container["env"].Items().Select(e => e["valueFrom"]).OfType<JsonNode>().Select(v => (v["secretKeyRef"] ?? v["configMapKeyRef"])!["name"].Text()),
                name => Assert.Contains(name, from));
        });
        Directory.Delete(copy, recursive: true);
    }
}
