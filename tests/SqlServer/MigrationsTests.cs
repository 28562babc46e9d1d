using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using SkillStation.Support.SqlServer;

namespace SkillStation.SqlServer.Tests;

public sealed class MigrationsTests
{
    [Theory]
    [MemberData(nameof(Twins.Names), MemberType = typeof(Twins))]
    public void The_script_of_a_new_database_is_one_that_SQL_Server_can_read(string context) =>
        Reads(context, null, null, MigrationsSqlGenerationOptions.Default, "CREATE TABLE");

    [Theory]
    [MemberData(nameof(Twins.Names), MemberType = typeof(Twins))]
    public void The_script_that_may_run_twice_is_one_that_SQL_Server_can_read(string context) =>
        Reads(context, null, null, MigrationsSqlGenerationOptions.Idempotent, "IF NOT EXISTS");

    [Theory]
    [MemberData(nameof(Twins.Names), MemberType = typeof(Twins))]
    public void The_way_back_is_one_that_SQL_Server_can_read(string context)
    {
        using var db = Twins.Open(context);
        var last = db.GetService<IMigrationsAssembly>().Migrations.Keys.Last();

        Reads(context, last, Migration.InitialDatabase, MigrationsSqlGenerationOptions.Default, "DROP TABLE");
    }

    private static void Reads(string context, string? from, string? to, MigrationsSqlGenerationOptions options, string expected)
    {
        using var db = Twins.Open(context);

        var script = db.GetService<IMigrator>().GenerateScript(from, to, options);

        Assert.Contains(expected, script);
        Assert.Empty(TransactSql.Faults(script));
    }
}
