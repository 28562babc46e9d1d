using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace SkillStation.Support;

/// <summary>An HTTP answer with its JSON, for asserting on.</summary>
public sealed record Answer(HttpStatusCode Status, JsonElement Body, string? ETag, string? Location)
{
    /// <summary>The code of a problem; null for a success.</summary>
    public string? Code => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>Names of the fields that a problem is about.</summary>
    public IReadOnlyList<string> Fields => Body.TryGetProperty("errors", out var errors) ? [.. errors.EnumerateObject().Select(e => e.Name).Order()] : [];

    public string Text(string property) => Body.GetProperty(property).GetString()!;

    public Guid Id => Body.GetProperty("id").GetGuid();
}

public static class Asking
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Task<Answer> Get(this HttpClient http, string path) => http.Send(HttpMethod.Get, path, null);

    public static Task<Answer> Post(this HttpClient http, string path, object? body = null, string? key = null, string? ifMatch = null) =>
        http.Send(HttpMethod.Post, path, body, key, ifMatch);

    public static Task<Answer> Put(this HttpClient http, string path, object body, string? ifMatch = null) => http.Send(HttpMethod.Put, path, body, null, ifMatch);

    public static async Task<Answer> Send(this HttpClient http, HttpMethod method, string path, object? body, string? key = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = body is string raw ? new StringContent(raw, System.Text.Encoding.UTF8, "application/json") : JsonContent.Create(body, options: Json);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var json = text.Length > 0 && response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true
            ? JsonDocument.Parse(text).RootElement.Clone()
            : default;
        return new Answer(response.StatusCode, json, response.Headers.ETag?.ToString(), response.Headers.Location?.ToString());
    }
}
