using SkillStation.Support.SqlServer;

namespace SkillStation.SqlServer.Tests;

/// <summary>That the other tests can fail.</summary>
public sealed class TransactSqlTests
{
    [Theory]
    [InlineData("SELECT [Code] FROM [Stations] LIMIT 1", "line 1: Incorrect syntax near 'LIMIT'.")]
    [InlineData("SELECT s.[value] FROM OPENJSON(@p) AS s", "OPENJSON")]
    [InlineData("SELECT s.[value] FROM STRING_SPLIT(@p, ';') AS s", "STRING_SPLIT")]
    [InlineData("SELECT JSON_VALUE(o.[Reasons], '$.code') FROM [Offers] AS o", "JSON_VALUE")]
    [InlineData("INSERT INTO [Outbox] ([Key]) OUTPUT INSERTED.[Seq] VALUES (@p)", "OUTPUT")]
    [InlineData("MERGE [Outbox] USING (VALUES (@p)) AS i ([Key]) ON 1=0 WHEN NOT MATCHED THEN INSERT ([Key]) VALUES (i.[Key]);", "MERGE")]
    [InlineData("EXEC(N'SELECT FROM')", "line 1: Incorrect syntax near 'FROM'.")]
    public void What_SQL_Server_or_its_kin_do_not_read_is_a_fault(string script, string fault) => Assert.Contains(fault, TransactSql.Faults(script));

    [Fact]
    public void What_they_read_is_none() => Assert.Empty(TransactSql.Faults("EXEC(N'SELECT TOP(@p) [Code] FROM [Stations] ORDER BY [Code]')"));
}
