using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SkillStation.Platform.Data;

/// <summary>Measures the backlog of one outbox, and sweeps what nobody asks for any more: inbox rows, sent messages and remembered answers.</summary>
internal sealed partial class OutboxKeeper<TDb>(IServiceScopeFactory scopes, TimeProvider clock, IMeterFactory meters, ILogger<OutboxKeeper<TDb>> log) : BackgroundService
    where TDb : ModuleDb
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan InboxKept = TimeSpan.FromDays(14);   // longer than a message can lie in a queue
    private static readonly TimeSpan SentKept = TimeSpan.FromDays(7);   // shorter, so that what is sent again meets its inbox row
    private static readonly TimeSpan AnswersKept = TimeSpan.FromDays(7);
    private DateTimeOffset swept;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var meter = meters.Create("SkillStation.Platform");
        var tag = new KeyValuePair<string, object?>("database", typeof(TDb).Name);
        var pending = meter.CreateGauge<int>("skillstation.outbox.message.pending", "{message}", "Messages that wait to be delivered.");
        var failed = meter.CreateGauge<int>("skillstation.outbox.message.failed", "{message}", "Messages that were set aside for a person to look at.");
        var age = meter.CreateGauge<double>("skillstation.outbox.message.age", "s", "Age of the oldest message that waits.");
        for (var told = false; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<TDb>();
                var now = clock.GetUtcNow();
                var oldest = await db.Outbox.Where(m => m.Failure == null).OrderBy(m => m.Seq).Select(m => (DateTimeOffset?)m.CreatedAt).FirstOrDefaultAsync(stoppingToken);
                pending.Record(await db.Outbox.CountAsync(m => m.Failure == null, stoppingToken), tag);
                failed.Record(await db.Outbox.CountAsync(m => m.Failure != null, stoppingToken), tag);
                age.Record(oldest is { } since ? (now - since).TotalSeconds : 0, tag);
                if (now - swept > TimeSpan.FromHours(1))
                {
                    await db.ExclusivelyAsync(() => Sweep(db, now, stoppingToken), stoppingToken);
                    swept = now;
                }

                told = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
#pragma warning disable CA1031 // measuring and sweeping can wait for the next round, whatever is wrong
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (!told)
                {
                    Log.Skipped(log, typeof(TDb).Name, e.GetType().Name);
                    told = true;
                }
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task Sweep(TDb db, DateTimeOffset now, CancellationToken ct)
    {
        var (inbox, sent, answers) = (now - InboxKept, now - SentKept, now - AnswersKept);
        await db.Inbox.Where(m => m.At < inbox).ExecuteDeleteAsync(ct);
        await db.Sent.Where(m => m.SentAt < sent).ExecuteDeleteAsync(ct);
        await db.Answers.Where(a => a.At < answers).ExecuteDeleteAsync(ct);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox of {Database} could not be looked after: {Error}")]
        public static partial void Skipped(ILogger logger, string database, string error);
    }
}
