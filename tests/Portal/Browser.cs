using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace SkillStation.Portal.Tests;

/// <summary>What a browser without scripts does: keeps cookies, follows links, fills forms and sends them.</summary>
public sealed class Browser : IDisposable
{
    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false, CookieContainer = new CookieContainer(), AutomaticDecompression = DecompressionMethods.All };
    private readonly HttpClient http;

    public Browser(Uri address)
    {
        http = new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    public CookieCollection Cookies => handler.CookieContainer.GetCookies(http.BaseAddress!);

    /// <summary>The language that the browser asks for; null for none.</summary>
    public string? Language { get; set; }

    public void Keep(string cookie, string value) => handler.CookieContainer.Add(http.BaseAddress!, new Cookie(cookie, Uri.EscapeDataString(value), "/"));

    /// <summary>Logs somebody new in, and says who they are.</summary>
    public async Task SignIn(string? phone = null)
    {
        var page = await Submit(await Open("/login?back=/my"), "发验证码", ("phone", phone ?? CityWithPages.NewPhone()));
        page = await Submit(page, "登录", ("code", "000000"));
        page = await Submit(page, "好了", ("name", "陈小明"), ("consents", "HandleRequest"), ("consents", "FollowUpContact"));
        Assert.Equal("/my", page.Path);
    }

    public Task<PageSeen> Open(string path) => Send(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Fills the form with the button of this name (or the only form with a post) and sends it; names that are not given keep their value.</summary>
    /// <param name="button">A part of the words on the button.</param>
    public Task<PageSeen> Submit(PageSeen page, string button, params (string Name, string Value)[] fields)
    {
        var form = page.Document.Forms.First(f => f.QuerySelectorAll("button").Any(b => b.TextContent.Contains(button, StringComparison.Ordinal)));
        var pressed = form.QuerySelectorAll("button").First(b => b.TextContent.Contains(button, StringComparison.Ordinal));
        var values = new List<KeyValuePair<string, string>>();
        foreach (var element in form.Elements)
        {
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio" } box when box.IsChecked && !fields.Any(f => f.Name == box.Name):
                    values.Add(new(box.Name!, box.Value));
                    break;
                case IHtmlInputElement { Type: not ("checkbox" or "radio") } input when input.Name is { Length: > 0 } name && !fields.Any(f => f.Name == name):
                    values.Add(new(name, input.Value));
                    break;
                case IHtmlTextAreaElement { Name.Length: > 0 } area when !fields.Any(f => f.Name == area.Name):
                    values.Add(new(area.Name!, area.Value));
                    break;
                case IHtmlSelectElement { Name.Length: > 0 } select when !fields.Any(f => f.Name == select.Name):
                    values.Add(new(select.Name!, select.Value ?? ""));
                    break;
                case IHtmlButtonElement { Name.Length: > 0 } named when element == pressed:
                    values.Add(new(named.Name!, named.Value));
                    break;
            }
        }

        values.AddRange(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)));
        var address = form.GetAttribute("action") is { Length: > 0 } action ? action : page.Path;
        return form.Method == "get"
            ? Open(address.Split('?')[0] + "?" + string.Join('&', values.Select(v => $"{Uri.EscapeDataString(v.Key)}={Uri.EscapeDataString(v.Value)}")))
            : Send(new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(values) });
    }

    public async Task<PageSeen> Send(HttpRequestMessage request)
    {
        for (var hops = 0; ; hops++)
        {
            if (Language is not null)
            {
                request.Headers.AcceptLanguage.ParseAdd(Language);
            }

            using var response = await http.SendAsync(request);
            if (response.Headers.Location is { } location && (int)response.StatusCode is >= 300 and < 400)
            {
                Assert.True(hops < 8, $"goes round in circles at {location}");
                request = new HttpRequestMessage(HttpMethod.Get, location);
                continue;
            }

            var text = await response.Content.ReadAsStringAsync();
            var uri = request.RequestUri!.IsAbsoluteUri ? request.RequestUri.PathAndQuery : request.RequestUri.ToString();
            return new PageSeen(uri, response.StatusCode, text, await new HtmlParser().ParseDocumentAsync(text), response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value)));
        }
    }

    public void Dispose()
    {
        http.Dispose();
        handler.Dispose();
    }
}

/// <summary>A page as it arrived.</summary>
public sealed record PageSeen(string Path, HttpStatusCode Status, string Text, IHtmlDocument Document, IReadOnlyDictionary<string, string> Headers)
{
    public string Heading => Document.QuerySelector("h1")?.TextContent.Trim() ?? "";

    /// <summary>Everything that can be read in the main part.</summary>
    public string Main => string.Join(' ', Document.QuerySelector("main")?.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? []);

    /// <summary>What stands at a field as its error; null for none.</summary>
    public string? ErrorOf(string field) => Document.QuerySelector($"#e-{field}")?.TextContent.Trim();

    public string? ValueOf(string field) => Document.QuerySelector($"[name={field}]") switch
    {
        IHtmlTextAreaElement area => area.Value,
        IHtmlInputElement input => input.Value,
        IHtmlSelectElement select => select.Value,
        _ => null,
    };

    public IEnumerable<string> Links => Document.QuerySelectorAll("a[href]").Select(a => a.GetAttribute("href")!);
}
