using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SkillStation.Contracts.Requests;
using SkillStation.Dispatch;

namespace SkillStation.Faults.Tests;

public sealed class DeadLettersTests
{
    [Fact]
    public async Task Over_RabbitMQ_a_dead_letter_is_listed_handed_over_again_and_dropped()
    {
        Assert.SkipWhen(Support.Broker.Missing is not null, Support.Broker.Missing ?? "");
        await using var broker = await Support.Broker.StartAsync();
        var url = await broker.NewVirtualHost();
        await using var dispatch = await RunningService.StartAsync(url, new DispatchModule());
        var folder = Directory.CreateTempSubdirectory("skillstation-faults-").FullName;
        string[] bus = ["--data-dir", folder, "--Bus:Transport", "RabbitMQ", "--Bus:Url", url];

        // news of a course that never comes: tried again for a while, then set aside
        await dispatch.Hear(Request("COURSE-LATE"));
        await dispatch.Hear(Request("COURSE-NEVER"));
        await Eventually.True(async () => (await broker.Queues(url)).Any(q => q is { Name: "dispatch-triage-request_error", Messages: 2 }), "both are set aside", TimeSpan.FromSeconds(60));

        var listed = await Tool(["dead-letters", "list", .. bus]);
        Assert.Contains("NotYetKnownException", listed, StringComparison.Ordinal);
        Assert.Contains("2 dead letter(s)", listed, StringComparison.Ordinal);
        Assert.DoesNotContain("COURSE-LATE", listed, StringComparison.Ordinal);

        await dispatch.Hear(Course("COURSE-LATE"));
        await Eventually.True(async () => (await broker.Queues(url)).Any(q => q is { Name: "dispatch-record-course", Messages: 0 }), "the course has arrived");
        Assert.Contains("2 handed over again", await Tool(["dead-letters", "redrive", "all", .. bus]), StringComparison.Ordinal);
        await dispatch.Publishes<Contracts.Dispatch.RequestAdmitted>();
        await Eventually.True(async () => (await broker.Queues(url)).Any(q => q is { Name: "dispatch-triage-request_error", Messages: 1 }), "the hopeless one is set aside again", TimeSpan.FromSeconds(60));

        Assert.Contains("1 dropped", await Tool(["dead-letters", "drop", "all", .. bus]), StringComparison.Ordinal);
        Assert.Contains("0 dead letter(s)", await Tool(["dead-letters", "list", .. bus]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_one_process_a_row_that_failed_is_listed_and_handed_over_again_while_the_city_runs()
    {
        await using var city = await CityToBreak.OneProcessAsync();
        var id = Guid.NewGuid();
        await using (var requests = new SqliteConnection($"Data Source={Path.Combine(city.Folder, "requests.db")}"))
        {
            await requests.OpenAsync();
            await using var insert = requests.CreateCommand();
            insert.CommandText = "INSERT INTO Outbox (MessageId, Key, Type, Body, CreatedAt, Failure) VALUES ($id, $id, 'urn:message:SkillStation.Contracts.Requests:ConsentChanged', $body, 0, 'scheduler-record-consent: TimeoutException')";
            insert.Parameters.AddWithValue("$id", id.ToString().ToUpperInvariant());
            insert.Parameters.AddWithValue("$body", System.Text.Json.JsonSerializer.Serialize(new ConsentChanged { ResidentId = Guid.NewGuid(), Purpose = "FollowUpContact", Granted = true, At = DateTimeOffset.UnixEpoch }));
            await insert.ExecuteNonQueryAsync();
        }

        var listed = await Tool(["dead-letters", "list", "--data-dir", city.Folder]);
        Assert.Contains($"{id}", listed, StringComparison.Ordinal);
        Assert.Contains("scheduler-record-consent: TimeoutException", listed, StringComparison.Ordinal);

        Assert.Contains("1 handed over again", await Tool(["dead-letters", "redrive", $"{id}", "--data-dir", city.Folder]), StringComparison.Ordinal);
        await Eventually.True(async () => await Rows(city.Folder) == 0, "the row is delivered and gone");
    }

    private static async Task<long> Rows(string folder)
    {
        await using var requests = new SqliteConnection($"Data Source={Path.Combine(folder, "requests.db")};Mode=ReadOnly");
        await requests.OpenAsync();
        await using var count = requests.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM Outbox";
        return (long)(await count.ExecuteScalarAsync())!;
    }

    internal static async Task<string> Tool(string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [ServiceProcess.Binary("Embedded"), .. args]) { RedirectStandardOutput = true })!;
        var told = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return told;
    }

    private static RequestSubmitted Request(string course) => new()
    {
        RequestId = Guid.CreateVersion7(),
        ResidentId = Guid.CreateVersion7(),
        CourseCode = course,
        StationCode = "440106001-1",
        Goal = "FindJob",
        Times = ["Weekend"],
        MaxMinutes = 30,
        Needs = [],
        MayContact = false,
        At = RunningService.Start,
    };

    private static CourseListed Course(string code) => new()
    {
        CourseCode = code,
        Version = 1,
        Name = "课",
        NameEn = "Course",
        OccupationCode = code,
        Level = "L5",
        TrainingKind = "SkillUpgrade",
        Clusters = [],
        Hours = 40,
        MinSize = 10,
        MaxSize = 20,
        Assessment = "Level",
        Credential = "SkillLevelCertificate",
        Filing = "Approval",
        FollowUp = "Never",
        AutoDispatch = false,
        AgeMin = 16,
        At = RunningService.Start,
    };
}
