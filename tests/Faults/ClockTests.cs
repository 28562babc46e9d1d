using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace SkillStation.Faults.Tests;

/// <summary>The Scheduler is down over many deadlines, and its clock jumps forward and back; over the whole line, as processes.</summary>
public sealed class ClockTests
{
    private static readonly int Deadlines = Run.Full ? 2000 : 40;
    private static readonly TimeSpan Outage = TimeSpan.FromHours(30);

    [Fact]
    public async Task What_fell_into_an_outage_of_30_hours_is_due_later_by_it_and_each_deadline_is_met_once_though_the_clock_jumps()
    {
        var start = RunningService.Start;
        await using var city = await CityToBreak.FourProcessesAsync(_ => new Dictionary<string, string> { ["Clock__Movable"] = "true", ["Clock__Start"] = start.ToString("O") });
        var scheduler = city.All[3];

        // each waits for a person at the station, who has a working day
        await Ask(city, 0);
        await Eventually.True(async () => await Count(city, "scheduler", "SELECT COUNT(*) FROM Deadlines WHERE Kind = 'Triage'") == Deadlines, "every clock runs", TimeSpan.FromMinutes(5));
        await Sweep(city);   // alive
        var before = await DueTimes(city);

        await scheduler.KillAndStartAgain(() => MoveTo(city.All.Take(3), start + Outage));
        await scheduler.Ready();
        await MoveTo([scheduler], start + Outage);
        var swept = await Sweep(city);

        var outage = TimeSpan.Parse(swept.GetProperty("outageForgiven").GetString()!, CultureInfo.InvariantCulture);
        Assert.InRange(outage, Outage - TimeSpan.FromMinutes(20), Outage + TimeSpan.FromMinutes(20));
        Assert.Equal(0, swept.GetProperty("stagesReached").GetInt32());
        var after = await DueTimes(city);
        Assert.All(before, d => Assert.Equal(d.Value + outage, after[d.Key]));
        Assert.Equal(0, await Count(city, "dispatch", "SELECT COUNT(*) FROM Requests WHERE EscalatedAt IS NOT NULL"));
        await Eventually.True(async () => await Count(city, "dispatch", $"SELECT COUNT(*) FROM Deadlines WHERE Kind = 'Triage' AND DueAt = {after.Values.First().UtcTicks}") > 0, "the neighbours are told", TimeSpan.FromSeconds(60));

        // an hour forward over half of them, back, forward again; each time several sweeps side by side
        var middle = after.Values.Order().ElementAt(Deadlines / 2);
        await Jump(city, middle);
        await Eventually.True(async () => await Count(city, "scheduler", "SELECT COUNT(*) FROM Outbox") == 0, "all is sent", TimeSpan.FromMinutes(2));   // what is sent after the start would bear the start's time, and be swept too soon to be counted
        await city.All[3].KillAndStartAgain();   // only a new process takes an earlier time
        await city.All[3].Ready();
        await Jump(city, middle - TimeSpan.FromHours(1));
        await Jump(city, middle);
        await Jump(city, after.Values.Max() + TimeSpan.FromHours(1));
        await Eventually.True(async () => await Count(city, "dispatch", "SELECT COUNT(*) FROM Requests WHERE EscalatedAt IS NOT NULL") == Deadlines, "the station's head has them all", TimeSpan.FromMinutes(5));
        await EachStageOnce(city, Deadlines);

        // the control: the same outage, not forgiven
        await Ask(city, Deadlines);
        await Eventually.True(async () => await Count(city, "scheduler", "SELECT COUNT(*) FROM Deadlines WHERE Kind = 'Triage'") == 2 * Deadlines, "every clock runs", TimeSpan.FromMinutes(5));
        var now = after.Values.Max() + TimeSpan.FromDays(6);   // beyond every stage, and within the seven days for which what was sent is kept to be counted
        await MoveTo(city.All, now);
        var unforgiven = await Sweep(city, forgive: false);
        Assert.True(unforgiven.GetProperty("stagesReached").GetInt32() >= 3 * Deadlines);
        await Eventually.True(async () => await Count(city, "dispatch", "SELECT COUNT(*) FROM Requests WHERE EscalatedAt IS NOT NULL") == 2 * Deadlines, "all were due at once", TimeSpan.FromMinutes(5));
        await EachStageOnce(city, 2 * Deadlines);
        Summary.Add(
            $"Scheduler down for 30 h, then clocks that jump ±1 h", $"{Deadlines} deadlines",
            $"all extended by the outage, 3 stages of each told once, {Deadlines} requests escalated once; control without forgiveness: {unforgiven.GetProperty("stagesReached").GetInt32()} stages at once");
    }

    /// <summary>People who are too young for the course: a person looks at each.</summary>
    private static async Task Ask(CityToBreak city, int from)
    {
        using var http = new HttpClient { BaseAddress = city.Requests };
        foreach (var some in Enumerable.Range(from, Deadlines).Chunk(8))
        {
            await Task.WhenAll(some.Select(async n =>
            {
                var resident = await http.Post("/api/v1/residents", new { name = "乙" + n, phone = $"137{n:00000000}", bornOn = "2011-05-17", consents = new[] { "HandleRequest" } }, $"young-{n}");
                var asked = await http.Post($"/api/v1/residents/{resident.Id}/requests", new { courseCode = "4-10-01-05-L5", stationCode = Load.Stations[n % Load.Stations.Length], goal = "FindJob", times = new[] { "Weekend" }, maxMinutes = 60, needs = Array.Empty<string>() }, $"asks-{n}");
                Assert.Equal(System.Net.HttpStatusCode.Created, asked.Status);
            }));
        }
    }

    /// <summary>The Scheduler's clock alone stands at another time; three sweeps at once look at it.</summary>
    private static async Task Jump(CityToBreak city, DateTimeOffset to)
    {
        await MoveTo([city.All[3]], to);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Sweep(city, forgive: false)));
    }

    private static async Task EachStageOnce(CityToBreak city, int deadlines)
    {
        const string Reached = "SELECT MessageId, Body FROM Sent WHERE Type LIKE '%DeadlineReached' UNION SELECT MessageId, Body FROM Outbox WHERE Type LIKE '%DeadlineReached'";
        const string Triage = "json_extract(Body, '$.Kind') = 'Triage'";
        Assert.Equal(3 * deadlines, await Count(city, "scheduler", $"SELECT COUNT(*) FROM ({Reached}) WHERE {Triage}"));
        Assert.Equal(3 * deadlines, await Count(city, "scheduler", $"SELECT COUNT(DISTINCT json_extract(Body, '$.SubjectId') || json_extract(Body, '$.Stage')) FROM ({Reached}) WHERE {Triage}"));
    }

    private static async Task<JsonElement> Sweep(CityToBreak city, bool forgive = true)
    {
        using var http = new HttpClient { BaseAddress = city.Scheduler, Timeout = TimeSpan.FromMinutes(5) };
        var answer = await http.Post("/api/v1/sweeps", new { forgiveOutage = forgive });
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.Status);
        return answer.Body;
    }

    private static async Task MoveTo(IEnumerable<ServiceProcess> processes, DateTimeOffset instant)
    {
        foreach (var process in processes)
        {
            using var http = new HttpClient { BaseAddress = process.Address };
            using var answer = await http.PutAsJsonAsync("/clock", new { now = instant });
            answer.EnsureSuccessStatusCode();
        }
    }

    private static async Task<Dictionary<Guid, DateTimeOffset>> DueTimes(CityToBreak city)
    {
        var times = new Dictionary<Guid, DateTimeOffset>();
        await Read(city, "scheduler", "SELECT SubjectId, DueAt FROM Deadlines WHERE Kind = 'Triage'", row => times.Add(row.GetGuid(0), new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero)));
        return times;
    }

    private static async Task<long> Count(CityToBreak city, string service, string sql)
    {
        var count = 0L;
        await Read(city, service, sql, row => count = row.GetInt64(0));
        return count;
    }

    private static async Task Read(CityToBreak city, string service, string sql, Action<SqliteDataReader> row)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(city.Folder, service + ".db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var select = connection.CreateCommand();
#pragma warning disable CA2100 // texts of this class
        select.CommandText = sql;
#pragma warning restore CA2100
        await using var rows = await select.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            row(rows);
        }
    }
}
