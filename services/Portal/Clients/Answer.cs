using System.Net.Http.Headers;
using System.Text.Json;
using SkillStation.Platform.Http;

namespace SkillStation.Portal.Clients;

/// <summary>Why a service said no, in the visitor's language.</summary>
/// <param name="Status">As in HTTP; 503 also when the service could not be reached.</param>
/// <param name="Code">The service's own word for it.</param>
/// <param name="Sentence">For people.</param>
/// <param name="Fields">What is wrong with which field of the body.</param>
public sealed record Problem(int Status, string Code, string Sentence, IReadOnlyDictionary<string, string> Fields)
{
    private static readonly Dictionary<string, string> None = [];

    public bool IsOutage => Status >= 500;

    internal static Problem Unreachable => new(503, "unreachable", Language.Pick("这一部分现在打不开，请稍后再试。", "This part cannot be reached now. Please try again shortly."), None);

    internal static Problem Of(int status, string code, string sentence, string? field = null) =>
        new(status, code, sentence, field is null ? None : new Dictionary<string, string> { [field] = sentence });
}

/// <summary>What a service answered to something that was to be done.</summary>
public record Answer(Problem? Problem)
{
    public static readonly Answer Done = new((Problem?)null);

    public bool Ok => Problem is null;

    public static Answer<T> Of<T>(T value) => new(value, null);

    public static Answer<T> No<T>(int status, string code, string sentence, string? field = null) => new(default, Problem.Of(status, code, sentence, field));
}

/// <summary>What a service answered to a question.</summary>
public sealed record Answer<T>(T? Value, Problem? Problem) : Answer(Problem)
{
    /// <summary>The same answer with another reading of its value.</summary>
    public Answer<TOther> As<TOther>(Func<T, TOther> read) => Problem is null ? Of(read(Value!)) : new(default, Problem);
}

/// <summary>One page of a list; <c>Next</c> is null on the last.</summary>
public sealed record Listed<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>The same in both languages; as text it is in the visitor's.</summary>
public sealed record Words(string Zh, string En)
{
    public override string ToString() => Language.Pick(Zh, En);
}

/// <summary>Calls to a service. A refusal is a value; only a fault in our own code is an exception.</summary>
internal static class Calls
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Task<Answer<T>> Read<T>(this HttpClient http, string path, CancellationToken ct) => http.Call<T>(HttpMethod.Get, path, null, null, null, ct);

    /// <summary>A list that is small enough to be read whole.</summary>
    public static async Task<Answer<Listed<T>>> ReadAll<T>(this HttpClient http, string path, int most, CancellationToken ct)
    {
        var all = new List<T>();
        string? next = null;
        do
        {
            var page = await http.Read<Listed<T>>($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}size=100{(next is null ? "" : "&after=" + Uri.EscapeDataString(next))}", ct);
            if (!page.Ok)
            {
                return page;
            }

            all.AddRange(page.Value!.Items);
            next = page.Value.Next;
        }
        while (next is not null && all.Count < most);
        return Answer.Of(new Listed<T>(all, next));
    }

    /// <param name="body">As JSON; null for none.</param>
    /// <param name="key">Idempotency-Key: the same for the same form, so that a double click is one thing.</param>
    /// <param name="version">If-Match: the version that the visitor saw.</param>
    public static async Task<Answer<T>> Call<T>(this HttpClient http, HttpMethod method, string path, object? body, string? key, string? version, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = JsonContent.Create(body, options: Json);
        }

        if (!string.IsNullOrEmpty(key))
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        if (!string.IsNullOrEmpty(version))
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        }

        request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(Language.IsEnglish ? "en" : "zh-CN"));
        try
        {
            using var response = await http.SendAsync(request, ct);
            if (!response.IsSuccessStatusCode)
            {
                return new Answer<T>(default, await ReadProblem(response, ct));
            }

            return response.Content.Headers.ContentLength == 0 || (int)response.StatusCode is 202 or 204
                ? new Answer<T>(default, null)
                : Answer.Of((await response.Content.ReadFromJsonAsync<T>(Json, ct))!);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            return new Answer<T>(default, Problem.Unreachable);
        }
    }

    private static async Task<Problem> ReadProblem(HttpResponseMessage response, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        if (response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) != true)
        {
            return status >= 500 ? Problem.Unreachable : Problem.Of(status, "refused", Language.Pick("这次没有办成，请稍后再试。", "This did not work. Please try again shortly."));
        }

        var body = await response.Content.ReadFromJsonAsync<ProblemBody>(Json, ct);
        return new Problem(
            status,
            body?.Code ?? body?.Error ?? "refused",
            body?.Detail ?? body?.Error_description ?? Language.Pick("这次没有办成，请稍后再试。", "This did not work. Please try again shortly."),
            body?.Errors?.Where(e => e.Value.Length > 0).ToDictionary(e => e.Key, e => e.Value[0]) ?? []);
    }

    // The last two are how OAuth says it.
    private sealed record ProblemBody(string? Code, string? Detail, Dictionary<string, string[]>? Errors, string? Error, string? Error_description);
}
