using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace SkillStation.Faults.Tests;

/// <summary>
/// Residents who ask for training from a client that behaves as it should: it sends an Idempotency-Key, and tries again with the same key when
/// the answer does not come or says that the service is not able to answer.
/// </summary>
internal sealed class Load(params IReadOnlyList<Uri> requests)
{
    public static readonly string[] Stations = ["440103001-1", "440104001-1", "440105001-1", "440106001-1", "440111002-1", "440112001-1", "440113007-1"];
    private static readonly string[] Courses = ["4-10-01-05-L5", "4-10-01-06-L5", "SP-dimsum", "LS-smartphone"];
    private readonly HttpClient http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(2) }) { Timeout = TimeSpan.FromSeconds(10) };
    private int next;
    private int retries;

    public int Retries => retries;

    /// <summary>One person registers and asks; the path of the request that was answered 201.</summary>
    public async Task<string> Submit(int number, CancellationToken ct)
    {
        var resident = await Post("/api/v1/residents", new { name = "甲" + number, phone = $"139{number:00000000}", consents = new[] { "HandleRequest" } }, $"resident-{number}", ct);
        var path = $"/api/v1/residents/{resident.GetProperty("id").GetGuid()}/requests";
        var request = await Post(
            path,
            new { courseCode = Courses[number % Courses.Length], stationCode = Stations[number % Stations.Length], goal = "FindJob", times = new[] { "Weekend" }, maxMinutes = 60, needs = Array.Empty<string>() },
            $"request-{number}",
            ct);
        return $"{path}/{request.GetProperty("id").GetGuid()}";
    }

    public async Task<JsonElement> Get(string path, CancellationToken ct) => await http.GetFromJsonAsync<JsonElement>(new Uri(requests[0], path), ct);

    private async Task<JsonElement> Post(string path, object body, string key, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, AtNext(path)) { Content = JsonContent.Create(body) };
                request.Headers.Add("Idempotency-Key", key);
                using var answer = await http.SendAsync(request, ct);
                if (answer.StatusCode == HttpStatusCode.Created)
                {
                    return await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
                }

                if ((int)answer.StatusCode < 500)
                {
                    throw new InvalidOperationException($"POST {path} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(ct)}");
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
            {
                // refused, cut or timed out: whether it was carried out, nobody can say, so the same key goes again
            }

            Interlocked.Increment(ref retries);
            await Task.Delay(100, ct);
        }
    }

    // the service's replicas in turn, so a call that is tried again goes to another one
    private Uri AtNext(string path) => new(requests[(int)((uint)Interlocked.Increment(ref next) % requests.Count)], path);
}
