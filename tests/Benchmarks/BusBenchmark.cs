using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using SkillStation.Platform;
using SkillStation.Platform.Bus;
using SkillStation.Support;

namespace SkillStation.Benchmarks;

/// <summary>Messages published with confirms and read at the same time, over a quorum queue: RabbitMQ.Client alone, our bus, and ours with outbox and inbox.</summary>
internal static class BusBenchmark
{
    private const int Messages = 3000;

    public static async Task Run(Report report, Options options)
    {
        await using var broker = await Broker.StartAsync();
        var url = await broker.NewVirtualHost();
        await using var connection = await new ConnectionFactory { Uri = new Uri(url) }.CreateConnectionAsync();
        var folder = Directory.CreateTempSubdirectory("skillstation-benchmarks-").FullName;
        await using var app = ServiceHost.Build(
            ["--Database:DataDir", folder, "--Bus:Transport", "RabbitMQ", "--Bus:Url", await broker.NewVirtualHost(), "--urls", "http://127.0.0.1:0"],
            [new FirstModule(), new SecondModule(0)],
            b => b.Logging.ClearProviders());
        await app.PrepareAsync();
        await app.StartAsync();
        var erlang = Proc.Broker();
        var (raw, bus, line) = (new List<Carried>(), new List<Carried>(), new List<Carried>());
        await using var ours = await OurBus.Start(broker);
        var body = JsonSerializer.SerializeToUtf8Bytes(Some(), ShapesJson.Default.Booked);
        for (var round = 0; round <= options.Rounds; round++)
        {
            var results = new[] { await Measured(() => FloorBus.Carry(connection, Messages, body)), await Measured(() => ours.Carry(Messages)), await Measured(() => WithOutboxAndInbox(app)) };
            Console.Error.WriteLine($"messages: raw {results[0]}, our bus {results[1]}, with outbox and inbox {results[2]}");
            if (round > 0)
            {
                raw.Add(results[0]);
                bus.Add(results[1]);
                line.Add(results[2]);
            }
        }

        List<double> PerSecond(List<Carried> runs) => [.. runs.Select(r => r.PerSecond)];
        List<double> Cpu(List<Carried> runs) => [.. runs.Select(r => r.Cpu)];
        report.Add("messages published with confirms and read, our bus alone", "/s", PerSecond(bus), PerSecond(raw), Target.AtLeast(0.6));
        report.Add("… CPU with the broker's", "ms", Cpu(bus), Cpu(raw));
        report.Add("… from outbox to inbox, both committed", "/s", PerSecond(line), PerSecond(raw), Target.AtLeast(0.6));
        report.Add("… CPU with the broker's", "ms", Cpu(line), Cpu(raw));
        await app.StopAsync();
        Directory.Delete(folder, recursive: true);

        async Task<Carried> Measured(Func<Task<TimeSpan>> carry)
        {
            var before = Proc.CpuMilliseconds([erlang, Environment.ProcessId]);
            var took = await carry();
            return new Carried(Messages / took.TotalSeconds, (Proc.CpuMilliseconds([erlang, Environment.ProcessId]) - before) / Messages);
        }
    }

    private static Booked Some() => Booked.From(Guid.CreateVersion7(), new Booking(Guid.NewGuid(), "4-10-01-05-L5", "440103001-1", "FindJob", ["Weekend"], 60, []), DateTimeOffset.UtcNow);

    // The rows are saved before the clock starts; it stops when the last inbox row is committed.
    private static async Task<TimeSpan> WithOutboxAndInbox(WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var (first, second) = (scope.ServiceProvider.GetRequiredService<FirstDb>(), scope.ServiceProvider.GetRequiredService<SecondDb>());
        var before = await second.Bookings.CountAsync();
        for (var n = 0; n < Messages; n++)
        {
            var booked = Some();
            first.Publish(booked.Id, booked);
        }

        await first.SaveChangesAsync();
        var started = Stopwatch.GetTimestamp();
        await Eventually.True(async () => await second.Bookings.CountAsync() == before + Messages, "all are in the inbox", TimeSpan.FromMinutes(1));
        return Stopwatch.GetElapsedTime(started);
    }

    private sealed record Carried(double PerSecond, double Cpu)
    {
        public override string ToString() => $"{PerSecond:0}/s {Cpu:0.000} ms";
    }

    /// <summary>MassTransit set up as the services have it, without a database.</summary>
    private sealed class OurBus(IBusControl bus, BrokerTransport transport, Counter counter) : IAsyncDisposable
    {
        public static async Task<OurBus> Start(Broker broker)
        {
            var options = Microsoft.Extensions.Options.Options.Create(new BusOptions { Transport = "RabbitMQ", Url = await broker.NewVirtualHost() });
            var counter = new Counter();
            var bus = Bus.Factory.CreateUsingRabbitMq(x =>
            {
                x.Host(new Uri(options.Value.Url));
                x.ReceiveEndpoint("our-bus", e =>
                {
                    e.SetQuorumQueue();
                    e.PrefetchCount = 64;
                    e.ConcurrentMessageLimit = 8;
                    e.Handler<Booked>(_ => counter.Count());
                });
            });
            await bus.StartAsync();
            return new OurBus(bus, new BrokerTransport(bus, new BrokerTopology(options, new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance))), counter);
        }

        // as many in flight as the relay's window
        public async Task<TimeSpan> Carry(int count)
        {
            var all = counter.Expect(count);
            var started = Stopwatch.GetTimestamp();
            using var window = new SemaphoreSlim(FloorBus.Window);
            await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
            {
                await window.WaitAsync();
                await transport.Deliver(Some(), typeof(Booked), Guid.NewGuid(), CancellationToken.None);
                window.Release();
            }));
            await all;
            return Stopwatch.GetElapsedTime(started);
        }

        public async ValueTask DisposeAsync() => await bus.StopAsync();
    }

    private sealed class Counter
    {
        private TaskCompletionSource all = new();
        private int left;

        public Task Expect(int count)
        {
            left = count;
            all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return all.Task;
        }

        public Task Count()
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                all.SetResult();
            }

            return Task.CompletedTask;
        }
    }
}
