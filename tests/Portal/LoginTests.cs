using System.Net;

namespace SkillStation.Portal.Tests;

[Collection(nameof(OneCity))]
public sealed class LoginTests(CityWithPages city)
{
    [Fact]
    public async Task A_resident_logs_in_by_phone_and_code_and_is_asked_once_who_they_are()
    {
        using var browser = city.Browser();
        var phone = CityWithPages.NewPhone();

        var page = await browser.Submit(await browser.Open("/login?back=/account"), "发验证码", ("phone", phone));
        Assert.Equal("填验证码", page.Heading);
        page = await browser.Submit(page, "登录", ("code", "000000"));
        Assert.Equal("第一次来，认识一下", page.Heading);
        page = await browser.Submit(page, "好了", ("name", "陈小明"), ("consents", "HandleRequest"));
        Assert.Equal("/account", page.Path);

        using var again = city.Browser();
        page = await again.Submit(await again.Open("/login?back=/account"), "发验证码", ("phone", phone));
        page = await again.Submit(page, "登录", ("code", "000000"));
        Assert.Equal("/account", page.Path);
    }

    [Fact]
    public async Task A_wrong_number_is_said_at_its_field_and_stays_in_it()
    {
        using var browser = city.Browser();

        var page = await browser.Submit(await browser.Open("/login"), "发验证码", ("phone", "1380013"));

        Assert.Equal("手机号应为 11 位数字，例如 138 0013 8000", page.ErrorOf("phone"));
        Assert.Equal("1380013", page.ValueOf("phone"));
        Assert.StartsWith("出错：", page.Document.Title, StringComparison.Ordinal);
        Assert.Equal("/login#f-phone", page.Document.QuerySelector("#errors a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_wrong_code_logs_nobody_in()
    {
        using var browser = city.Browser();

        var page = await browser.Submit(await browser.Open("/login"), "发验证码", ("phone", CityWithPages.NewPhone()));
        page = await browser.Submit(page, "登录", ("code", "123456"));

        Assert.NotNull(page.ErrorOf("code"));
        Assert.Equal("登录", (await browser.Open("/account")).Heading);
    }

    [Fact]
    public async Task The_browser_holds_a_number_that_no_script_can_read_and_that_changes_with_each_log_in()
    {
        using var browser = await city.Resident();
        var first = browser.Cookies["sid"]!;

        Assert.True(first.HttpOnly);
        Assert.DoesNotContain(browser.Cookies, c => c.Name == "phone");

        var page = await browser.Submit(await browser.Open("/login"), "发验证码", ("phone", CityWithPages.NewPhone()));
        await browser.Submit(page, "登录", ("code", "000000"));
        Assert.NotEqual(first.Value, browser.Cookies["sid"]!.Value);
    }

    [Fact]
    public async Task Who_logs_out_is_out_even_with_the_old_cookie()
    {
        using var browser = await city.Resident();
        var old = browser.Cookies["sid"]!.Value;

        await browser.Submit(await browser.Open("/account"), "退出登录");

        var request = new HttpRequestMessage(HttpMethod.Get, "/account");
        request.Headers.Add("Cookie", $"sid={old}");
        using var other = city.Browser();
        Assert.Equal("登录", (await other.Send(request)).Heading);
    }

    [Fact]
    public async Task Staff_log_in_by_name_and_password_and_come_to_their_desk()
    {
        using var browser = city.Browser();

        var page = await browser.Submit(await browser.Open("/login/staff"), "登录", ("name", "station"), ("password", "wrong"));
        Assert.Contains("账号或密码不对", page.Main, StringComparison.Ordinal);
        Assert.Equal("station", page.ValueOf("name"));
        Assert.Equal("", page.ValueOf("password"));

        page = await browser.Submit(page, "登录", ("password", "sample"));
        Assert.Equal("/station/board", page.Path);
    }

    [Fact]
    public async Task A_form_without_its_token_does_nothing_and_keeps_what_was_typed()
    {
        using var browser = city.Browser();

        var page = await browser.Send(new HttpRequestMessage(HttpMethod.Post, "/login") { Content = new FormUrlEncodedContent([new("phone", "13800138000"), new("_handler", "phone")]) });

        Assert.Equal("/login", page.Path);
        Assert.Equal("13800138000", page.ValueOf("phone"));
        Assert.Contains("都还在", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_from_another_site_is_refused()
    {
        using var browser = city.Browser();
        var request = new HttpRequestMessage(HttpMethod.Post, "/login") { Content = new FormUrlEncodedContent([new("phone", "13800138000"), new("_handler", "phone")]) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        var page = await browser.Send(request);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("这个页面已经过期", page.Heading);
    }

    [Fact]
    public async Task A_page_of_another_role_is_refused()
    {
        using var browser = await city.Resident();

        var page = await browser.Open("/station/board");

        Assert.True(page.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound);
    }
}
