using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.RegularExpressions;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SkillStation.Platform.Data;

namespace SkillStation.Platform.Bus;

/// <summary>Section "Bus": how messages travel. Everything that differs by transport is in this folder.</summary>
public sealed class BusOptions
{
    public const string Section = "Bus";

    /// <summary>InMemory (all services in one process) or RabbitMQ.</summary>
    public string Transport { get; set; } = "InMemory";

    /// <summary>Of the broker: amqp://user:password@host:port/vhost.</summary>
    public string Url { get; set; } = "amqp://localhost";

    /// <summary>Seconds for which news is tried again that builds on news not heard yet: its sender may be down so long.</summary>
    public int Patience { get; set; } = 120;

    /// <summary>Messages of one queue that a process has in hand: those at work and those that wait their turn here instead of at the broker.</summary>
    [Range(1, ushort.MaxValue)]
    public int Prefetch { get; set; } = 64;

    /// <summary>Messages of one queue at work at the same time.</summary>
    [Range(1, ushort.MaxValue)]
    public int AtOnce { get; set; } = 8;

    public bool IsRabbitMq => Transport == "RabbitMQ";

    internal bool IsAddress => Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.Scheme is "amqp" or "amqps" or "rabbitmq" or "rabbitmqs";
}

/// <summary>The consumers of one service. Each gets a queue named service-use-case, so that two services never share one.</summary>
public sealed partial class ConsumerList(string service, Type db)
{
    private readonly List<ConsumerEndpoint> queues = [];

    public IReadOnlyList<ConsumerEndpoint> Queues => queues;

    public ConsumerList Add<TConsumer>() where TConsumer : class, IConsumer
    {
        var type = typeof(TConsumer);
        var messages = type.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IConsumer<>)).Select(i => i.GenericTypeArguments[0]);
        var useCase = type.Name.EndsWith("Consumer", StringComparison.Ordinal) ? type.Name[..^"Consumer".Length] : type.Name;
        queues.Add(new ConsumerEndpoint($"{service}-{BeforeCapital().Replace(useCase, "-").ToLowerInvariant()}", type, db, [.. messages]));
        return this;
    }

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex BeforeCapital();
}

/// <summary>One queue: who reads it, which messages reach it, and whose database the reader writes to.</summary>
public sealed record ConsumerEndpoint(string Name, Type Consumer, Type Db, IReadOnlyList<Type> Messages);

internal static class BusSetup
{
    // Anything but these would fail again just the same and goes to the error queue at once. The steps stay short: a long one would only make
    // everybody wait who waits for this message.
    private static readonly TimeSpan AfterLostRace = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan UntilKnown = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan WhileAway = TimeSpan.FromSeconds(5);

    public static void AddBus(this WebApplicationBuilder builder, IReadOnlyList<ConsumerEndpoint> queues)
    {
        var options = builder.Configuration.GetSection(BusOptions.Section).Get<BusOptions>() ?? new BusOptions();
        var services = builder.Services;
        services.AddSingleton(new Subscriptions(queues));
        services.AddSingleton<MessageTypes>();
        services.AddSingleton<DeliveryTracker>();
        if (options.IsRabbitMq)
        {
            services.AddSingleton<BrokerTopology>();
            services.AddSingleton<IMessageTransport, BrokerTransport>();
        }
        else
        {
            services.AddSingleton<IMessageTransport, InProcessTransport>();
        }

        services.AddReceiveObserver<FaultObserver>();
        // what is not finished by then is still in the outbox or in the broker
        services.Configure<MassTransitHostOptions>(o => o.StopTimeout = TimeSpan.FromSeconds(5));
        services.AddMassTransit(x =>
        {
            x.DisableUsageTelemetry();
            // requests are taken while the broker is away (the outbox keeps them), so its absence must not take the service out of rotation
            x.ConfigureHealthCheckOptions(o => o.MinimalFailureStatus = HealthStatus.Degraded);
            foreach (var queue in queues)
            {
                x.AddConsumer(queue.Consumer);
            }

            if (options.IsRabbitMq)
            {
                x.UsingRabbitMq((context, bus) =>
                {
                    bus.Host(new Uri(options.Url), h => h.OnRefreshConnectionFactory = _ => context.GetRequiredService<BrokerTopology>().Reached());
                    Configure(bus, context, options, queues, e => ((IRabbitMqReceiveEndpointConfigurator)e).SetQuorumQueue());
                });
            }
            else
            {
                x.UsingInMemory((context, bus) => Configure(bus, context, options, queues, _ => { }));
            }
        });
        if (options.IsRabbitMq)
        {
            services.AddSingleton<BusRefusal>();
            services.RemoveMassTransitHostedService();
            services.AddHostedService<BusStarter>();
        }
    }

    private static void Configure<TEndpoint>(IBusFactoryConfigurator<TEndpoint> bus, IBusRegistrationContext context, BusOptions options, IReadOnlyList<ConsumerEndpoint> queues, Action<TEndpoint> transport)
        where TEndpoint : IReceiveEndpointConfigurator
    {
        foreach (var queue in queues)
        {
            bus.ReceiveEndpoint(queue.Name, e =>
            {
                transport(e);
                e.PrefetchCount = options.Prefetch;
                e.ConcurrentMessageLimit = options.AtOnce;
                e.UseMessageRetry(r =>
                {
                    // While the database is away nothing else would succeed either: what is in hand waits, and with it the queue.
                    r.Interval(5000, WhileAway);   // hours; then it is a matter for the error queue
                    r.Handle<Exception>(x => x.IsOutage());
                });
                e.UseMessageRetry(r =>
                {
                    r.Interval((int)(TimeSpan.FromSeconds(options.Patience) / UntilKnown), UntilKnown);
                    r.Handle<NotYetKnownException>();
                });
                e.UseMessageRetry(r =>
                {
                    r.Interval(120, AfterLostRace);
                    r.Handle<DbUpdateException>(x => !x.IsOutage());
                });
                e.UseConsumeFilter(typeof(Inbox<>), context);
                e.ConfigureConsumer(context, queue.Consumer);
            });
        }
    }
}

/// <summary>Which queues take which message.</summary>
public sealed class Subscriptions(IReadOnlyList<ConsumerEndpoint> queues)
{
    private readonly ILookup<Type, string> byMessage = queues.SelectMany(q => q.Messages.Select(m => (m, q.Name))).ToLookup(x => x.m, x => x.Name);
    private readonly Dictionary<string, Type> databases = queues.ToDictionary(q => q.Name, q => q.Db);

    public IReadOnlyList<ConsumerEndpoint> Queues => queues;

    public IReadOnlyList<string> For(Type message) => [.. byMessage[message]];

    public Type DatabaseOf(string queue) => databases[queue];
}

/// <summary>The messages there are, by the name that is stored in the outbox.</summary>
internal sealed class MessageTypes(Subscriptions subscriptions)
{
    private readonly Dictionary<string, Type> byName = Assembly.Load("SkillStation.Contracts").GetExportedTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false })
        .Concat(subscriptions.Queues.SelectMany(q => q.Messages))
        .Distinct()
        .ToDictionary(t => MessageUrn.ForTypeString(t));

    public Type Find(string name) => byName.TryGetValue(name, out var type) ? type : throw new InvalidOperationException($"Unknown message type '{name}'.");
}

/// <summary>News about something that this service has not heard of yet: tried again a little later, since order is not promised between queues.</summary>
public sealed class NotYetKnownException(string what, Guid id) : Exception($"{what} {id} is not known here yet.");
