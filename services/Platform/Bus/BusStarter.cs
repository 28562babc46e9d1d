using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SkillStation.Platform.Bus;

/// <summary>
/// Starts the bus over a broker once the queues are there, without keeping the service from answering meanwhile; then watches it. A connection
/// that breaks while endpoints set themselves up (as when a crashed broker is just back) can leave some of them waiting for ever. A process in that
/// state ends, so that its supervisor starts it again: nothing is lost by that, since it could be killed at any instant.
/// </summary>
internal sealed partial class BusStarter(IBusControl bus, BrokerTopology topology, ILogger<BusStarter> log) : BackgroundService
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Task? starting = null;
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
                Log.Waiting(log, e.GetType().Name);
            }

            if (ill > Patience)
            {
                Environment.FailFast("The broker answers, but the bus has not recovered from a broken connection. The supervisor should start this service again.");
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The bus waits for the broker: {Error}")]
        public static partial void Waiting(ILogger logger, string error);
    }
}
