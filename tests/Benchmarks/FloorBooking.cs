using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace SkillStation.Benchmarks;

/// <summary>
/// The floor: a booking over HTTP, durable in the first program, carried by RabbitMQ, durable in the second; and back, when answers are asked for.
/// Hand-written with the same promises as ours (outbox, confirms, mandatory, acknowledged after the commit, inbox) and nothing more.
/// </summary>
internal static class FloorBooking
{
    private const string OutboxTable = "CREATE TABLE IF NOT EXISTS Outbox (Id TEXT PRIMARY KEY, Body BLOB NOT NULL) WITHOUT ROWID; CREATE TABLE IF NOT EXISTS Inbox (Id TEXT PRIMARY KEY) WITHOUT ROWID;";

    private const string BookingTable = """
        CREATE TABLE IF NOT EXISTS Bookings (Id TEXT PRIMARY KEY, ResidentId TEXT NOT NULL, CourseCode TEXT NOT NULL, StationCode TEXT NOT NULL, Goal TEXT NOT NULL,
            Times TEXT NOT NULL, MaxMinutes INTEGER NOT NULL, Needs TEXT NOT NULL, At INTEGER NOT NULL, Answers INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS BookingsOfResident ON Bookings (ResidentId);
        """;

    private const string InsertBooking = "INSERT INTO Bookings VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)";
    private const string InsertInbox = "INSERT OR IGNORE INTO Inbox VALUES ($1)";

    public static async Task RunFirst(string broker, string file)
    {
        var app = Web();
        using var db = Sqlite.Open(file, OutboxTable + BookingTable);
        await using var bus = await Connect(broker);
        var incoming = new Acknowledged(await bus.CreateChannelAsync());
        var commits = new GroupCommit(db, incoming.Flush);
        var outgoing = await Outgoing.Open(bus, db, commits, "bookings");
        using var insert = db.Statement(InsertBooking, 9);
        using var inbox = db.Statement(InsertInbox, 1);
        using var update = db.Statement("UPDATE Bookings SET Answers = Answers + 1 WHERE Id = $1", 1);

        app.MapPost("/api/v1/bookings", async (HttpContext http) =>
        {
            var booking = await JsonSerializer.DeserializeAsync(http.Request.Body, ShapesJson.Default.Booking);
            if (booking is not { CourseCode.Length: > 0, StationCode.Length: > 0, Times.Length: > 0, MaxMinutes: >= 5 and <= 120 })
            {
                http.Response.StatusCode = 400;
                return;
            }

            var id = Guid.CreateVersion7();
            var booked = Booked.From(id, booking, DateTimeOffset.UtcNow);
            var message = JsonSerializer.SerializeToUtf8Bytes(booked, ShapesJson.Default.Booked);
            var committed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            commits.Add(
                () =>
                {
                    Insert(insert, booked);
                    outgoing.Keep(id, message);
                },
                () =>
                {
                    committed.SetResult();
                    outgoing.Send(id, message);
                });
            await committed.Task;
            http.Response.StatusCode = 201;
            http.Response.Headers.Location = $"/api/v1/bookings/{id}";
            http.Response.ContentType = "application/json";
            await JsonSerializer.SerializeAsync(http.Response.Body, new BookingView(id, "Submitted"), ShapesJson.Default.BookingView);
        });

        await incoming.Read("answers", "first", (messageId, body, acknowledge) =>
        {
            var answer = JsonSerializer.Deserialize(body, ShapesJson.Default.BookingAnswered)!;
            commits.Add(
                () =>
                {
                    if (inbox.Run(messageId) == 1)
                    {
                        update.Run(Text(answer.Id));
                    }
                },
                acknowledge);
        });
        _ = Task.Run(commits.RunAsync);
        await app.RunAsync();
    }

    public static async Task RunSecond(string broker, string file, int answers)
    {
        var app = Web();
        using var db = Sqlite.Open(file, OutboxTable + BookingTable);
        await using var bus = await Connect(broker);
        var incoming = new Acknowledged(await bus.CreateChannelAsync());
        var commits = new GroupCommit(db, incoming.Flush);
        var outgoing = await Outgoing.Open(bus, db, commits, "answers");
        using var insert = db.Statement(InsertBooking, 9);
        using var inbox = db.Statement(InsertInbox, 1);
        await incoming.Read("bookings", "second", (messageId, body, acknowledge) =>
        {
            var booked = JsonSerializer.Deserialize(body, ShapesJson.Default.Booked)!;
            var replies = Enumerable.Range(0, answers).Select(n => Guid.CreateVersion7()).ToArray();
            var bodies = replies.Select((id, n) => JsonSerializer.SerializeToUtf8Bytes(
                new BookingAnswered { Id = booked.Id, Number = n, PoolId = id, At = booked.At }, ShapesJson.Default.BookingAnswered)).ToArray();
            commits.Add(
                () =>
                {
                    if (inbox.Run(messageId) == 1)
                    {
                        Insert(insert, booked);
                        for (var n = 0; n < answers; n++)
                        {
                            outgoing.Keep(replies[n], bodies[n]);
                        }
                    }
                },
                () =>
                {
                    acknowledge();
                    for (var n = 0; n < answers; n++)
                    {
                        outgoing.Send(replies[n], bodies[n]);
                    }
                });
        });
        _ = Task.Run(commits.RunAsync);
        await app.RunAsync();
    }

    private static WebApplication Web()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/health/ready", () => "Healthy");
        return app;
    }

    private static Task<IConnection> Connect(string broker) => new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync();

    private static void Insert(SqliteCommand insert, Booked b) => insert.Run(
        Text(b.Id), Text(b.ResidentId), b.CourseCode, b.StationCode, b.Goal, string.Join(',', b.Times), b.MaxMinutes, string.Join(',', b.Needs), b.At.UtcTicks);

    private static string Text(Guid id) => id.ToString("D").ToUpperInvariant();

    /// <summary>Kept with the change it tells of, sent after the commit, removed once the broker has confirmed; up to 256 at a time.</summary>
    private sealed class Outgoing(IChannel channel, SqliteConnection db, GroupCommit commits, string exchange)
    {
        private readonly SqliteCommand insert = db.Statement("INSERT INTO Outbox VALUES ($1, $2)", 2);
        private readonly SqliteCommand delete = db.Statement("DELETE FROM Outbox WHERE Id = $1", 1);
        private readonly SemaphoreSlim window = new(FloorBus.Window);
        private readonly Channel<(Guid Id, byte[] Body)> waiting = Channel.CreateUnbounded<(Guid, byte[])>(new UnboundedChannelOptions { SingleReader = true });

        public static async Task<Outgoing> Open(IConnection bus, SqliteConnection db, GroupCommit commits, string exchange)
        {
            var channel = await FloorBus.ConfirmingChannel(bus);
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
            var outgoing = new Outgoing(channel, db, commits, exchange);
            _ = Task.Run(outgoing.Run);
            return outgoing;
        }

        public void Keep(Guid id, byte[] body) => insert.Run(Text(id), body);

        public void Send(Guid id, byte[] body) => waiting.Writer.TryWrite((id, body));

        private async Task Run()
        {
            await foreach (var (id, body) in waiting.Reader.ReadAllAsync())
            {
                await window.WaitAsync();
                _ = RemoveOnceConfirmed(id, channel.BasicPublishAsync(exchange, "", mandatory: true, FloorBus.Persistent(id), body));
            }
        }

        private async Task RemoveOnceConfirmed(Guid id, ValueTask confirmed)
        {
            await confirmed;
            window.Release();
            commits.Add(() => delete.Run(Text(id)));
        }
    }

    /// <summary>Reads a queue; what is committed is acknowledged together, after the group.</summary>
    private sealed class Acknowledged(IChannel channel)
    {
        private ulong last;
        private ulong sent;

        public async Task Read(string exchange, string queue, Action<string, ReadOnlySpan<byte>, Action> handle)
        {
            await FloorBus.Declare(channel, exchange, queue);
            await channel.BasicQosAsync(0, 256, false);
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, e) =>
            {
                var tag = e.DeliveryTag;
                handle(e.BasicProperties.MessageId!, e.Body.Span, () => last = tag);
                return Task.CompletedTask;
            };
            await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
        }

        public void Flush()
        {
            if (last != sent)
            {
                sent = last;
                _ = channel.BasicAckAsync(last, multiple: true).AsTask();
            }
        }
    }
}
