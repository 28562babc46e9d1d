using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace SkillStation.Browser.Tests;

/// <summary>The whole city with its pages, and Debian's Chromium before it; started once. Without a Chromium the tests are skipped.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string Program = Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? "/usr/bin/chromium";
    private static int phones;
    private IPlaywright? playwright;
    private IBrowser? browser;

    public RunningService City { get; private set; } = null!;

    public string Address => City.Http.BaseAddress!.ToString().TrimEnd('/');

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Program))
        {
            return;
        }

        Environment.SetEnvironmentVariable("Portal__PostsPerMinute", "100000");
        City = await RunningService.StartAsync([.. Embedded.City.Modules]);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Args = ["--disable-background-networking", "--disable-component-update", "--no-first-run", "--font-render-hinting=none", "--disable-dev-shm-usage"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.CloseAsync();
            playwright!.Dispose();
            await City.DisposeAsync();
        }
    }

    /// <summary>A window; what it asks of other hosts and what it complains about fails the test when it is closed.</summary>
    public async Task<Window> Open(int width = 390, string language = "zh-CN", bool scripts = false, bool large = false)
    {
        if (browser is null)
        {
            Assert.Skip($"There is no Chromium at {Program} (apt-get install chromium fonts-noto-cjk, or CHROMIUM_PATH).");
        }

        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address,
            ViewportSize = new ViewportSize { Width = width, Height = width < 700 ? 844 : 900 },
            DeviceScaleFactor = width < 700 ? 2 : 1,
            Locale = language,
            TimezoneId = "Asia/Shanghai",
            JavaScriptEnabled = scripts,
        });
        context.SetDefaultTimeout(60_000);
        if (large)
        {
            await context.AddCookiesAsync([new Cookie { Name = "size", Value = "large", Url = Address }]);
        }

        return new Window(context, await context.NewPageAsync(), Address);
    }

    public static string NewPhone() => $"137{Interlocked.Increment(ref phones):00000000}";
}

public sealed class Window : IAsyncDisposable
{
    private static readonly AxeRunOptions Rules = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } };
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    public Window(IBrowserContext context, IPage page, string address)
    {
        this.context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.Contains("status of 404", StringComparison.Ordinal))
            {
                complaints.Add(message.Text);
            }
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address + "/", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                complaints.Add("asks another host: " + request.Url);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Logs somebody new in.</summary>
    public async Task SignIn()
    {
        await Page.GotoAsync("/login?back=/my");
        await Page.FillAsync("[name=phone]", Chromium.NewPhone());
        await Page.ClickAsync("main form button");
        await Page.FillAsync("[name=code]", "000000");
        await Page.ClickAsync("main form button");
        await Page.FillAsync("[name=name]", "陈小明");
        await Page.CheckAsync("[name=consents][value=HandleRequest]", new PageCheckOptions { Force = true });
        await Page.ClickAsync("main form button");
        await Page.WaitForURLAsync("**/my");
    }

    /// <summary>Chooses the first station of Tianhe.</summary>
    public async Task ChoosePlace(string back = "/my")
    {
        await Page.GotoAsync("/near?district=440106&back=" + back);
        await Page.ClickAsync("button[name=station] >> nth=0");
    }

    /// <summary>Into the folder of the build, for people to look at.</summary>
    public async Task Picture(string name, bool whole = true)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "screenshots");
        Directory.CreateDirectory(folder);
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = whole });
    }

    /// <summary>Nothing sticks out to the right.</summary>
    public async Task FitsTheScreen()
    {
        var (wide, screen) = (await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), await Page.EvaluateAsync<int>("() => document.documentElement.clientWidth"));
        Assert.True(wide <= screen, $"{Page.Url} is {wide} wide on a screen of {screen}");
    }

    /// <summary>WCAG 2.2 AA and best practice.</summary>
    public async Task IsAccessible()
    {
        var result = await Page.RunAxe(Rules);
        Assert.True(result.Violations.Length == 0, Page.Url + "\n" + string.Join("\n", result.Violations.Select(v => $"{v.Id}: {v.Help}\n  " + string.Join("\n  ", v.Nodes.Select(n => n.Html)))));
    }

    public async ValueTask DisposeAsync()
    {
        await context.CloseAsync();
        Assert.Empty(complaints);
    }
}
