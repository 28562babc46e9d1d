using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.AspNetCore.Components;
using SkillStation.Portal.Session;
using SkillStation.Portal.Shell;

namespace SkillStation.Portal.Tests;

[Collection(nameof(OneCity))]
public sealed class ShellTests(CityWithPages city)
{
    [Fact]
    public async Task Nothing_but_this_site_may_be_loaded_and_nothing_inline()
    {
        using var browser = city.Browser();

        var page = await browser.Open("/");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'", page.Headers["Content-Security-Policy"]);
        Assert.Equal("nosniff", page.Headers["X-Content-Type-Options"]);
        Assert.Empty(page.Document.QuerySelectorAll("[style], style, script"));
    }

    [Fact]
    public async Task The_page_is_in_the_language_that_was_asked_for()
    {
        using var browser = city.Browser();
        browser.Language = "en-GB";

        var page = await browser.Open("/");
        Assert.Equal("en", page.Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal("What would you like to learn?", page.Heading);

        page = await browser.Open("/prefs/lang?v=zh-CN&back=/");
        Assert.Equal("zh-CN", page.Document.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task Large_text_is_one_link_away_and_stays()
    {
        using var browser = city.Browser();

        await browser.Open("/prefs/size?v=large&back=/");
        var page = await browser.Open("/login");

        Assert.Equal("large", page.Document.DocumentElement.GetAttribute("data-size"));
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/a\r\nb")]
    public void No_link_back_leads_to_another_site(string back) => Assert.Equal("/", Preferences.SafePath(back));

    [Fact]
    public async Task An_address_that_leads_nowhere_says_so_with_the_phone_number()
    {
        using var browser = city.Browser();

        var page = await browser.Open("/no-such-page");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal("没有找到这个页面", page.Heading);
        Assert.NotNull(page.Document.QuerySelector("main a[href='tel:12333']"));
    }

    [Fact]
    public void Who_sends_too_many_forms_waits_and_others_do_not()
    {
        using var limit = new PostLimit(Microsoft.Extensions.Options.Options.Create(new PortalOptions { PostsPerMinute = 2 }));
        var (one, other) = (From("192.0.2.1"), From("192.0.2.2"));

        Assert.Equal([true, true, false], new[] { limit.Allows(one), limit.Allows(one), limit.Allows(one) });
        Assert.True(limit.Allows(other));

        static Microsoft.AspNetCore.Http.DefaultHttpContext From(string address) => new() { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
    }

    [Fact]
    public async Task The_services_keep_their_own_answers()
    {
        using var http = new HttpClient { BaseAddress = city.City.Http.BaseAddress };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        using var answer = await http.GetAsync("/api/v1/courses/none");

        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public void Every_page_says_whom_it_is_for()
    {
        var pages = typeof(PortalModule).Assembly.GetTypes().Where(t => t.GetCustomAttributes(typeof(RouteAttribute), false).Length > 0).ToList();

        Assert.NotEmpty(pages);
        Assert.Empty(pages.Where(p => p.GetCustomAttributes(typeof(ForAttribute), false).Length == 0).Select(p => p.Name));
    }

    [Fact]
    public async Task Files_are_named_by_their_content_and_kept_for_ever()
    {
        var assets = city.City.Services.GetRequiredService<Assets>();
        using var http = new HttpClient { BaseAddress = city.City.Http.BaseAddress };
        http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");

        using var answer = await http.GetAsync(assets["app.css"]);

        Assert.Equal("text/css", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Contains("br", answer.Content.Headers.ContentEncoding);
    }
}
