using SkillStation.Embedded;

namespace SkillStation.Portal.Tests;

/// <summary>The whole city with its pages, in one process, started once for the tests of a collection.</summary>
public sealed class CityWithPages : IAsyncLifetime
{
    public RunningService City { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable("Portal__PostsPerMinute", "100000");   // all tests come from one address
        City = await RunningService.StartAsync([.. Embedded.City.Modules]);
    }

    public ValueTask DisposeAsync() => City.DisposeAsync();

    public Browser Browser() => new(City.Http.BaseAddress!);

    private static int phones;

    /// <summary>A number that nobody has had.</summary>
    public static string NewPhone() => $"139{Interlocked.Increment(ref phones):00000000}";

    /// <summary>Somebody new, logged in and registered.</summary>
    public async Task<Browser> Resident(string? phone = null)
    {
        var browser = Browser();
        await browser.SignIn(phone);
        return browser;
    }
}

[CollectionDefinition(nameof(OneCity))]
public sealed class OneCity : ICollectionFixture<CityWithPages>;
