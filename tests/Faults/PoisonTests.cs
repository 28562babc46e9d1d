using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json;
using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using SkillStation.Acceptance;
using SkillStation.Contracts.Requests;
using SkillStation.Dispatch;
using SkillStation.Requests;
using SkillStation.Scheduler;

namespace SkillStation.Faults.Tests;

/// <summary>Messages among the good ones that nobody can handle, sent to the broker by a stranger.</summary>
public sealed class PoisonTests
{
    private const string Canary = "13912345678";
    private static readonly string[] Readers = ["dispatch-triage-request", "scheduler-keep-request-clocks", "scheduler-record-journey"];

    [Fact]
    public async Task Poison_among_the_messages_is_set_aside_once_with_its_reason_and_touches_no_other()
    {
        Assert.SkipWhen(Support.Broker.Missing is not null, Support.Broker.Missing ?? "");
        var ct = TestContext.Current.CancellationToken;
        await using var broker = await Support.Broker.StartAsync();
        var url = await broker.NewVirtualHost();
        using var alarm = new Alarm();
        await using var city = await RunningService.StartAsync(url, new RequestsModule(), new DispatchModule(), new AcceptanceModule(), new SchedulerModule());
        await CityToBreak.StationsAreKnown(city.Http.BaseAddress!, city.Http.BaseAddress!);
        await using var connection = await new ConnectionFactory { Uri = new Uri(url) }.CreateConnectionAsync(ct);

        // one in a hundred; in the short form at least one of each kind
        var (count, poisons) = (Run.Full ? 5000 : 200, Enumerable.Range(0, Run.Full ? 50 : Kinds.Length).Select(n => Kinds[n % Kinds.Length]()).ToList());
        var load = new Load(city.Http.BaseAddress!);
        var paths = new string[count];
        var sent = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(client => Task.Run(
            async () =>
            {
                for (var i = client; i < count; i += 8)
                {
                    paths[i] = await load.Submit(i, ct);
                    if (i % (count / poisons.Count) == 0 && Interlocked.Increment(ref sent) is var next && next <= poisons.Count)
                    {
                        await Send(connection, poisons[next - 1]);
                    }
                }
            },
            ct)));

        await AllOnce.Check(load, city.Http.BaseAddress!, paths, TimeSpan.FromSeconds(Run.Full ? 600 : 90), ct);
        var expected = poisons.SelectMany(p => p.DeadIn.Select(queue => (queue, p.Id, p.Reason))).Order().ToList();
        await Eventually.True(async () => (await Letters(connection)).Count >= expected.Count, "all poison is set aside");
        Assert.Equal(expected, await Letters(connection));
        await Eventually.True(() => alarm.Count >= expected.Count, "the alarm has counted it");
        Assert.Equal(expected.Count, alarm.Count);

        // as an operator sees it
        string[] bus = ["--data-dir", Directory.CreateTempSubdirectory("skillstation-faults-").FullName, "--Bus:Transport", "RabbitMQ", "--Bus:Url", url];
        var told = await DeadLettersTests.Tool(["dead-letters", "list", .. bus]);
        Assert.All(expected, letter => Assert.Single(told.Split('\n'), line => line.Contains($"{letter.Id}", StringComparison.Ordinal) && line.Contains($" {letter.queue} ", StringComparison.Ordinal) && line.Contains(letter.Reason, StringComparison.Ordinal)));
        Assert.Contains($"{expected.Count} dead letter(s)", told, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, told, StringComparison.Ordinal);

        Assert.Contains($"{expected.Count} handed over again", await DeadLettersTests.Tool(["dead-letters", "redrive", "all", .. bus]), StringComparison.Ordinal);
        await Eventually.True(() => alarm.Count >= 2 * expected.Count, "all of it is set aside again");
        await Eventually.True(async () => (await Letters(connection)).Count >= expected.Count, "all of it is in its queue again");
        Assert.Equal(expected, await Letters(connection));
        Assert.Contains($"{expected.Count} dropped", await DeadLettersTests.Tool(["dead-letters", "drop", "all", .. bus]), StringComparison.Ordinal);
        Assert.Empty(await Letters(connection));
        await AllOnce.Check(load, city.Http.BaseAddress!, paths, TimeSpan.FromSeconds(Run.Full ? 600 : 90), ct);
        Summary.Add("poison among the messages, over RabbitMQ", $"{count} requests, {poisons.Count} poisons of {Kinds.Length} kinds", $"{expected.Count} dead letters, each once in its queue with its reason, counted, listed, handed over again, dropped; 0 lost, 0 double");
    }

    private static readonly Func<Poison>[] Kinds =
    [
        () => ToAll("_error", "JsonReaderException", _ => $"no JSON {Canary}"),
        () => ToAll("_error", "InvalidOperationException", id => Envelope(id, "RequestSubmitted", """{ "requestId": 13912345678 }""")),
        () => ToAll("_skipped", "dead-letter", id => Envelope(id, "RequestSubmittedNextYear", Body(id))),
        () => ToAll("_error", "MessageTooLargeException", id => Envelope(id, "RequestSubmitted", Body(id, filling: new string('x', 3 * 1024 * 1024)))),
        () => NeverHandled(),
    ];

    private static Poison ToAll(string kind, string reason, Func<Guid, string> body)
    {
        var id = Guid.NewGuid();
        return new Poison(id, "SkillStation.Contracts.Requests:RequestSubmitted", body(id), [.. Readers.Select(r => r + kind)], reason);
    }

    private static Poison NeverHandled()
    {
        var id = Guid.NewGuid();
        return new Poison(id, Readers[0], Envelope(id, "RequestSubmitted", Body(id, times: "null")), [Readers[0] + "_error"], "ArgumentNullException");
    }

    private static string Envelope(Guid id, string type, string message) =>
        $$"""{ "messageId": "{{id}}", "messageType": ["urn:message:SkillStation.Contracts.Requests:{{type}}"], "message": {{message}} }""";

    private static string Body(Guid id, string times = """["Weekend"]""", string filling = "")
    {
        var known = JsonSerializer.Serialize(new { requestId = id, residentId = id, courseCode = "SP-dimsum", stationCode = Load.Stations[0], goal = "FindJob", maxMinutes = 30, mayContact = false, at = RunningService.Start });
        return $$"""{{known[..^1]}}, "needs": [], "times": {{times}}, "filling": "{{filling}}", "phone": "{{Canary}}" }""";
    }

    private static async Task Send(IConnection connection, Poison poison)
    {
        await using var channel = await connection.CreateChannelAsync();
        var properties = new BasicProperties { MessageId = $"{poison.Id}", ContentType = "application/vnd.masstransit+json", Persistent = true };
        await channel.BasicPublishAsync(poison.Exchange, "", mandatory: true, properties, Encoding.UTF8.GetBytes(poison.Body));
    }

    /// <summary>All that was set aside; it stays where it is.</summary>
    private static async Task<List<(string Queue, Guid Id, string Reason)>> Letters(IConnection connection)
    {
        var letters = new List<(string, Guid, string)>();
        foreach (var queue in Readers.SelectMany(r => new[] { r + "_error", r + "_skipped" }))
        {
            await using var channel = await connection.CreateChannelAsync();
            try
            {
                while (await channel.BasicGetAsync(queue, autoAck: false) is { } letter)
                {
                    var headers = letter.BasicProperties.Headers!;
                    var reason = headers.TryGetValue(MessageHeaders.FaultExceptionType, out var type) ? type : headers[MessageHeaders.Reason];
                    letters.Add((queue, Guid.Parse(letter.BasicProperties.MessageId!), Encoding.UTF8.GetString((byte[])reason!).Split('.')[^1]));
                }
            }
            catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == RabbitMQ.Client.Constants.NotFound)
            {
                // nothing of this kind has happened yet
            }
        }

        letters.Sort();
        return letters;
    }

    private sealed record Poison(Guid Id, string Exchange, string Body, IReadOnlyList<string> DeadIn, string Reason);

    /// <summary>What an operator's alert would count.</summary>
    private sealed class Alarm : IDisposable
    {
        private readonly MeterListener listener = new();
        private readonly ConcurrentQueue<string> reasons = new();

        public Alarm()
        {
            listener.InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "skillstation.message.dead")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<int>((_, n, tags, _) => reasons.Enqueue(string.Join(' ', tags.ToArray().Select(t => t.Value))));
            listener.Start();
        }

        public int Count => reasons.Count;

        public void Dispose() => listener.Dispose();
    }
}
