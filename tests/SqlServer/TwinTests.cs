using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SkillStation.Platform.Data;
using SkillStation.Requests;

namespace SkillStation.SqlServer.Tests;

/// <summary>That a test of any service fails when SQL Server would refuse what SQLite takes.</summary>
public sealed class TwinTests
{
    [Fact]
    public async Task A_query_that_SQL_Server_cannot_be_asked_fails_the_test_that_asks_it()
    {
        var fault = await FaultOf(db => db.Inbox.AnyAsync(m => EF.Functions.Glob(m.Consumer, "requests-*")));

        Assert.Contains("could not be translated", fault);
    }

    [Fact]
    public async Task A_text_that_is_too_long_for_its_column_fails_the_test_that_saves_it()
    {
        var fault = await FaultOf(async db =>
        {
            db.Inbox.Add(new InboxMessage { MessageId = Guid.CreateVersion7(), Consumer = new string('x', 201), At = RunningService.Start });
            await db.SaveChangesAsync();
        });

        Assert.Contains("Consumer has room for 200 characters, not for 201", fault);
    }

    private static async Task<string> FaultOf(Func<ModuleDb, Task> work)
    {
        var service = await RunningService.StartAsync(new RequestsModule());
        await using (var scope = service.Services.CreateAsyncScope())
        {
            await work((ModuleDb)scope.ServiceProvider.GetRequiredService(Twins.All.Single(t => t.Name == "SqlServerRequestsDb").BaseType!));
        }

        return (await Assert.ThrowsAsync<InvalidOperationException>(async () => await service.DisposeAsync())).Message;
    }
}
