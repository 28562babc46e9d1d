using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using RabbitMQ.Client;
using SkillStation.Dispatch;
using SkillStation.Platform.Tests;
using SkillStation.Requests;

namespace SkillStation.Broker.Tests;

/// <summary>What goes with a message over outbox and broker besides its body: its place among those of its key, and the trace that it belongs to.</summary>
public sealed class OrderAndTraceTests(BrokerOfRun broker)
{
    [Fact]
    public async Task Messages_of_one_key_reach_the_broker_in_the_order_in_which_they_were_saved()
    {
        var ct = TestContext.Current.CancellationToken;
        var url = await broker.NewVirtualHost();
        await using var service = await RunningService.StartAsync(url, new CountingModule());
        await using var connection = await new ConnectionFactory { Uri = new Uri(url) }.CreateConnectionAsync(ct);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        var listener = (await channel.QueueDeclareAsync(cancellationToken: ct)).QueueName;
        await channel.QueueBindAsync(listener, $"{typeof(ThingHappened).Namespace}:{nameof(ThingHappened)}", string.Empty, cancellationToken: ct);

        var keys = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToList();
        for (var number = 0; number < 200; number++)
        {
            await service.Http.Post("/api/v1/things", new Thing(keys[number % keys.Count], number));
        }

        var heard = new List<(Guid Key, int Number)>();
        await Eventually.True(
            async () =>
            {
                while (await channel.BasicGetAsync(listener, autoAck: true, ct) is { } letter)
                {
                    var message = JsonDocument.Parse(letter.Body).RootElement.GetProperty("message");
                    heard.Add((message.GetProperty("key").GetGuid(), message.GetProperty("number").GetInt32()));
                }

                return heard.Count == 200;
            },
            "all have come");
        Assert.All(heard.GroupBy(h => h.Key), key => Assert.Equal(key.Select(h => h.Number).Order(), key.Select(h => h.Number)));
    }

    [Fact]
    public async Task What_another_service_does_about_a_request_belongs_to_the_trace_of_the_call_that_made_it()
    {
        var ct = TestContext.Current.CancellationToken;
        var url = await broker.NewVirtualHost();
        var consumed = new ConcurrentQueue<(string Name, ActivityTraceId Trace)>();
        using var listener = new ActivityListener { ShouldListenTo = s => s.Name == "MassTransit", ActivityStopped = a => consumed.Enqueue((a.DisplayName, a.TraceId)) };
        ActivitySource.AddActivityListener(listener);
        await using var dispatch = await RunningService.StartAsync(url, new DispatchModule());
        await using var requests = await RunningService.StartAsync(url, new RequestsModule());
        var station = (await dispatch.Http.GetFromJsonAsync<JsonElement>("/api/v1/stations/440103001-1", ct)).GetProperty("code").GetString();
        await Eventually.True(async () => (await requests.Http.GetStringAsync($"/api/v1/nearby-stations?take=50&near=113.24,23.12", ct)).Contains($"\"{station}\"", StringComparison.Ordinal), "the station is known");

        var resident = await requests.Http.Post("/api/v1/residents", new { name = "甲", phone = "13900000001", consents = new[] { "HandleRequest" } });
        using var caller = new Activity("ask") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        var asked = await requests.Http.Post(
            $"/api/v1/residents/{resident.Id}/requests",
            new { courseCode = "LS-smartphone", stationCode = station, goal = "FindJob", times = new[] { "Weekend" }, maxMinutes = 60, needs = Array.Empty<string>() });
        Assert.Equal(HttpStatusCode.Created, asked.Status);

        await Eventually.True(() => consumed.Any(c => c.Trace == caller.TraceId && c.Name.Contains("dispatch-triage-request", StringComparison.Ordinal)), "Dispatch triages it in the same trace");
        await Eventually.True(() => consumed.Any(c => c.Trace == caller.TraceId && c.Name.Contains("requests-record-pooling", StringComparison.Ordinal)), "and Requests hears the result in it");
    }
}
