using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;
using HdrHistogram;
using Microsoft.Data.Sqlite;

namespace SkillStation.Benchmarks;

/// <summary>One round of load.</summary>
/// <param name="City">Residents who ask Requests; otherwise plain bookings.</param>
/// <param name="Address">Where to post.</param>
/// <param name="SeenIn">The database file of the next service, watched from outside: a row that can be read there is committed there.</param>
/// <param name="Table">Its table, with an Id.</param>
/// <param name="Count">How many are sent.</param>
/// <param name="Rate">Arrivals per second at intended instants, whatever becomes of those before (open loop); 0: each connection sends as soon as it has its answer.</param>
/// <param name="Connections">How many at most.</param>
/// <param name="Round">Makes residents of this round differ from those of others.</param>
/// <param name="Histogram">Where the two histograms go, without .hgrm; null for nowhere.</param>
internal sealed record LoadRound(bool City, Uri Address, string SeenIn, string Table, int Count, int Rate, int Connections, int Round, string? Histogram = null);

/// <summary>What came of it; latencies in milliseconds from the intended start.</summary>
internal sealed record LoadResult(int Answered, int Failed, double SecondsToLastSeen, Percentiles Committed, Percentiles Seen);

internal sealed record Percentiles(double P50, double P90, double P99, double Max);

/// <summary>A process of its own, so that its CPU is not counted: reads rounds from stdin, says "prepared", and starts at the next line.</summary>
internal static partial class LoadDriver
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly string[] Courses = ["4-10-01-05-L5", "4-10-01-06-L5", "SP-dimsum", "LS-smartphone"];

    public static async Task Run()
    {
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var round = JsonSerializer.Deserialize<LoadRound>(line)!;
            using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = round.Connections }) { BaseAddress = round.Address, Timeout = Deadline };
            var bookings = await Prepare(http, round);
            await Console.Out.WriteLineAsync("prepared");
            await Console.In.ReadLineAsync();
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(await Play(http, round, bookings)));
        }
    }

    private static async Task<IReadOnlyList<(string Path, byte[] Body)>> Prepare(HttpClient http, LoadRound round)
    {
        var stations = round.City ? Stations(round) : ["440103001-1"];
        var bookings = new (string, byte[])[round.Count];
        await Parallel.ForAsync(0, round.Count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (n, ct) =>
        {
            var resident = round.City ? await Register(http, round, n, ct) : Guid.NewGuid();
            object body = round.City
                ? new { courseCode = Courses[n % Courses.Length], stationCode = stations[n % stations.Count], goal = "FindJob", times = new[] { "Weekend" }, maxMinutes = 60, needs = Array.Empty<string>() }
                : new Booking(resident, Courses[n % Courses.Length], stations[0], "FindJob", ["Weekend"], 60, []);
            bookings[n] = (round.City ? $"/api/v1/residents/{resident}/requests" : "/api/v1/bookings", JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web));
        });
        return bookings;
    }

    private static async Task<Guid> Register(HttpClient http, LoadRound round, int n, CancellationToken ct)
    {
        var phone = string.Create(CultureInfo.InvariantCulture, $"139{round.Round:000}{n:00000}");
        using var answer = await http.PostAsJsonAsync("/api/v1/residents", new { name = "甲乙", phone, consents = new[] { "HandleRequest" } }, ct);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("id").GetGuid();
    }

    // All over the city, so that people meet in a pool as often as they would.
    private static List<string> Stations(LoadRound round)
    {
        using var db = new SqliteConnection($"Data Source={Path.Combine(Path.GetDirectoryName(round.SeenIn)!, "requests.db")};Mode=ReadOnly");
        db.Open();
        using var read = db.CreateCommand();
        read.CommandText = "SELECT Code FROM Stations ORDER BY Code";
        using var rows = read.ExecuteReader();
        var codes = new List<string>();
        while (rows.Read())
        {
            codes.Add(rows.GetString(0));
        }

        return codes;
    }

    private static async Task<LoadResult> Play(HttpClient http, LoadRound round, IReadOnlyList<(string Path, byte[] Body)> bookings)
    {
        var committed = new LongHistogram(60_000_000, 3);
        var seen = new LongHistogram(60_000_000, 3);
        var intended = new ConcurrentDictionary<Guid, long>();   // instant by id, for those that were answered 201
        var failed = 0;
        using var watch = new Watch(round);
        var started = Stopwatch.GetTimestamp();
        await (round.Rate > 0 ? Open() : Closed());
        await watch.All(intended.Keys, Deadline);
        foreach (var (id, instant) in intended)
        {
            seen.RecordValue(Micros(instant, watch.SeenAt(id)));
        }

        Write(committed, round.Histogram + "-committed.hgrm");
        Write(seen, round.Histogram + "-seen.hgrm");
        return new LoadResult(intended.Count, failed, Stopwatch.GetElapsedTime(started, watch.Last).TotalSeconds, Of(committed), Of(seen));

        // Coordinated omission is avoided: the next one starts at its instant though earlier ones are not answered, and waiting for a free connection counts.
        async Task Open()
        {
            var sending = new List<Task>();
            await Task.Factory.StartNew(
                () =>
                {
                    for (var n = 0; n < round.Count; n++)
                    {
                        var instant = started + (long)(Stopwatch.Frequency * (double)n / round.Rate);
                        while (Stopwatch.GetTimestamp() < instant)
                        {
                            _ = usleep(100);
                        }

                        sending.Add(Send(n, instant));
                    }
                },
                TaskCreationOptions.LongRunning);
            await Task.WhenAll(sending);
        }

        async Task Closed()
        {
            var next = -1;
            await Task.WhenAll(Enumerable.Range(0, round.Connections).Select(_ => Task.Run(async () =>
            {
                for (var n = Interlocked.Increment(ref next); n < round.Count; n = Interlocked.Increment(ref next))
                {
                    await Send(n, Stopwatch.GetTimestamp());
                }
            })));
        }

        async Task Send(int n, long instant)
        {
            using var content = new ByteArrayContent(bookings[n].Body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            try
            {
                using var answer = await http.PostAsync(bookings[n].Path, content);
                var at = Stopwatch.GetTimestamp();
                if (answer.StatusCode == HttpStatusCode.Created)
                {
                    intended[Guid.Parse(answer.Headers.Location!.OriginalString.AsSpan()[^36..])] = instant;
                    lock (committed)
                    {
                        committed.RecordValue(Micros(instant, at));
                    }

                    return;
                }
            }
            catch (HttpRequestException)
            {
            }

            Interlocked.Increment(ref failed);
        }
    }

    private static long Micros(long from, long to) => Math.Clamp((long)Stopwatch.GetElapsedTime(from, to).TotalMicroseconds, 1, 60_000_000);

    private static Percentiles Of(LongHistogram h) => new(At(h, 50), At(h, 90), At(h, 99), At(h, 100));

    private static double At(LongHistogram h, double percentile) => h.TotalCount == 0 ? double.NaN : h.GetValueAtPercentile(percentile) / 1000.0;

    private static void Write(LongHistogram histogram, string file)
    {
        if (!file.StartsWith('-') && histogram.TotalCount > 0)
        {
            using var text = new StreamWriter(file);
            histogram.OutputPercentileDistribution(text, outputValueUnitScalingRatio: 1000);
        }
    }

    [LibraryImport("libc")]
    private static partial int usleep(uint microseconds);

    /// <summary>Reads the next service's new rows twice in a millisecond and notes when each came into sight.</summary>
    private sealed class Watch : IDisposable
    {
        private readonly ConcurrentDictionary<Guid, long> seen = new();
        private readonly Thread thread;
        private volatile bool over;

        public Watch(LoadRound round)
        {
            using var first = new SemaphoreSlim(0);
            thread = new Thread(() =>
            {
                using var db = new SqliteConnection($"Data Source={round.SeenIn}");
                db.Open();
                using var read = db.CreateCommand();
                read.CommandText = $"SELECT rowid, Id FROM {round.Table} WHERE rowid > $1 ORDER BY rowid";
                var after = read.Parameters.Add("$1", SqliteType.Integer);
                using (var newest = db.CreateCommand())
                {
                    newest.CommandText = $"SELECT COALESCE(MAX(rowid), 0) FROM {round.Table}";
                    after.Value = (long)newest.ExecuteScalar()!;
                }

                first.Release();
                while (!over)
                {
                    var last = (long)after.Value;
                    using (var rows = read.ExecuteReader())
                    {
                        var now = Stopwatch.GetTimestamp();
                        while (rows.Read())
                        {
                            last = rows.GetInt64(0);
                            seen[rows.GetGuid(1)] = now;
                            Last = now;
                        }
                    }

                    after.Value = last;
                    _ = usleep(500);
                }
            });
            thread.Start();
            first.Wait();
        }

        public long Last { get; private set; }

        public long SeenAt(Guid id) => seen[id];

        public async Task All(ICollection<Guid> ids, TimeSpan within)
        {
            var started = Stopwatch.GetTimestamp();
            while (!ids.All(seen.ContainsKey))
            {
                if (Stopwatch.GetElapsedTime(started) > within)
                {
                    throw new TimeoutException($"{ids.Count(i => !seen.ContainsKey(i))} of {ids.Count} were not seen by the next service.");
                }

                await Task.Delay(10);
            }
        }

        public void Dispose()
        {
            over = true;
            thread.Join();
        }
    }
}
