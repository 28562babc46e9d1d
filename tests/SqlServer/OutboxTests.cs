using Microsoft.EntityFrameworkCore;
using SkillStation.Platform.Bus;
using SkillStation.Platform.Data;
using SkillStation.Support.SqlServer;

namespace SkillStation.SqlServer.Tests;

/// <summary>The statements of the outbox are written by hand for SQL Server, so no SQLite run shows them.</summary>
public sealed class OutboxTests
{
    private readonly TransactSqlRecord record = new();

    [Fact]
    public async Task Claiming_and_removing_rows_is_what_SQL_Server_can_read()
    {
        await Process((_, _) => Task.CompletedTask);

        Assert.Contains(record.Statements, s => s.Text.Contains("UPDLOCK", StringComparison.Ordinal));
        Assert.Contains(record.Statements, s => s.Text.StartsWith("INSERT INTO \"Sent\"", StringComparison.Ordinal));
        Assert.Contains(record.Statements, s => s.Text.StartsWith("DELETE", StringComparison.Ordinal));
        Assert.Empty(record.Faults);
    }

    [Fact]
    public async Task Marking_a_row_that_cannot_be_delivered_is_what_SQL_Server_can_read()
    {
        await Process((_, _) => throw new UndeliverableException("no such type"));

        Assert.Contains(record.Statements, s => s.Text.Contains("UPDATE [Outbox] SET [Failure]", StringComparison.Ordinal));
        Assert.Empty(record.Faults);
    }

    /// <summary>More than SQL Server takes as parameters, and nowhere a list in JSON.</summary>
    [Fact]
    public async Task A_very_long_list_is_what_SQL_Server_can_read()
    {
        var ids = Enumerable.Range(1, 5000).Select(i => (long)i).ToList();
        await using var db = (OnlyPlatform)SqlServerTwin.Make(typeof(OnlyPlatform), record);

        await db.Outbox.Where(r => ids.Contains(r.Seq)).ExecuteDeleteAsync();
        Assert.Empty(await db.Outbox.AsNoTracking().Where(r => ids.Contains(r.Seq)).ToListAsync());

        Assert.Equal(2, record.Statements.Count);
        Assert.Empty(record.Faults);
    }

    private async Task Process(Func<OutboxMessage, CancellationToken, Task> deliver)
    {
        await using var db = (OnlyPlatform)SqlServerTwin.Make(typeof(OnlyPlatform), record, 1, [.. typeof(OutboxMessage).GetProperties().Select(p => p.Name)]);
        await new SqlServerOutboxStore<OnlyPlatform>().Process(db, 100, deliver, CancellationToken.None);
    }

    internal sealed class OnlyPlatform(DbContextOptions<OnlyPlatform> options) : ModuleDb(options);
}
