using System.Net;
using SkillStation.Portal.Session;

namespace SkillStation.Portal.Tests;

[Collection(nameof(OneCity))]
public sealed class ResidentPagesTests(CityWithPages city)
{
    private const string Course = "LS-healthy-soup";

    [Fact]
    public async Task The_catalogue_is_searched_and_filtered_by_trade()
    {
        using var browser = city.Browser();

        var page = await browser.Submit(await browser.Open("/"), "搜索", ("q", "靓汤"));
        Assert.Equal("找到 1 门课程", page.Document.QuerySelector("[role=status]")!.TextContent);
        Assert.Contains("养生靓汤", page.Main, StringComparison.Ordinal);

        page = await browser.Open("/courses?trade=food");
        Assert.Contains("广式点心制作", page.Main, StringComparison.Ordinal);
        Assert.Equal("true", page.Document.QuerySelector("a.chip[href='/courses?trade=food']")!.GetAttribute("aria-current"));

        page = await browser.Open("/courses?q=%F0%9F%A6%84");
        Assert.Contains("没有找到这样的课程", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_catalogue_goes_on_page_by_page()
    {
        using var browser = city.Browser();

        var first = await browser.Open("/courses");
        var second = await browser.Open(first.Links.Single(l => l.Contains("after=", StringComparison.Ordinal)));

        Assert.Empty(Codes(first).Intersect(Codes(second)));

        static IEnumerable<string> Codes(PageSeen page) => page.Document.QuerySelectorAll(".course h3 a").Select(a => a.GetAttribute("href")!);
    }

    [Fact]
    public async Task A_course_says_what_it_costs_and_what_one_gets()
    {
        using var browser = city.Browser();

        var page = await browser.Open("/courses/4-10-01-05-L5");

        Assert.Equal("养老护理员（初级）", page.Heading);
        Assert.Contains("免费", page.Main, StringComparison.Ordinal);
        Assert.Contains("职业技能等级证书", page.Main, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Open("/courses/none")).Status);
    }

    [Fact]
    public async Task Near_is_a_station_that_one_chooses_and_courses_are_sorted_by_it()
    {
        using var browser = city.Browser();

        await Place(browser);
        var page = await browser.Open("/courses?q=靓汤");

        Assert.Contains("由近到远", page.Main, StringComparison.Ordinal);
        Assert.Contains("走路约", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_skips_no_step_and_says_what_is_missing_at_its_field()
    {
        using var browser = city.Browser();

        var page = await browser.Open($"/requests/new?course={Course}&step=4");
        Assert.Equal("请选一个目的", page.ErrorOf("goal"));

        page = await browser.Submit(page, "下一步", ("goal", "Life"));
        page = await browser.Submit(page, "下一步", ("minutes", "30"));
        Assert.Equal("请至少选一个时间", page.ErrorOf("times"));
        Assert.Equal("请选一个站点", page.ErrorOf("station"));
        Assert.Equal("30", page.Document.QuerySelector("[name=minutes][checked]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Somebody_who_is_not_logged_in_loses_nothing_on_the_way_to_the_receipt()
    {
        using var browser = city.Browser();
        await Place(browser);

        var page = await AnswerAll(browser);
        Assert.Equal("核对一下", page.Heading);
        page = await browser.Submit(page, "登录并提交", ("note", "想和邻居一个班 🙂"));
        Assert.Equal("登录", page.Heading);
        page = await browser.Submit(page, "发验证码", ("phone", CityWithPages.NewPhone()));
        page = await browser.Submit(page, "登录", ("code", "000000"));
        page = await browser.Submit(page, "好了", ("name", "陈小明"), ("consents", "HandleRequest"));
        Assert.Equal("核对一下", page.Heading);
        Assert.Equal("想和邻居一个班 🙂", page.ValueOf("note"));

        page = await browser.Submit(page, "提交点单");
        Assert.Contains("点单已收到", page.Main, StringComparison.Ordinal);
        Assert.Contains("想和邻居一个班 🙂", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_double_click_asks_once()
    {
        using var browser = await city.Resident();
        await Place(browser);
        var check = await AnswerAll(browser);

        var pages = await Task.WhenAll(browser.Submit(check, "提交点单"), browser.Submit(check, "提交点单"));

        Assert.Equal(pages[0].Path, pages[1].Path);
        Assert.Single((await browser.Open("/my/requests")).Document.QuerySelectorAll("main .list a"));
    }

    [Fact]
    public async Task A_second_request_for_the_same_trade_is_refused_in_the_service_s_words()
    {
        using var browser = await city.Resident();
        await Place(browser);
        await browser.Submit(await AnswerAll(browser), "提交点单");

        var page = await browser.Submit(await AnswerAll(browser), "提交点单", ("note", "再来一次"));

        Assert.NotNull(page.Document.QuerySelector("#errors p"));
        Assert.Equal("再来一次", page.ValueOf("note"));
    }

    [Fact]
    public async Task A_request_is_withdrawn_without_a_reason()
    {
        using var browser = await city.Resident();
        var path = await Asked(browser);

        var page = await browser.Submit(await browser.Open(path + "/withdraw"), "确定撤回");

        Assert.Contains("已取消", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_else_s_request_is_not_there()
    {
        using var mine = await city.Resident();
        var path = await Asked(mine);
        using var other = await city.Resident();

        foreach (var page in (string[])[path, path + "/change", path + "/withdraw", path.Replace("requests", "rate", StringComparison.Ordinal), path.Replace("requests", "classes", StringComparison.Ordinal)])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.Open(page)).Status);
        }
    }

    [Fact]
    public async Task Consents_are_given_and_taken_back_one_by_one()
    {
        using var browser = await city.Resident();

        var page = await browser.Submit(await browser.Open("/my/privacy"), "收回用我的资料办理点单");
        Assert.Contains("没有同意", page.Main, StringComparison.Ordinal);
        page = await browser.Submit(page, "同意用我的资料办理点单");

        Assert.Equal(2, page.Document.QuerySelectorAll(".consent .good").Length);
    }

    [Fact]
    public async Task A_session_that_ends_in_the_middle_of_a_form_loses_nothing()
    {
        var phone = CityWithPages.NewPhone();
        using var browser = await city.Resident(phone);
        var path = await Asked(browser);
        var form = await browser.Open(path + "/change");
        await browser.Submit(await browser.Open("/account"), "退出登录");

        var page = await browser.Submit(form, "保存", ("note", "写了很久的话"));
        Assert.Equal("登录", page.Heading);
        page = await browser.Submit(page, "发验证码", ("phone", phone));
        page = await browser.Submit(page, "登录", ("code", "000000"));

        Assert.Equal(path + "/change", page.Path);
        Assert.Equal("写了很久的话", page.ValueOf("note"));
        Assert.Contains("写了很久的话", (await browser.Submit(page, "保存")).Main, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("名字", 2000)]
    [InlineData("مرحبا", 1)]
    public async Task A_name_of_any_kind_is_answered_in_a_sentence(string name, int times)
    {
        using var browser = city.Browser();
        var page = await browser.Submit(await browser.Open("/login"), "发验证码", ("phone", CityWithPages.NewPhone()));
        page = await browser.Submit(page, "登录", ("code", "000000"));

        page = await browser.Submit(page, "好了", ("name", string.Concat(Enumerable.Repeat(name, times))), ("consents", "HandleRequest"));

        Assert.Equal(times == 1 ? null : "最多 40 个字。", page.ErrorOf("name"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/courses")]
    [InlineData("/courses/4-10-01-05-L5")]
    [InlineData("/stations")]
    [InlineData("/stations/440106001-1")]
    [InlineData("/near")]
    [InlineData("/near?district=440106")]
    [InlineData("/requests/new?course=LS-healthy-soup")]
    [InlineData("/login")]
    [InlineData("/login/staff")]
    [InlineData("/help")]
    [InlineData("/privacy")]
    [InlineData("/accessibility")]
    [InlineData("/verify")]
    [InlineData("/my")]
    [InlineData("/my/requests")]
    [InlineData("/my/privacy")]
    [InlineData("/account")]
    public async Task Every_page_is_whole_and_its_links_lead_somewhere(string path)
    {
        using var browser = await city.Resident();

        var page = await browser.Open(path);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Single(page.Document.QuerySelectorAll("h1"));
        Assert.Single(page.Document.QuerySelectorAll("main"));
        Assert.NotEqual("", page.Document.Title);
        Assert.Empty(page.Document.QuerySelectorAll("[style], style, script"));
        Assert.DoesNotContain("&#x", page.Text, StringComparison.Ordinal);
        foreach (var link in page.Links.Where(l => l.StartsWith('/')).Select(l => l.Split('#')[0]).Distinct().Where(seen.TryAddOnce))
        {
            Assert.Equal((link, HttpStatusCode.OK), (link, (await browser.Open(link)).Status));
        }
    }

    // Each link is followed once, from whichever page it was found on first.
    private static readonly Seen seen = new();

    [Fact]
    public async Task A_false_certificate_number_is_answered_in_a_sentence()
    {
        using var browser = city.Browser();

        var page = await browser.Submit(await browser.Open("/verify"), "查一下", ("n", "GZ-123"));

        Assert.Contains("证书编号不对", page.Main, StringComparison.Ordinal);
        Assert.Equal("GZ-123", page.ValueOf("n"));
    }

    [Fact]
    public async Task A_follow_up_that_does_not_exist_is_not_there()
    {
        using var browser = city.Browser();

        Assert.Equal(HttpStatusCode.NotFound, (await browser.Open($"/f/{Guid.CreateVersion7()}")).Status);
    }

    [Fact]
    public async Task A_near_cookie_that_makes_no_sense_is_no_place()
    {
        using var browser = city.Browser();
        var request = new HttpRequestMessage(HttpMethod.Get, "/courses");
        request.Headers.Add("Cookie", "near=x|999|abc|y|z");

        Assert.Equal(HttpStatusCode.OK, (await browser.Send(request)).Status);
        Assert.Null(Grant.Read("nonsense"));
    }

    private static async Task Place(Browser browser)
    {
        var page = await browser.Open("/near?district=440106&back=/courses");
        page = await browser.Submit(page, page.Document.QuerySelector("button[name=station]")!.TextContent);
        Assert.Equal("/courses", page.Path);
    }

    private static async Task<PageSeen> AnswerAll(Browser browser)
    {
        var page = await browser.Open($"/requests/new?course={Course}");
        page = await browser.Submit(page, "下一步", ("goal", "Life"));
        page = await browser.Submit(page, "下一步", ("times", "WeekdayEvening"), ("minutes", "30"));
        return await browser.Submit(page, "下一步");
    }

    private static async Task<string> Asked(Browser browser)
    {
        await Place(browser);
        return (await browser.Submit(await AnswerAll(browser), "提交点单")).Path.Split('?')[0];
    }

    private sealed class Seen
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, bool> links = new();

        public bool TryAddOnce(string link) => links.TryAdd(link, true);
    }
}
