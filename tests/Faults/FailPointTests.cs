using System.Globalization;
using MassTransit;
using SkillStation.Contracts.Dispatch;
using SkillStation.Contracts.Requests;
using SkillStation.FailPoints;

namespace SkillStation.Faults.Tests;

/// <summary>
/// A service ends at each point at which a message could be lost or doubled, on the way from Requests to Dispatch and on the way back. What kill -9
/// at random instants hits by luck, this hits by intent.
/// </summary>
public sealed class FailPointTests
{
    private static readonly string Submitted = MessageUrn.ForTypeString<RequestSubmitted>();
    private static readonly string Pooled = MessageUrn.ForTypeString<RequestPooled>();

    /// <summary>Which service of the city ends, where, and at which message or queue.</summary>
    private static readonly (int Service, string Point, string What)[] Points =
    [
        (0, FailPoint.BeforeCommit, Submitted),
        (0, FailPoint.BeforePublish, Submitted),
        (0, FailPoint.AfterConfirm, Submitted),
        (1, FailPoint.AfterReceive, "dispatch-triage-request"),
        (1, FailPoint.BeforeAck, "dispatch-triage-request"),
        (1, FailPoint.BeforeCommit, Pooled),
        (1, FailPoint.BeforePublish, Pooled),
        (1, FailPoint.AfterConfirm, Pooled),
        (0, FailPoint.AfterReceive, "requests-record-pooling"),
        (0, FailPoint.BeforeAck, "requests-record-pooling"),
    ];

    [Fact]
    public async Task Nothing_is_lost_or_doubled_at_whichever_point_of_a_message_s_way_a_service_ends()
    {
        var ct = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("skillstation-failpoints-").FullName;
        await using var city = await CityToBreak.FourProcessesAsync(name => new Dictionary<string, string>
        {
            ["DOTNET_STARTUP_HOOKS"] = typeof(FailPoint).Assembly.Location,
            [FailPoint.Setting] = Path.Combine(folder, name),
        });
        var load = new Load(city.Requests);
        var paths = new List<string>();
        var random = new Random(Run.Seed);
        var (rounds, perRound) = Run.Full ? (10, 20) : (1, 10);
        for (var n = 0; n < Points.Length * rounds; n++)
        {
            var (service, point, what) = Points[n / rounds];
            var process = city.All[service];
            var (before, file) = (process.ProcessId, Path.Combine(folder, service == 0 ? "Requests" : "Dispatch"));
            await File.WriteAllTextAsync(file + ".new", FailPoint.Armed(point, what, random.Next(1, perRound)), ct);
            File.Move(file + ".new", file);

            paths.AddRange(await Task.WhenAll(Enumerable.Range(n * perRound, perRound).Select(i => load.Submit(i, ct))));

            await Eventually.True(() => Task.FromResult(process.ProcessId != before), $"{what} has met its fail-point {point} and was started again", TimeSpan.FromSeconds(60));
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"The fail-point {point} of {what} was reached."), process.Log, StringComparison.Ordinal);
            Assert.False(File.Exists(file));
        }

        await Task.WhenAll(city.All.Select(p => p.Ready()));
        await AllOnce.Check(load, city.Scheduler, paths, TimeSpan.FromSeconds(90), ct);
        await AllOnce.NothingTwice(city.Folder, paths.Count, ct);
        Assert.Equal(paths.Count, await AllOnce.Applied(city.Folder, "dispatch", "dispatch-triage-request", ct));
        Assert.Equal(paths.Count, await AllOnce.Applied(city.Folder, "requests", "requests-record-pooling", ct));
        Assert.Equal(Points.Length * rounds, city.All.Sum(p => p.Log.Split("The fail-point ").Length - 1));
        Directory.Delete(folder, recursive: true);
        Summary.Add("a service ends at each of 10 exact points", $"{Points.Length} points x {rounds * perRound} requests, {Points.Length * rounds} ends", $"each point was reached; {load.Retries} retries by clients, 0 lost, 0 double");
    }
}
