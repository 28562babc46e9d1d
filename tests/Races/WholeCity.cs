using SkillStation.Embedded;

namespace SkillStation.Races.Tests;

/// <summary>All services in one process, over HTTP.</summary>
public sealed class WholeCity : IAsyncLifetime
{
    internal Town Town { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Town = await Town.StartAsync([.. City.Modules]);

    public ValueTask DisposeAsync() => Town.DisposeAsync();
}
