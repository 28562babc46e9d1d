using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace SkillStation.Platform.Tests;

public sealed class OutageTests : IAsyncLifetime
{
    private RunningService service = null!;

    public async ValueTask InitializeAsync() => service = await RunningService.StartWithAsync(["--Database:Patience", "1"], new CountingModule());

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task While_the_database_is_locked_a_caller_is_told_when_to_come_back_and_nothing_is_half_done()
    {
        await service.Http.Post("/api/v1/things", new Thing(Guid.NewGuid(), 1));
        await service.Quiet<CountingDb>();
        HttpResponseMessage answer;
        await using (await Locked())
        {
            answer = await service.Http.PostAsync("/api/v1/things", System.Net.Http.Json.JsonContent.Create(new Thing(Guid.NewGuid(), 2)));
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (answer.StatusCode, answer.Headers.RetryAfter?.ToString()));
        await service.Quiet<CountingDb>();
        Assert.Equal([1], service.Published<ThingHappened>().Select(m => m.Number));
        Assert.Equal(HttpStatusCode.Created, (await service.Http.Post("/api/v1/things", new Thing(Guid.NewGuid(), 3))).Status);
    }

    [Fact]
    public async Task However_many_callers_wait_for_a_locked_database_each_is_told_so_before_long()
    {
        await service.Quiet<CountingDb>();
        await using (await Locked())
        {
            var answers = Task.WhenAll(Enumerable.Range(0, 30).Select(n => service.Http.Post("/api/v1/things", new Thing(Guid.NewGuid(), n))));

            // one after the other they would need half a minute at least
            Assert.All(await answers.WaitAsync(TimeSpan.FromSeconds(20)), a => Assert.Equal(HttpStatusCode.ServiceUnavailable, a.Status));
        }
    }

    [Fact]
    public async Task A_message_is_tried_again_for_as_long_as_the_database_is_locked_and_is_never_set_aside_for_it()
    {
        var key = Guid.NewGuid();
        Task heard;
        await using (await Locked())
        {
            heard = service.Hear(new ThingHappened { Key = key, Number = 1, Poison = false });

            // the ordinary retries are not for a save that could not even begin: without a wait of its own the message is set aside at the first
            await Eventually.True(() => heard.IsCompleted || CountConsumer.Tries.GetValueOrDefault(key) >= 3, "it was tried again and again");
            Assert.False(heard.IsCompleted);
        }

        await heard;
        Assert.Equal(2, await service.InDb<CountingDb, int>(db => db.Counted.CountAsync(c => c.Key == key)));
        Assert.False(await service.InDb<CountingDb, bool>(db => db.Outbox.AnyAsync(m => m.Failure != null)));
    }

    /// <summary>Somebody else writes to the file and does not stop, as a backup or a hand at work may.</summary>
    private async Task<SqliteConnection> Locked()
    {
        var path = await service.InDb<CountingDb, string>(db => Task.FromResult(db.Database.GetConnectionString()!));
        var connection = new SqliteConnection(path + ";Pooling=False");
        await connection.OpenAsync();
        await using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        await begin.ExecuteNonQueryAsync();
        return connection;
    }
}
