using System.Collections.Concurrent;
using System.Data;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SkillStation.Platform.Bus;

namespace SkillStation.Platform.Data;

/// <summary>Wakes the relay. Holds at most one pending wake-up, so a burst costs nothing.</summary>
internal sealed class OutboxSignal<TDb> : IDisposable
{
    private readonly SemaphoreSlim pending = new(0, 1);

    public void Set()
    {
        try
        {
            pending.Release();
        }
        catch (SemaphoreFullException)
        {
            // a wake-up is pending already
        }
    }

    /// <summary>Returns at a wake-up, or after the poll's time: rows may be left by a previous run or by another replica.</summary>
    public Task Wait(TimeSpan atMost, CancellationToken stop) => pending.WaitAsync(atMost, stop);

    public void Dispose() => pending.Dispose();
}

/// <summary>How rows are claimed and removed; the one thing about the outbox that differs by database.</summary>
internal interface IOutboxStore<TDb>
{
    /// <summary>How long the relay may sleep when nobody wakes it.</summary>
    TimeSpan Idle { get; }

    /// <summary>Claims rows, delivers them, removes what was delivered. True when there may be more at once.</summary>
    Task<bool> Process(TDb db, int most, Func<OutboxMessage, CancellationToken, Task> deliver, CancellationToken ct);
}

/// <summary>Takes the rows of one outbox to the bus, as soon as they are committed and again until they have arrived.</summary>
internal sealed partial class OutboxRelay<TDb>(
    IServiceScopeFactory scopes, IOutboxStore<TDb> store, IMessageTransport transport, MessageTypes types, OutboxSignal<TDb> signal, ILogger<OutboxRelay<TDb>> log)
    : BackgroundService where TDb : ModuleDb
{
    private const int Window = 256;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly ActivitySource Activities = new("SkillStation.Platform");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = FirstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                bool more;
                await using (var scope = scopes.CreateAsyncScope())
                {
                    more = await store.Process(scope.ServiceProvider.GetRequiredService<TDb>(), Window, Deliver, stoppingToken);
                }

                pause = FirstPause;
                if (!more)
                {
                    await signal.Wait(store.Idle, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
#pragma warning disable CA1031 // whatever goes wrong, the rows are still there and the next try may succeed
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (pause == FirstPause)
                {
                    Log.Paused(log, typeof(TDb).Name, e.GetType().Name);   // once, not at each try
                }

                await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = TimeSpan.FromSeconds(Math.Min(pause.TotalSeconds * 2, 4));
            }
        }
    }

    private async Task Deliver(OutboxMessage row, CancellationToken ct)
    {
        object message;
        Type type;
        try
        {
            type = types.Find(row.Type);
            message = JsonSerializer.Deserialize(row.Body, type) ?? throw new JsonException("The body is null.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            Log.Undeliverable(log, row.Seq, row.Type);
            throw new UndeliverableException(e.GetType().Name, e);
        }

        using var activity = row.TraceParent is null ? null : Activities.StartActivity("outbox deliver", ActivityKind.Producer, row.TraceParent);
        await transport.Deliver(message, type, row.MessageId, ct);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox of {Database} waits and tries again, after {Error}")]
        public static partial void Paused(ILogger logger, string database, string error);

        [LoggerMessage(Level = LogLevel.Error, Message = "Outbox row {Seq} of type {Type} cannot be read and stays")]
        public static partial void Undeliverable(ILogger logger, long seq, string type);
    }
}

/// <summary>
/// SQLite: with one writer at a time the sequence is the order of commits, so a cursor in memory is enough and delivered rows go late and in bulk.
/// Deliveries overlap in a window, one after the other for each key. Of the replicas on one file one relays: it holds a lock of the operating
/// system, which goes with its process. The others wait for that lock; it looks for their rows several times a second.
/// What was sent but not yet deleted at a crash is sent again; the inbox drops it.
/// </summary>
internal sealed class SqliteOutboxStore<TDb>(OutboxSignal<TDb> signal) : IOutboxStore<TDb>, IDisposable where TDb : ModuleDb
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan DeleteEvery = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentQueue<(long Seq, string? Failure)> finished = new();
    private readonly Dictionary<Guid, Task> lastOfKey = [];
    private int inFlight;
    private long cursor;
    private long lastDelete;
    private FileStream? alone;

    public TimeSpan Idle => Volatile.Read(ref inFlight) > 0 || !finished.IsEmpty ? DeleteEvery : Poll;

    public async Task<bool> Process(TDb db, int most, Func<OutboxMessage, CancellationToken, Task> deliver, CancellationToken ct)
    {
        alone ??= await ModuleDatabase.Lock(db.Database.GetDbConnection().DataSource + ".relay", ct);
        if (Stopwatch.GetElapsedTime(lastDelete) >= DeleteEvery)
        {
            lastDelete = Stopwatch.GetTimestamp();
            await Remove(db, ct);
        }

        if (Volatile.Read(ref inFlight) == 0 && finished.IsEmpty)
        {
            cursor = 0;   // all that was delivered is gone, so what stands below the cursor was handed over again by a person
        }

        var room = most - Volatile.Read(ref inFlight);
        if (room <= 0)
        {
            return false;   // the window is full: a finished delivery sets the signal
        }

        var rows = await db.Outbox.AsNoTracking().Where(r => r.Seq > cursor && r.Failure == null).OrderBy(r => r.Seq).Take(room).ToListAsync(ct);
        foreach (var done in lastOfKey.Where(k => k.Value.IsCompleted).Select(k => k.Key).ToList())
        {
            lastOfKey.Remove(done);
        }

        foreach (var row in rows)
        {
            Interlocked.Increment(ref inFlight);
            lastOfKey[row.Key] = Run(row, lastOfKey.GetValueOrDefault(row.Key, Task.CompletedTask));
            cursor = row.Seq;
        }

        return rows.Count == room && room > most / 2;

        async Task Run(OutboxMessage row, Task before)
        {
            await before;
            await Task.Yield();
            for (var pause = TimeSpan.FromSeconds(0.5); !ct.IsCancellationRequested; pause = TimeSpan.FromSeconds(Math.Min(pause.TotalSeconds * 2, 4)))
            {
                try
                {
                    await deliver(row, ct);
                    finished.Enqueue((row.Seq, null));
                    break;
                }
                catch (UndeliverableException e)
                {
                    finished.Enqueue((row.Seq, e.Message));
                    break;
                }
#pragma warning disable CA1031 // an unreachable or refusing bus: the row stays and is tried again
                catch (Exception)
#pragma warning restore CA1031
                {
                    await Task.Delay(pause, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }

            if (Interlocked.Decrement(ref inFlight) == most / 2)
            {
                signal.Set();
            }
        }
    }

    public void Dispose() => alone?.Dispose();

    private async Task Remove(TDb db, CancellationToken ct)
    {
        if (finished.IsEmpty)
        {
            return;
        }

        var delivered = new List<long>();
        await db.ExclusivelyAsync(
            async () =>
            {
                while (delivered.Count < 500 && finished.TryDequeue(out var row))
                {
                    if (row.Failure is null)
                    {
                        delivered.Add(row.Seq);
                    }
                    else
                    {
                        await db.Outbox.Where(r => r.Seq == row.Seq).ExecuteUpdateAsync(s => s.SetProperty(r => r.Failure, row.Failure), ct);
                    }
                }

                await db.MoveToSent(delivered, ct);
            },
            ct);
    }
}

/// <summary>
/// SQL Server: rows are locked while they are published. Other replicas wait for the first of them, so one relays at a time and the messages of a key
/// keep their order. A replica that dies drops its locks and another publishes the rows again; the inbox drops the repeats.
/// </summary>
internal sealed class SqlServerOutboxStore<TDb> : IOutboxStore<TDb> where TDb : ModuleDb
{
    private const string Claim = "SELECT TOP ({0}) * FROM [Outbox] WITH (UPDLOCK, ROWLOCK) WHERE [Failure] IS NULL ORDER BY [Seq]";

    public TimeSpan Idle => TimeSpan.FromSeconds(2);

    public async Task<bool> Process(TDb db, int most, Func<OutboxMessage, CancellationToken, Task> deliver, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        var rows = await db.Outbox.FromSqlRaw(Claim, most).ToListAsync(ct);
        var delivered = new ConcurrentBag<long>();
        await Task.WhenAll(rows.GroupBy(r => r.Key).Select(async sameKey =>
        {
            foreach (var row in sameKey.OrderBy(r => r.Seq))
            {
                try
                {
                    await deliver(row, ct);
                    delivered.Add(row.Seq);
                }
                catch (UndeliverableException e)
                {
                    row.Failure = e.Message;
                }
            }
        }));
        await db.MoveToSent(delivered, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return rows.Count == most;
    }
}
