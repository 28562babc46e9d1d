using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace SkillStation.Faults.Tests.History;

/// <summary>
/// Clients who ask, look and withdraw for the same few residents, and write down each call with its instants and its answer. They never try again: what
/// got no answer stays unknown, so that the check has to reckon with it.
/// </summary>
internal sealed class Clients(CityToBreak city) : IDisposable
{
    private const int Residents = 5;
    private static readonly string[] Courses = ["4-10-01-05-L5", "SP-dimsum"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Between two calls, so that the full form's calls last its five minutes; what is checked afterwards grows faster than their number.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(Support.Run.Full ? 250 : 0);

    private readonly HttpClient requests = new() { BaseAddress = city.Requests, Timeout = Patience };
    private readonly HttpClient patient = new() { BaseAddress = city.Requests };
    private readonly HttpClient patientDispatch = new() { BaseAddress = city.Dispatch };
    private readonly HttpClient dispatch = new() { BaseAddress = city.Dispatch, Timeout = Patience };
    private readonly ConcurrentBag<Operation> operations = [];
    private readonly ConcurrentBag<PoolSeen> pools = [];
    private readonly ConcurrentDictionary<string, Guid> latest = new();
    private readonly ConcurrentDictionary<string, int> answers = new();
    private readonly List<string> residents = [];
    private int sent;

    /// <summary>Calls that reached the city, answered or not.</summary>
    public int Count => Volatile.Read(ref sent);

    /// <summary>How many calls were answered how.</summary>
    public string Answers => string.Join(", ", answers.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Value} {a.Key}"));

    public Recorded Recorded => new([.. operations.OrderBy(o => o.From)], [.. pools.OrderBy(p => p.From)]);

    public async Task Register()
    {
        for (var n = 0; n < Residents; n++)
        {
            var answer = await patient.Post("/api/v1/residents", new { name = "甲" + n, phone = $"138{n:00000000}", consents = new[] { "HandleRequest" } });
            Assert.Equal(HttpStatusCode.Created, answer.Status);
            residents.Add($"/api/v1/residents/{answer.Id}/requests");
        }
    }

    /// <summary>One client, until it is told to stop.</summary>
    public async Task Run(int client, Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var (resident, course) = (residents[random.Next(Residents)], Courses[random.Next(Courses.Length)]);
            var key = $"{residents.IndexOf(resident)}/{course}";
            var known = latest.TryGetValue(key, out var id);
            await (random.Next(100) switch
            {
                < 20 when known => Withdraw(client, key, resident, id),
                < 45 when known => Look(client, key, resident, id),
                < 65 => List(client, resident),
                < 70 => Pools(random),
                _ => Submit(client, key, resident, course),
            });
            await Task.Delay(Rest, CancellationToken.None);
        }
    }

    /// <summary>
    /// When all is quiet: every request that there is, looked at once more; null while one is on its way. It has arrived when it is in a pool, or
    /// over, or waits for a person at the station (who withdraws and asks again at once may be taken for somebody who asks twice).
    /// </summary>
    public async Task<IReadOnlySet<Guid>?> LookAtAll()
    {
        var found = new HashSet<Guid>();
        foreach (var resident in residents)
        {
            for (var (next, first) = ((string?)null, true); first || next is not null; first = false)
            {
                var page = await patient.GetFromJsonAsync<JsonElement>($"{resident}?size=100{(next is null ? "" : "&after=" + next)}");
                foreach (var item in page.GetProperty("items").EnumerateArray())
                {
                    var id = item.GetProperty("id").GetGuid();
                    if (item.GetProperty("status").GetString() is "Submitted" or "Admitted" && !await WaitsForAPerson(id))
                    {
                        return null;
                    }

                    found.Add(id);
                }

                next = page.GetProperty("next").GetString();
            }

            await List(-1, resident);
        }

        return found;
    }

    public void Dispose()
    {
        requests.Dispose();
        patient.Dispose();
        patientDispatch.Dispose();
        dispatch.Dispose();
    }

    private async Task<bool> WaitsForAPerson(Guid request)
    {
        var answer = await patientDispatch.Get($"/api/v1/stations/{Load.Stations[0]}/requests/{request}");
        return answer.Status == HttpStatusCode.OK && answer.Text("state") == "AwaitingTriage";
    }

    private async Task Submit(int client, string key, string resident, string course)
    {
        var body = new { courseCode = course, stationCode = Load.Stations[0], goal = "FindJob", times = new[] { "Weekend" }, maxMinutes = 60, needs = Array.Empty<string>() };
        var (came, view, from, to) = await Call("submit", () => requests.Post(resident, body));
        Write(new Operation(client, key, Asks.Submit, came, from, to), view);
    }

    private async Task Withdraw(int client, string key, string resident, Guid id)
    {
        // with a body: one without is sent a second time by HttpClient itself when the connection breaks, and "no connection" then says nothing about the first
        var (came, view, from, to) = await Call("withdraw", () => requests.Post($"{resident}/{id}/withdraw", new { }));
        Write(new Operation(client, key, Asks.Withdraw, came, from, to, id), view);
    }

    private async Task Look(int client, string key, string resident, Guid id)
    {
        var (came, view, from, to) = await Call("look", () => requests.Get($"{resident}/{id}"));
        if (came == Came.Done)
        {
            Write(new Operation(client, key, Asks.Look, came, from, to, id), view);
        }
    }

    // A list shows every key of the resident at once. Newest first, so what is open is on the first page.
    private async Task List(int client, string resident)
    {
        var (came, view, from, to) = await Call("list", () => requests.Get(resident + "?size=50"));
        if (came != Came.Done)
        {
            return;
        }

        foreach (var course in Courses)
        {
            var key = $"{residents.IndexOf(resident)}/{course}";
            var open = view.GetProperty("items").EnumerateArray()
                .Where(r => r.GetProperty("courseCode").GetString() == course && Statuses.IsOpen(r.GetProperty("status").GetString()!)).ToList();
            if (open.Count == 0)
            {
                operations.Add(new Operation(client, key, Asks.List, came, from, to));
            }

            foreach (var one in open)   // two would contradict each other, as they should
            {
                Write(new Operation(client, key, Asks.List, came, from, to), one);
            }
        }
    }

    private async Task Pools(Random random)
    {
        var station = $"/api/v1/stations/{Load.Stations[0]}/pools";
        var (came, list, _, _) = await Call("pools", () => dispatch.Get(station));
        var ids = came == Came.Done ? list.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("id").GetGuid()).ToList() : [];
        if (ids.Count == 0)
        {
            return;
        }

        var id = ids[random.Next(ids.Count)];
        var (shown, pool, from, to) = await Call("pool", () => dispatch.Get($"{station}/{id}"));
        if (shown == Came.Done)
        {
            pools.Add(new PoolSeen(
                id, from, to, Math.Max(pool.GetProperty("memberCount").GetInt32(), pool.GetProperty("members").GetArrayLength()), pool.GetProperty("maxSize").GetInt32(), pool.GetProperty("version").GetInt32()));
        }
    }

    private void Write(Operation operation, JsonElement view)
    {
        if (operation.Came == Came.Done)
        {
            operation = operation with { Request = view.GetProperty("id").GetGuid(), Status = view.GetProperty("status").GetString(), Version = view.GetProperty("version").GetInt32() };
            latest[operation.Key] = operation.Request.Value;
        }

        if (operation.Came != Came.Nothing)
        {
            operations.Add(operation);
        }
    }

    private async Task<(Came Came, JsonElement Body, long From, long To)> Call(string what, Func<Task<Answer>> call)
    {
        var from = Stopwatch.GetTimestamp();
        try
        {
            var answer = await call();
            var to = Stopwatch.GetTimestamp();
            Interlocked.Increment(ref sent);
            answers.AddOrUpdate($"{what} {(int)answer.Status}", 1, (_, n) => n + 1);
            return (answer.Status, answer.Code) switch
            {
                (HttpStatusCode.OK or HttpStatusCode.Created, _) => (Came.Done, answer.Body, from, to),
                (HttpStatusCode.Conflict, "request-already-open" or "request-over") => (Came.Refused, default, from, to),
                (HttpStatusCode.PreconditionFailed or HttpStatusCode.ServiceUnavailable, _) => (Came.Nothing, default, from, to),
                _ => throw new InvalidOperationException($"{what} was answered {(int)answer.Status} {answer.Code}."),
            };
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            answers.AddOrUpdate($"{what} without a connection", 1, (_, n) => n + 1);
            await Task.Delay(200);
            return (Came.Nothing, default, from, Stopwatch.GetTimestamp());   // it was never sent
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            Interlocked.Increment(ref sent);
            answers.AddOrUpdate($"{what} without an answer", 1, (_, n) => n + 1);
            return (Came.Unknown, default, from, Operation.Never);
        }
    }
}
