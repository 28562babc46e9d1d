using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using SkillStation.Platform;
using SkillStation.Platform.Bus;

namespace SkillStation.Benchmarks;

/// <summary>Commits of a booking and its outbox row: a save of ours against prepared statements, one transaction each, one after the other.</summary>
internal static class SqliteBenchmark
{
    private const int Commits = 1500;
    private const int WarmUps = 3;   // until the compiler has done its second pass

    public static async Task Run(Report report, Options options)
    {
        var folder = Directory.CreateTempSubdirectory("skillstation-benchmarks-").FullName;
        await using var app = ServiceHost.Build(["--Database:DataDir", folder], [new FirstModule()], b =>
        {
            b.Logging.ClearProviders();
            b.Services.RemoveAll<Microsoft.Extensions.Hosting.IHostedService>();   // nothing but saving
            b.Services.Replace(ServiceDescriptor.Singleton<IMessageTransport, Nowhere>());
        });
        await app.PrepareAsync();
        using var raw = Sqlite.Open(Path.Combine(folder, "raw.db"), "CREATE TABLE Bookings (Id TEXT PRIMARY KEY, ResidentId TEXT NOT NULL, Body TEXT NOT NULL); CREATE INDEX R ON Bookings (ResidentId); CREATE TABLE Outbox (Seq INTEGER PRIMARY KEY AUTOINCREMENT, MessageId TEXT NOT NULL, Key TEXT NOT NULL, Type TEXT NOT NULL, Body TEXT NOT NULL, CreatedAt INTEGER NOT NULL);");
        var (ours, floor, oursCpu, floorCpu) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 1 - WarmUps; round <= options.Rounds; round++)
        {
            var (floorPerSecond, floorUsed) = await Timed(() => Raw(raw));
            var (perSecond, used) = await Timed(() => Save(app.Services));
            Console.Error.WriteLine($"commits: raw {floorPerSecond:0}/s {floorUsed:0.000} ms, ours {perSecond:0}/s {used:0.000} ms");
            if (round > 0)
            {
                floor.Add(floorPerSecond);
                floorCpu.Add(floorUsed);
                ours.Add(perSecond);
                oursCpu.Add(used);
            }
        }

        report.Add("commits of a booking with its outbox row, one writer", "/s", ours, floor);
        report.Add("… CPU of each", "ms", oursCpu, floorCpu);
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<(double PerSecond, double CpuMilliseconds)> Timed(Func<Task> work)
    {
        var (started, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await work();
        return (Commits / Stopwatch.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / Commits);
    }

    private static Booked Some() => Booked.From(Guid.CreateVersion7(), new Booking(Guid.NewGuid(), "4-10-01-05-L5", "440103001-1", "FindJob", ["Weekend"], 60, []), DateTimeOffset.UtcNow);

    private static async Task Save(IServiceProvider services)
    {
        for (var n = 0; n < Commits; n++)
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<FirstDb>();
            var booked = Some();
            db.Bookings.Add(BookingRow.From(booked));
            db.Publish(booked.Id, booked);
            await db.SaveChangesAsync();
        }
    }

    private static Task Raw(SqliteConnection db)
    {
        using var begin = db.Statement("BEGIN IMMEDIATE");
        using var commit = db.Statement("COMMIT");
        using var booking = db.Statement("INSERT INTO Bookings VALUES ($1, $2, $3)", 3);
        using var outbox = db.Statement("INSERT INTO Outbox (MessageId, Key, Type, Body, CreatedAt) VALUES ($1, $2, $3, $4, $5)", 5);
        for (var n = 0; n < Commits; n++)
        {
            var booked = Some();
            var body = System.Text.Json.JsonSerializer.Serialize(booked, ShapesJson.Default.Booked);
            begin.ExecuteNonQuery();
            booking.Run(booked.Id.ToString(), booked.ResidentId.ToString(), body);
            outbox.Run(Guid.NewGuid().ToString(), booked.Id.ToString(), "urn:message:SkillStation.Benchmarks:Booked", body, booked.At.UtcTicks);
            commit.ExecuteNonQuery();
        }

        return Task.CompletedTask;
    }

    private sealed class Nowhere : IMessageTransport
    {
        public Task Deliver(object message, Type type, Guid messageId, CancellationToken ct) => Task.CompletedTask;
    }
}
