using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace SkillStation.Platform.Bus;

/// <summary>
/// Starts the bus over a broker once the queues are there, without keeping the service from answering meanwhile; then watches it. A connection
/// that breaks while endpoints set themselves up (as when a crashed broker is just back) can leave some of them waiting for ever. A process in that
/// state ends, so that its supervisor starts it again: nothing is lost by that, since it could be killed at any instant.
/// </summary>
internal sealed partial class BusStarter(IBusControl bus, BrokerTopology topology, BusRefusal refusal, IHostApplicationLifetime process, ILogger<BusStarter> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Longer than a reconnection takes, counted only while the broker answers.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await bus.StopAsync(limit.Token).WaitAsync(TimeSpan.FromSeconds(6), CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Why a broker will not have us until a person does something; null when it is none of a broker's.</summary>
    internal static StartException? WhyRefused(Exception? exception) => exception switch
    {
        null => null,
        AuthenticationFailureException or PossibleAuthenticationFailureException => new(
            "消息代理拒绝登录（ACCESS_REFUSED）。检查 Bus:Url 里的用户名和密码。", "The broker refuses the login (ACCESS_REFUSED). Check user and password in Bus:Url."),
        OperationInterruptedException { ShutdownReason.ReplyCode: Constants.AccessRefused or Constants.NotAllowed } => new(
            "消息代理不让用这个虚拟主机：没有它，或者没有权限。检查 Bus:Url 的最后一段，在代理上建好并授权。",
            "The broker refuses this virtual host: there is none, or the user has no rights. Check the last part of Bus:Url; make it on the broker and grant it."),
        _ => WhyRefused(exception.InnerException),
    };

    /// <summary>For a program that cannot wait for the broker as a service does.</summary>
    internal static StartException? WhyUnusable(Exception exception) => WhyRefused(exception) ?? (exception is BrokerUnreachableException
        ? new("消息代理连不上。检查 Bus:Url 里的主机和端口，以及代理是否在运行。", "The broker cannot be reached. Check host and port in Bus:Url, and whether the broker runs.")
        : null);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Task? starting = null;
        string? told = null;
        for (var ill = TimeSpan.Zero; !stoppingToken.IsCancellationRequested; await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing))
        {
            try
            {
                await topology.Ensure(stoppingToken);
                if (starting is null or { IsFaulted: true } or { IsCanceled: true })
                {
                    starting = bus.StartAsync(stoppingToken);   // not awaited: it ends when all endpoints are ready
                }

                if (bus.CheckHealth().Status == BusHealthStatus.Healthy)
                {
                    ill = TimeSpan.Zero;
                    if (told is not null)
                    {
                        Log.Back(log);
                        told = null;
                    }

                    continue;
                }

                await topology.Reach(stoppingToken);
                ill += Pause;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
#pragma warning disable CA1031 // the broker is away, whatever it says: the outbox keeps the messages
            catch (Exception e)
#pragma warning restore CA1031
            {
                ill = TimeSpan.Zero;
                if (WhyRefused(e) is { } why && starting is null)
                {
                    // wrong from the start; once it has worked, somebody is at work on the broker, and this waits for them
                    refusal.Why = why;
                    process.StopApplication();
                    return;
                }

                var error = WhyUnusable(e)?.Message ?? e.GetType().Name;
                if (told != error)
                {
                    told = error;
                    Log.Waiting(log, error);
                }
            }

            if (ill > Patience)
            {
                Environment.FailFast("The broker answers, but the bus has not recovered from a broken connection. The supervisor should start this service again.");
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The bus waits, and messages stay in the outbox: {Error}")]
        public static partial void Waiting(ILogger logger, string error);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The broker is back")]
        public static partial void Back(ILogger logger);
    }
}

/// <summary>Why the broker will not have this process, for the last line that it says.</summary>
internal sealed class BusRefusal
{
    public StartException? Why { get; set; }
}
