using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace SkillStation.Faults.Tests;

/// <summary>
/// Residents who all want to ask at once. The client shares the machine with what it measures, so a call costs it little: the body is there before,
/// and of the answer it reads the status and two headers.
/// </summary>
internal sealed class Crowd : IDisposable
{
    private static readonly string[] Courses =
    [
        "4-10-01-05-L5", "4-10-01-06-L5", "4-10-01-01-L5", "4-10-01-03-L5", "4-10-04-02-L5", "4-10-03-01-L5", "4-10-03-02-L5", "4-10-03-03-L5",
        "4-03-02-01-L5", "4-03-02-02-L5", "SP-dimsum", "SP-roast-meats", "4-03-02-04-L5", "4-03-02-07-L5", "4-03-02-08-L5", "4-03-02-10-L5",
        "4-04-05-05-L5", "4-01-06-01-L4", "4-04-05-05-jt-02-L4", "4-04-05-01-L4", "4-04-04-02-L4", "4-12-01-01-L5", "4-02-06-03-L4", "4-02-06-05-L3",
        "4-02-07-08-L5", "4-09-10-05-L5", "4-10-07-03-L5", "SP-embroidery", "SP-porcelain", "SP-olive-carving", "SP-enamel", "X-elder-assessor-L3",
    ];

    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null });
    private readonly ConcurrentQueue<Wish> wishes = new();
    private readonly ConcurrentBag<Guid> answered = [];
    private readonly Uri requests;

    private Crowd(Uri requests) => this.requests = requests;

    /// <summary>The ids of the requests that were answered 201.</summary>
    public IReadOnlyCollection<Guid> Answered => answered;

    /// <summary>Registers residents, each of whom has a wish for every one of these courses.</summary>
    public static async Task<Crowd> Gather(Uri requests, int residents)
    {
        var crowd = new Crowd(requests);
        var bodies = Courses.Select((c, i) => JsonSerializer.SerializeToUtf8Bytes(
            new { courseCode = c, stationCode = Load.Stations[i % Load.Stations.Length], goal = "FindJob", times = new[] { "Weekend" }, maxMinutes = 60, needs = Array.Empty<string>() })).ToList();
        using var http = new HttpClient { BaseAddress = requests };
        var number = 0;
        var paths = new ConcurrentBag<Uri>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            for (var n = Interlocked.Increment(ref number); n <= residents; n = Interlocked.Increment(ref number))
            {
                using var answer = await http.PostAsJsonAsync("/api/v1/residents", new { name = "甲" + n, phone = $"139{n:00000000}", consents = new[] { "HandleRequest" } });
                answer.EnsureSuccessStatusCode();
                paths.Add(new Uri(requests, $"{answer.Headers.Location}/requests"));
            }
        }));
        foreach (var wish in bodies.SelectMany((body, c) => paths.Select(p => new Wish(p, body, $"wish-{c}"))))   // a resident's own wishes far apart: at once they would race each other
        {
            crowd.wishes.Enqueue(wish);
        }

        return crowd;
    }

    /// <summary>So many clients, each of whom asks again as soon as the answer is there.</summary>
    public async Task<Asked> AskInTurn(int clients, TimeSpan time)
    {
        var asked = new Asked(time);
        var end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetTimestamp() is var now && now < end)
            {
                await Ask(now, asked);
            }
        })));
        return asked.Done();
    }

    /// <summary>One call after the other.</summary>
    public async Task<Asked> AskTwentyTimes()
    {
        var asked = new Asked(TimeSpan.Zero);
        for (var n = 0; n < 20; n++)
        {
            await Ask(Stopwatch.GetTimestamp(), asked);
        }

        return asked.Done();
    }

    /// <summary>So many calls a second, each at its instant, whether or not the earlier ones are answered.</summary>
    public async Task<Asked> AskOnTime(double perSecond, TimeSpan time)
    {
        var asked = new Asked(time);
        var calls = new List<Task>();
        var start = Stopwatch.GetTimestamp();
        var all = (int)(perSecond * time.TotalSeconds);
        while (calls.Count < all)
        {
            var due = start + (long)(calls.Count / perSecond * Stopwatch.Frequency);
            if (due > Stopwatch.GetTimestamp())
            {
                await Task.Delay(1);
            }
            else
            {
                asked.Late(due);
                calls.Add(Ask(due, asked));
            }
        }

        await Task.WhenAll(calls);
        return asked.Done();
    }

    public void Dispose() => http.Dispose();

    private async Task Ask(long due, Asked asked)
    {
        if (!wishes.TryDequeue(out var wish))
        {
            throw new InvalidOperationException("No wish is left; gather more residents.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, wish.Path) { Content = new ByteArrayContent(wish.Body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("Idempotency-Key", wish.Key);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            using var answer = await http.SendAsync(request, patience.Token);
            await answer.Content.CopyToAsync(Stream.Null, patience.Token);
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                answered.Add(Guid.Parse(answer.Headers.Location!.OriginalString.Split('/')[^1]));
                asked.Accept(due);
                return;
            }

            asked.Refuse(due, answer.StatusCode, answer.Headers.RetryAfter is not null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            asked.Lose();
        }

        wishes.Enqueue(wish);   // with the same key, so that it counts once even if it was carried out
    }

    private sealed record Wish(Uri Path, byte[] Body, string Key);
}

/// <summary>What became of the calls; latencies from the instant at which each was due.</summary>
internal sealed class Asked(TimeSpan time)
{
    private readonly ConcurrentBag<TimeSpan> accepted = [];
    private readonly ConcurrentBag<TimeSpan> refused = [];
    private readonly List<TimeSpan> late = [];
    private TimeSpan[] acceptedInOrder = [];
    private TimeSpan[] refusedInOrder = [];
    private int unknown;
    private int withoutRetryAfter;
    public TimeSpan Time => time;

    public int Accepted => accepted.Count;

    public int Refused => refused.Count;

    /// <summary>Cut off or timed out.</summary>
    public int Unknown => unknown;

    public int WithoutRetryAfter => withoutRetryAfter;

    public int Sent => Accepted + Refused + Unknown;

    /// <summary>How many times slower than alone: what others took of the machine meanwhile.</summary>
    public double Slowed { get; set; } = 1;

    /// <summary>How late the client itself was with its calls: what the machine, and not the city, did to every latency.</summary>
    public TimeSpan LateBy => Within([.. late.Order()], 0.99);

    /// <summary>A call goes out; by one sender only.</summary>
    public void Late(long due) => late.Add(Stopwatch.GetElapsedTime(due));

    public void Accept(long due) => accepted.Add(Stopwatch.GetElapsedTime(due));

    public void Refuse(long due, HttpStatusCode status, bool retryAfter)
    {
        refused.Add(Stopwatch.GetElapsedTime(due));
        if (status is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests) || !retryAfter)
        {
            Interlocked.Increment(ref withoutRetryAfter);
        }
    }

    public void Lose() => Interlocked.Increment(ref unknown);

    public Asked Done()
    {
        (acceptedInOrder, refusedInOrder) = ([.. accepted.Order()], [.. refused.Order()]);
        return this;
    }

    /// <summary>The time within which this share of those who were accepted had their answer.</summary>
    public TimeSpan AcceptedWithin(double share) => Within(acceptedInOrder, share);

    public TimeSpan RefusedWithin(double share) => Within(refusedInOrder, share);

    public override string ToString() =>
        $"{Sent} sent, {Accepted} accepted (50 % {AcceptedWithin(0.5).TotalMilliseconds:0} ms, 99 % {AcceptedWithin(0.99).TotalMilliseconds:0} ms), {Refused} refused (50 % {RefusedWithin(0.5).TotalMilliseconds:0} ms, 95 % {RefusedWithin(0.95).TotalMilliseconds:0} ms, 99 % {RefusedWithin(0.99).TotalMilliseconds:0} ms), {Unknown} unknown; sent late by {LateBy.TotalMilliseconds:0} ms (99 %)";

    private static TimeSpan Within(TimeSpan[] inOrder, double share) => inOrder.Length == 0 ? TimeSpan.Zero : inOrder[Math.Min((int)(share * inOrder.Length), inOrder.Length - 1)];
}
