namespace SkillStation.Browser.Tests;

public sealed class ResidentTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly string[] Public =
    [
        "/", "/courses", "/courses/4-10-01-05-L5", "/stations/440106001-1", "/near", "/login", "/login/staff", "/requests/new?course=LS-healthy-soup", "/help", "/privacy", "/accessibility", "/verify", "/nowhere",
    ];

    [Theory]
    [InlineData(390, "zh-CN", false)]
    [InlineData(360, "en", true)]
    [InlineData(1440, "zh-CN", false)]
    public async Task Every_page_is_accessible_and_fits_the_screen(int width, string language, bool large)
    {
        // axe is a script of its own, run from outside: the pages have none
        await using var window = await chromium.Open(width, language, scripts: true, large);
        foreach (var path in Public)
        {
            await window.Page.GotoAsync(path);
            await window.IsAccessible();
            await window.FitsTheScreen();
            await window.Picture($"{width}-{language}{(large ? "-large" : "")}{path.Split('?')[0].Replace('/', '-')}");
        }

        await window.SignIn();
        await window.ChoosePlace();
        foreach (var path in (string[])["/", "/my", "/my/requests", "/my/privacy", "/account", "/requests/new?course=LS-healthy-soup&goal=Life&step=2", "/requests/new?course=LS-healthy-soup&step=3"])
        {
            await window.Page.GotoAsync(path);
            await window.IsAccessible();
            await window.FitsTheScreen();
            await window.Picture($"{width}-{language}{(large ? "-large" : "")}-in{path.Split('?')[0].Replace('/', '-')}{(path.Contains("step=2", StringComparison.Ordinal) ? "-2" : "")}");
        }
    }

    [Theory]
    [InlineData(390, "zh-CN")]
    [InlineData(1440, "en")]
    public async Task A_resident_without_scripts_asks_for_a_course_from_the_first_page_to_the_receipt(int width, string language)
    {
        await using var window = await chromium.Open(width, language);
        var page = window.Page;
        await window.ChoosePlace("/");
        await page.GotoAsync("/");
        await page.FillAsync("#q", language == "en" ? "soup" : "靓汤");
        await page.ClickAsync(".searchbox button");
        await page.ClickAsync("article.course h3 a");
        await window.Picture($"journey-{width}-{language}-course");
        await page.ClickAsync("a.btn.big");
        await page.CheckAsync("[name=goal][value=Life]", new() { Force = true });
        await page.ClickAsync("button[value='2']");
        await page.CheckAsync("[name=times][value=Weekend]", new() { Force = true });
        await page.CheckAsync("[name=minutes][value='30']", new() { Force = true });
        await window.Picture($"journey-{width}-{language}-times");
        await page.ClickAsync("button[value='3']");
        await page.CheckAsync("[name=needs][value=Cantonese]", new() { Force = true });
        await page.ClickAsync("button[value='4']");
        await page.FillAsync("[name=note]", "想和邻居一个班");
        await window.Picture($"journey-{width}-{language}-check");
        await page.ClickAsync("main form[method=post] button");
        await page.FillAsync("[name=phone]", Chromium.NewPhone());
        await page.ClickAsync("main form[method=post] button");
        await page.FillAsync("[name=code]", "000000");
        await page.ClickAsync("main form[method=post] button");
        await page.FillAsync("[name=name]", "陈小明");
        await page.CheckAsync("[name=consents][value=HandleRequest]", new() { Force = true });
        await window.Picture($"journey-{width}-{language}-welcome");
        await page.ClickAsync("main form[method=post] button");
        Assert.Equal("想和邻居一个班", await page.InputValueAsync("[name=note]"));
        await page.ClickAsync("main form[method=post] button");

        await page.WaitForURLAsync("**/my/requests/*");
        Assert.Contains("想和邻居一个班", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await window.Picture($"journey-{width}-{language}-receipt");
    }

    [Fact]
    public async Task The_first_page_of_a_first_visit_weighs_sixteen_kilobytes_at_most()
    {
        var weights = new Dictionary<string, int>();
        foreach (var path in (string[])["/", "/courses", "/requests/new?course=LS-healthy-soup&goal=Life&step=2"])
        {
            await using var window = await chromium.Open();
            var sizes = new List<Task<Microsoft.Playwright.RequestSizesResult>>();
            window.Page.RequestFinished += (_, request) => sizes.Add(request.SizesAsync());
            await window.Page.GotoAsync(path, new() { WaitUntil = Microsoft.Playwright.WaitUntilState.NetworkIdle });
            weights[path] = (await Task.WhenAll(sizes)).Sum(s => s.ResponseBodySize + s.ResponseHeadersSize);
        }

        Assert.All(weights, w => Assert.InRange(w.Value, 1, 16 * 1024));
    }
}
