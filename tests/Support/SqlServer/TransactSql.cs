using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace SkillStation.Support.SqlServer;

/// <summary>Reads T-SQL with SQL Server's own grammar.</summary>
public static class TransactSql
{
    /// <summary>
    /// What is wrong with a script: it cannot be parsed, or uses what not every engine that speaks to SQL Server's clients has. Text that
    /// a script executes is read too.
    /// </summary>
    public static IReadOnlyList<string> Faults(string script)
    {
        var read = new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out var errors);
        if (errors.Count > 0)
        {
            return [.. errors.Select(e => $"line {e.Line}: {e.Message}")];
        }

        var words = new RareWords();
        read.Accept(words);
        return words.Found;
    }

    /// <summary>The same for statements that differ in names of parameters and lengths of lists alone.</summary>
    public static string Shape(string statement)
    {
        var shape = Regex.Replace(statement, @"@\w+", "@");
        shape = Regex.Replace(shape, @"@(,\s*@)+", "@");
        return Regex.Replace(shape, @"\(@\)(,\s*\(@\))+", "(@)");
    }

    private sealed class RareWords : TSqlFragmentVisitor
    {
        public List<string> Found { get; } = [];

        public override void Visit(MergeStatement node) => Found.Add("MERGE");

        public override void Visit(OutputClause node) => Found.Add("OUTPUT");

        public override void Visit(OpenJsonTableReference node) => Found.Add("OPENJSON");

        public override void Visit(GlobalFunctionTableReference node) => Found.Add(node.Name.Value);

        public override void Visit(FunctionCall node)
        {
            if (node.FunctionName.Value.StartsWith("JSON_", StringComparison.OrdinalIgnoreCase))
            {
                Found.Add(node.FunctionName.Value);
            }
        }

        public override void Visit(ExecutableStringList node)
        {
            foreach (var text in node.Strings.OfType<StringLiteral>())
            {
                Found.AddRange(Faults(text.Value));
            }
        }
    }
}

/// <summary>What a run of services would have sent to SQL Server, and what is wrong with it.</summary>
public sealed class TransactSqlRecord
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<string>> Read = new();
    private readonly ConcurrentDictionary<(string Database, string Text), byte> statements = new();
    private readonly ConcurrentQueue<string> faults = new();

    /// <summary>Each text once, with the name of its service's context.</summary>
    public IReadOnlyCollection<(string Database, string Text)> Statements => [.. statements.Keys];

    /// <summary>What SQL Server would not have taken.</summary>
    public IReadOnlyCollection<string> Faults => [.. faults.Distinct()];

    public void Add(string database, string text)
    {
        if (statements.TryAdd((database, text), 0))
        {
            foreach (var fault in Read.GetOrAdd(text, TransactSql.Faults))
            {
                Fault(database, $"{fault}\n{TransactSql.Shape(text)}");
            }
        }
    }

    public void Fault(string database, string what) => faults.Enqueue($"{database}: {what}");

    /// <summary>Throws when there was a fault.</summary>
    public void Check()
    {
        if (!faults.IsEmpty)
        {
            throw new InvalidOperationException("Works on SQLite, would not on SQL Server:\n" + string.Join("\n\n", Faults.Take(10)));
        }
    }
}
