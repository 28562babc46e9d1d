using System.Diagnostics;
using System.Text.Json;

namespace SkillStation.Embedded.Tour;

/// <summary>Where the four services answer; the same address four times when they are one process.</summary>
public sealed record Addresses(Uri Requests, Uri Dispatch, Uri Acceptance, Uri Scheduler)
{
    public static Addresses OneProcess(Uri all) => new(all, all, all, all);

    internal IEnumerable<Uri> Distinct => new[] { Requests, Dispatch, Acceptance, Scheduler }.Distinct();
}

/// <summary>What a service answered when something else was expected.</summary>
public sealed class UnexpectedAnswerException(string message) : Exception(message);

/// <summary>The public HTTP APIs of the four services, and nothing behind them.</summary>
internal sealed class Services : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private readonly List<HttpClient> all = [];
    private int keys;

    public Services(Addresses addresses, bool english)
    {
        HttpClient Client(Uri address)
        {
            var client = new HttpClient { BaseAddress = new Uri(address, "/api/v1/"), Timeout = TimeSpan.FromSeconds(60) };
            client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(english ? "en" : "zh-CN");
            all.Add(client);
            return client;
        }

        Requests = Client(addresses.Requests);
        Dispatch = Client(addresses.Dispatch);
        Acceptance = Client(addresses.Acceptance);
        Scheduler = Client(addresses.Scheduler);
        Clocks = [.. addresses.Distinct];
    }

    public HttpClient Requests { get; }

    public HttpClient Dispatch { get; }

    public HttpClient Acceptance { get; }

    public HttpClient Scheduler { get; }

    private IReadOnlyList<Uri> Clocks { get; }

    public void Dispose() => all.ForEach(c => c.Dispose());

    public static async Task<JsonElement> Get(HttpClient service, string path)
    {
        using var answer = await service.GetAsync(path);
        return await Read(answer, $"GET {path}");
    }

    /// <summary>A POST that must succeed; one that creates carries an Idempotency-Key, as a careful client's does.</summary>
    public async Task<JsonElement> Post(HttpClient service, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", $"tour-{Interlocked.Increment(ref keys)}");
        using var answer = await service.SendAsync(request);
        return await Read(answer, $"POST {path}");
    }

    public static async Task<JsonElement> Put(HttpClient service, string path, object body)
    {
        using var answer = await service.PutAsJsonAsync(path, body);
        return await Read(answer, $"PUT {path}");
    }

    /// <summary>A POST that must be refused; the refusal's code.</summary>
    public static async Task<string> Refused(HttpClient service, string path, object body)
    {
        using var answer = await service.PostAsJsonAsync(path, body);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return answer.IsSuccessStatusCode ? throw new UnexpectedAnswerException($"POST {path} was not refused.") : json.Text("code");
    }

    /// <summary>Asks again until the answer fits. Messages travel between services, so news arrives a moment later.</summary>
    public static async Task<JsonElement> Until(HttpClient service, string path, Func<JsonElement, bool> fits, string what, Func<Task>? meanwhile = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            using var answer = await service.GetAsync(path);
            if (answer.IsSuccessStatusCode)
            {
                var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
                if (fits(json))
                {
                    return json;
                }

                if (Stopwatch.GetElapsedTime(started) > Patience)
                {
                    throw new UnexpectedAnswerException($"In vain waited until {what}. Last answer of GET {path}:\n{Shortened(json)}");
                }
            }
            else if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new UnexpectedAnswerException($"In vain waited until {what}. GET {path} answers {(int)answer.StatusCode}.");
            }

            await Task.Delay(15);
            if (meanwhile is not null)
            {
                await meanwhile();
            }
        }
    }

    /// <summary>Sets the clock of every process; it never goes back.</summary>
    public async Task MoveClockTo(DateTimeOffset instant)
    {
        foreach (var process in Clocks)
        {
            using var http = new HttpClient { BaseAddress = process };
            using var answer = await http.PutAsJsonAsync("clock", new { now = instant });
            await Read(answer, "PUT clock");
        }
    }

    public async Task<DateTimeOffset> Now()
    {
        using var http = new HttpClient { BaseAddress = Clocks[^1] };
        return (await http.GetFromJsonAsync<JsonElement>("clock")).GetProperty("now").GetDateTimeOffset();
    }

    /// <summary>Rings the bell that rings each minute otherwise. The clock was moved on purpose, so nothing is forgiven as an outage.</summary>
    public Task<JsonElement> Sweep() => Post(Scheduler, "sweeps", new { forgiveOutage = false });

    private static string Shortened(JsonElement json) => json.ToString() is { Length: > 1500 } text ? text[..1500] + " …" : json.ToString();

    private static async Task<JsonElement> Read(HttpResponseMessage answer, string what)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone()
            : throw new UnexpectedAnswerException($"{what} answers {(int)answer.StatusCode}: {text}");
    }
}

internal static class Json
{
    /// <summary>A value deep in an answer: <c>At("class.venue")</c>; undefined when it is not there.</summary>
    public static JsonElement At(this JsonElement json, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json))
            {
                return default;
            }
        }

        return json;
    }

    public static string Text(this JsonElement json, string path) => json.At(path) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : json.At(path).ToString();

    public static int Int(this JsonElement json, string path) => json.At(path) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : 0;

    public static Guid Id(this JsonElement json, string path = "id") => json.At(path).GetGuid();

    public static IEnumerable<JsonElement> List(this JsonElement json, string path = "items") => json.At(path) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
