using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using SkillStation.Contracts.Dispatch;
using SkillStation.Platform;
using SkillStation.Platform.Bus;
using SkillStation.Requests;

namespace SkillStation.Portal.Tests;

/// <summary>Requests and the portal alone, so that a test can tell what the other services would; these cannot be reached.</summary>
public sealed class RequestsWithPages : IAsyncLifetime
{
    public RunningService City { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable("Portal__PostsPerMinute", "100000");
        City = await RunningService.StartAsync(new RequestsModule(), new PortalAlone());
        await City.Hear(new StationOpened
        {
            StationCode = "440106001-1", Name = "中心站", NameEn = "Central", DistrictCode = "440106", DistrictName = "天河区", DistrictNameEn = "Tianhe", Longitude = 113.2644, Latitude = 23.1291,
            RoomCapacity = 30, Accessible = true, At = RunningService.Start,
        });
    }

    public ValueTask DisposeAsync() => City.DisposeAsync();

    /// <summary>Somebody new, logged in, with a request that has just been sent.</summary>
    public async Task<(Browser Browser, Facts Facts, string Path)> Asked()
    {
        var browser = new Browser(City.Http.BaseAddress!);
        await browser.SignIn();
        browser.Keep("near", "440106001-1|113.2644|23.1291|中心站|Central");
        var page = await browser.Submit(await browser.Open("/requests/new?course=LS-healthy-soup&goal=Life&times=WeekdayEvening&minutes=30&station=440106001-1&step=4"), "提交点单");
        var path = page.Path.Split('?')[0];
        return (browser, new Facts(City, Guid.Parse(path.Split('/')[^1])), path);
    }

    private sealed class PortalAlone : IServiceModule
    {
        private readonly PortalModule portal = new();

        public string Name => portal.Name;

        public string Title => portal.Title;

        public void AddServices(WebApplicationBuilder builder)
        {
            foreach (var service in (string[])["Dispatch", "Acceptance", "Scheduler"])
            {
                builder.Configuration["Services:" + service] = "http://127.0.0.1:9";
            }

            portal.AddServices(builder);
        }

        public void AddConsumers(ConsumerList consumers) => portal.AddConsumers(consumers);

        public void MapEndpoints(RouteGroupBuilder api) => portal.MapEndpoints(api);

        public void Use(WebApplication app) => portal.Use(app);
    }
}

public sealed class RequestStatesTests(RequestsWithPages city) : IClassFixture<RequestsWithPages>
{
    [Fact]
    public async Task A_seat_is_taken_with_one_button_and_two_tabs_do_no_harm()
    {
        var (browser, facts, path) = await city.Asked();
        using var closing = browser;
        await facts.SeatOffered();

        var page = await browser.Open(path);
        Assert.Contains("等您来办", page.Main, StringComparison.Ordinal);
        var other = await browser.Open(path);
        page = await browser.Submit(page, "我来上课");
        Assert.Contains("已排课", page.Main, StringComparison.Ordinal);

        other = await browser.Submit(other, "我来上课");
        Assert.Equal((path, HttpStatusCode.OK), (other.Path, other.Status));
        Assert.Contains("已排课", other.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_station_s_question_is_answered_where_it_stands()
    {
        var (browser, facts, path) = await city.Asked();
        using var closing = browser;
        await facts.Asked("您周末能来吗？");

        var page = await browser.Open(path + "/change");
        Assert.Contains("您周末能来吗？", page.Main, StringComparison.Ordinal);
        page = await browser.Submit(page, "保存", ("times", "Weekend"), ("maxMinutes", "500"), ("note", "能"));
        Assert.NotNull(page.ErrorOf("maxMinutes"));
        page = await browser.Submit(page, "保存", ("maxMinutes", "45"));

        Assert.Equal(path, page.Path);
        Assert.Contains("周末", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_training_is_rated_and_what_is_missing_is_said_at_its_field()
    {
        var (browser, facts, path) = await city.Asked();
        using var closing = browser;
        await facts.SeatOffered();
        await browser.Submit(await browser.Open(path), "我来上课");
        await facts.Finished();
        var form = await browser.Open(path.Replace("/my/requests/", "/my/rate/", StringComparison.Ordinal));

        var page = await browser.Submit(form, "提交评价", ("overall", "5"));
        Assert.NotNull(page.ErrorOf("teacher"));
        Assert.NotNull(page.Document.QuerySelector("[name=overall][value='5'][checked]"));
        page = await browser.Submit(page, "提交评价", ("content", "4"), ("teacher", "5"), ("venueAndTime", "3"), ("reallyTaught", "true"), ("charged", "false"));

        Assert.Equal(path, page.Path);
        Assert.Contains("已完成", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_a_service_is_away_its_part_is_missing_and_the_rest_stays()
    {
        var (browser, _, path) = await city.Asked();
        using var closing = browser;

        Assert.Equal(HttpStatusCode.OK, (await browser.Open("/courses")).Status);
        var page = await browser.Open("/stations");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "现在忙不过来"), (page.Status, page.Document.QuerySelectorAll("h1")[^1].TextContent));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.Open(path.Replace("requests", "classes", StringComparison.Ordinal))).Status);
    }
}
