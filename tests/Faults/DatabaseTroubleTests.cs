using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Data.Sqlite;

namespace SkillStation.Faults.Tests;

/// <summary>Files that are locked for long, or a disk that is full, while residents ask; real process, real files.</summary>
public sealed class DatabaseTroubleTests(ITestOutputHelper output)
{
    private const int Requests = 200;
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(90);
    private readonly string[] paths = new string[Requests];
    private int answered;

    [Fact]
    public async Task While_the_files_are_locked_callers_are_told_readers_are_answered_and_afterwards_everything_is_there_once()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var city = await CityToBreak.OneProcessAsync();
        var load = new Load(city.Requests);
        var first = await load.Submit(Requests, ct);
        var loading = Start(load, ct);

        await Answered(Requests / 4);
        await using (await Locked(city, "requests"))
        {
            await CallersAreTold(city, first, "locked", ct);
        }

        await Answered(Requests / 2);
        await using (await Locked(city, "dispatch"))
        {
            // what Dispatch should hear waits; who asks does not notice
            await Answered((Requests / 2) + 50);
            await Lasts(ct);
        }

        await loading;
        await AllOnce.Check(load, city.Scheduler, [first, .. paths], Recovery, ct);
        Summary.Add("a database file is locked by a stranger", $"{Requests} requests, 2 locks{(Run.Full ? " of 90 s" : "")}", $"503 with Retry-After, GETs answered; {load.Retries} retries by clients, 0 lost, 0 double");
    }

    [Fact]
    public async Task While_the_disk_is_full_callers_are_told_readers_are_answered_and_afterwards_everything_is_there_once()
    {
        var ct = TestContext.Current.CancellationToken;
        var disk = Directory.CreateTempSubdirectory("skillstation-disk-").FullName;
        var refused = await SmallDisk.Mount(disk);
        if (refused is not null)
        {
            output.WriteLine(refused);
        }

        Assert.SkipWhen(refused is not null, refused ?? "");
        try
        {
            await using var city = await CityToBreak.OneProcessAsync(disk);
            var load = new Load(city.Requests);
            var first = await load.Submit(Requests, ct);
            var loading = Start(load, ct);
            await Answered(Requests / 4);

            var filling = Path.Combine(disk, "filling");
            SmallDisk.Fill(filling);
            await CallersAreTold(city, first, "full", ct);
            File.Delete(filling);

            await loading;
            await AllOnce.Check(load, city.Scheduler, [first, .. paths], Recovery, ct);
            Summary.Add("the disk of the databases is full", $"{Requests} requests, {(Run.Full ? "full for 90 s" : "until callers are told")}", $"503 with Retry-After, GETs answered; {load.Retries} retries by clients, 0 lost, 0 double");
        }
        finally
        {
            await SmallDisk.Unmount(disk);
        }
    }

    private Task Start(Load load, CancellationToken ct) => Task.WhenAll(Enumerable.Range(0, 8).Select(client => Task.Run(
        async () =>
        {
            for (var i = client; i < Requests; i += 8)
            {
                paths[i] = await load.Submit(i, ct);
                Interlocked.Increment(ref answered);
            }
        },
        ct)));

    private Task Answered(int count) => Eventually.True(() => Task.FromResult(Volatile.Read(ref answered) >= count), $"{count} requests are answered", TimeSpan.FromSeconds(60));

    /// <summary>In full a trouble lasts longer than any ordinary retry.</summary>
    private static Task Lasts(CancellationToken ct) => Run.Full ? Task.Delay(TimeSpan.FromSeconds(90), ct) : Task.CompletedTask;

    private static async Task CallersAreTold(CityToBreak city, string read, string trouble, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = city.Requests, Timeout = TimeSpan.FromSeconds(30) };
        var callers = 0;
        await Told();
        await Lasts(ct);
        await Told();

        // a disk may have a last corner free, so the first may still be taken; nobody hangs
        Task Told() => Eventually.True(
            async () =>
            {
                using var asked = new HttpRequestMessage(HttpMethod.Post, "/api/v1/residents") { Content = JsonContent.Create(new { name = "甲", phone = $"138{++callers:00000000}", consents = new[] { "HandleRequest" } }) };
                using var answer = await http.SendAsync(asked, ct);
                Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Created, HttpStatusCode.ServiceUnavailable });
                using var got = await http.GetAsync(read, ct);
                Assert.Equal(HttpStatusCode.OK, got.StatusCode);
                if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    Assert.NotNull(answer.Headers.RetryAfter);
                    Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
                }

                return answer.StatusCode == HttpStatusCode.ServiceUnavailable;
            },
            $"a caller is told that the database is {trouble}",
            TimeSpan.FromSeconds(60));
    }

    /// <summary>Somebody else writes to the file and does not stop.</summary>
    private static async Task<SqliteConnection> Locked(CityToBreak city, string service)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(city.Folder, service + ".db")};Pooling=False");
        await connection.OpenAsync();
        await using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN EXCLUSIVE";
        await begin.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>A file system in memory that is soon full.</summary>
    private static class SmallDisk
    {
        /// <summary>Why it cannot be had here; null when it is there.</summary>
        public static async Task<string?> Mount(string folder) =>
            OperatingSystem.IsLinux() && await Command("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", folder) == 0 ? null : "A small disk can be mounted by root on Linux only; the test of a full disk is skipped.";

        public static async Task Unmount(string folder)
        {
            await Command("umount", "--lazy", folder);
            Directory.Delete(folder);
        }

        public static void Fill(string path)
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1);
            var block = new byte[64 * 1024];
            for (var size = block.Length; size > 0;)
            {
                try
                {
                    file.Write(block, 0, size);
                }
                catch (IOException)
                {
                    size /= 2;   // down to the last byte
                }
            }
        }

        private static async Task<int> Command(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
    }
}
