using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SkillStation.SqlServer.Tests;

/// <summary>What SQL Server says at CREATE TABLE or at the first long value, and SQLite never.</summary>
public sealed partial class LimitsTests
{
    private const int ClusteredKey = 900;
    private const int OtherKey = 1700;
    private const int LongestName = 128;

    [Theory]
    [MemberData(nameof(Twins.Names), MemberType = typeof(Twins))]
    public void Every_key_fits_into_an_index(string context)
    {
        using var db = Twins.Open(context);
        var tables = Twins.Tables(db).Tables.ToList();
        Assert.NotEmpty(tables);

        // Unless a key says otherwise, the primary key is the clustered one.
        var keys = tables.SelectMany(t => t.UniqueConstraints.Select(k => (k.Name, k.Columns, Most: k.GetIsPrimaryKey() ? ClusteredKey : OtherKey))
            .Concat(t.Indexes.Select(i => (i.Name, i.Columns, Most: OtherKey)))).ToList();

        Assert.Equal(tables.Count, tables.Count(t => t.PrimaryKey is not null));
        Assert.Empty(keys.Where(k => k.Columns.Sum(Bytes) > k.Most).Select(k => $"{k.Name} has {k.Columns.Sum(Bytes)} bytes, of at most {k.Most}"));
    }

    [Theory]
    [MemberData(nameof(Twins.Names), MemberType = typeof(Twins))]
    public void Every_column_has_a_type_that_both_databases_have(string context)
    {
        using var db = Twins.Open(context);
        var columns = Twins.Tables(db).Tables.SelectMany(t => t.Columns).ToList();

        Assert.NotEmpty(columns);
        Assert.Empty(columns.Where(c => !PlainType().IsMatch(c.StoreType)).Select(c => $"{c.Table.Name}.{c.Name} {c.StoreType}"));
        Assert.Empty(columns.Where(c => c.IsRowVersion || c.ComputedColumnSql is not null || c.DefaultValueSql is not null).Select(c => $"{c.Table.Name}.{c.Name}"));
        Assert.Empty(Twins.Tables(db).Tables.Where(t => t.EntityTypeMappings.Any(m => m.TypeBase is IEntityType e && e.IsTemporal())).Select(t => t.Name));
    }

    [Theory]
    [MemberData(nameof(Twins.Names), MemberType = typeof(Twins))]
    public void Every_text_has_a_length_or_is_unlimited_on_purpose(string context)
    {
        using var db = Twins.Open(context);
        var texts = Twins.Tables(db).Tables.SelectMany(t => t.Columns).Where(c => c.StoreType == "nvarchar(max)").ToList();

        Assert.NotEmpty(texts);   // the bodies of the outbox; a list is JSON and has no length
        Assert.Empty(texts.Where(c => c.PropertyMappings.Any(m => m.Property.GetMaxLength() != -1 && !m.Property.IsPrimitiveCollection)).Select(c => $"{c.Table.Name}.{c.Name}"));
    }

    [Theory]
    [MemberData(nameof(Twins.Names), MemberType = typeof(Twins))]
    public void Every_name_is_short_enough(string context)
    {
        using var db = Twins.Open(context);
        var names = Twins.Tables(db).Tables
            .SelectMany(t => t.Columns.Select(c => c.Name).Concat(t.Indexes.Select(i => i.Name)).Concat(t.UniqueConstraints.Select(k => k.Name))
            .Concat(t.ForeignKeyConstraints.Select(k => k.Name)).Append(t.Name)).ToList();

        Assert.NotEmpty(names);
        Assert.DoesNotContain(names, n => n.Length > LongestName || n.EndsWith('~'));   // how EF ends a name that it had to cut
    }

    /// <summary>SQL Server refuses a foreign key by which one deletion would reach a table on two ways (error 1785).</summary>
    [Theory]
    [MemberData(nameof(Twins.Names), MemberType = typeof(Twins))]
    public void No_deletion_reaches_a_table_on_two_ways(string context)
    {
        using var db = Twins.Open(context);
        var tables = Twins.Tables(db).Tables.ToList();
        var ways = tables.SelectMany(t => t.ForeignKeyConstraints)
            .Where(k => k.OnDeleteAction is ReferentialAction.Cascade or ReferentialAction.SetNull)
            .ToLookup(k => k.PrincipalTable, k => k.Table);

        foreach (var table in tables)
        {
            var reached = new HashSet<ITable> { table };
            var next = new Queue<ITable>([table]);
            while (next.TryDequeue(out var at))
            {
                foreach (var child in ways[at])
                {
                    Assert.True(reached.Add(child), $"{child.Name} is reached from {table.Name} on two ways.");
                    next.Enqueue(child);
                }
            }
        }
    }

    [GeneratedRegex(@"^(nvarchar\((\d+|max)\)|int|bigint|bit|uniqueidentifier|date|datetimeoffset|float|decimal\(\d+,\d+\)|time)$")]
    private static partial Regex PlainType();

    private static int Bytes(IColumn column) => column.StoreType switch
    {
        "bit" => 1,
        "date" => 3,
        "int" => 4,
        "time" => 5,
        "bigint" or "float" => 8,
        "datetimeoffset" => 10,
        "uniqueidentifier" => 16,
        "nvarchar(max)" => int.MaxValue / 100,   // cannot be a key at all
        var text when text.StartsWith("nvarchar(", StringComparison.Ordinal) => 2 * int.Parse(text[9..^1]),
        var number when number.StartsWith("decimal", StringComparison.Ordinal) => 17,
        var other => throw new InvalidOperationException($"How long is {other}?"),
    };
}
