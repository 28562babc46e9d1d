namespace SkillStation.Deploy.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void The_options_classes_are_found()
    {
        Assert.Superset(new HashSet<string> { "Bus__Url", "Database__ConnectionString", "Database__PrepareOnStart", "Scheduler__Sweeps" }, Settings.Bound.ToHashSet());
        Assert.False(Settings.IsRead("Bus__Uri"));
    }

    [Fact]
    public void Every_name_that_compose_sets_is_read() => Assert.All(Compose.OfTheCity.Append("migrate"), service =>
        Assert.All(Compose.Environment(service).Keys, name => Assert.True(Settings.IsRead(name), name)));

    [Fact]
    public async Task Compose_sets_all_that_a_program_needs()
    {
        var secrets = await Compose.Secrets();

        Assert.All(Compose.OfTheCity.Append("migrate"), service => Settings.AssertComplete(Compose.Environment(service, secrets)));
    }

    [Fact]
    public void Every_name_that_Kubernetes_sets_is_read_or_is_part_of_one_that_is() => Assert.All(Kubernetes.Pods, pod =>
    {
        var unread = Kubernetes.Environment(pod.Container).Keys.Where(name => !Settings.IsRead(name));
        var parts = pod.Container["env"].Items().Select(e => e["value"]?.Text() ?? "").ToList();
        Assert.All(unread, name => Assert.Contains(parts, value => value.Contains($"$({name})", StringComparison.Ordinal)));
    });

    [Fact]
    public void Kubernetes_sets_all_that_a_program_needs()
    {
        Assert.All(Kubernetes.Pods, pod => Settings.AssertComplete(Kubernetes.Environment(pod.Container), withBus: pod.Name != "migrate"));
        Assert.All(Kubernetes.Pods, pod => Assert.Contains("MultiSubnetFailover=True", Kubernetes.Environment(pod.Container)["Database__ConnectionString"], StringComparison.Ordinal));
    }
}
