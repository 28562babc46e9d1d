using SkillStation.Embedded;
using SkillStation.Embedded.Tour;
using SkillStation.Support.SqlServer;

namespace SkillStation.SqlServer.Tests;

/// <summary>
/// Every LINQ query and every save of the line from thirty requests to work half a year later, as SQL Server would be sent it. The tests of
/// each service do the same for what the line does not touch: refusals, deadlines, withdrawals (see <see cref="RunningService"/>). Not
/// covered: what the server makes of it (results, collations, locks); that is for tests/Containers.
/// </summary>
public sealed class WholeLineTests
{
    [Fact]
    public async Task Everything_that_the_line_asks_and_saves_is_what_SQL_Server_can_read()
    {
        await using var city = await RunningService.StartAsync([.. City.Modules]);
        using var line = new Line(Addresses.OneProcess(city.Http.BaseAddress!), new SilentStory(), english: false);

        Assert.True(await line.RunAsync());

        Assert.Empty(city.TransactSql.Faults);
        var shapes = city.TransactSql.Statements.Select(s => (s.Database, Text: TransactSql.Shape(s.Text))).Distinct().ToList();
        foreach (var context in Twins.All.Where(t => t.Assembly.GetName().Name != "SkillStation.Portal"))   // the line is told over the API, without pages
        {
            var ours = shapes.Where(s => s.Database == context.Name).Select(s => s.Text).ToList();
            Assert.InRange(ours.Count, 60, int.MaxValue);   // 75 to 113 when this was written
            Assert.InRange(ours.Count(s => s.StartsWith("SELECT", StringComparison.Ordinal)), 20, int.MaxValue);   // 26 to 49
            Assert.Contains(ours, s => s.Contains("UPDATE [", StringComparison.Ordinal));
            using var db = Twins.Open(context.Name);
            var tables = Twins.Tables(db).Tables.Select(t => t.Name).Where(t => t != "Sent").ToList();   // the relay writes that one; OutboxTests looks at its words
            var written = tables.Where(t => ours.Any(s => s.Contains($"INSERT INTO [{t}]", StringComparison.Ordinal))).ToList();
            Assert.InRange(written.Count, tables.Count - 4, tables.Count);   // the line touches all but a few
        }

        Assert.Contains(shapes, s => s.Text.StartsWith("DELETE FROM", StringComparison.Ordinal));
        Assert.Contains(shapes, s => s.Text.Contains("INNER JOIN [Enrolments]", StringComparison.Ordinal));   // the later parts of a split query
    }
}
