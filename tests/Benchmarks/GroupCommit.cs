using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace SkillStation.Benchmarks;

/// <summary>The floor's way to write: one writer, and whatever waits goes into one transaction.</summary>
internal sealed class GroupCommit(SqliteConnection db, Action? afterGroup = null)
{
    private const int Most = 64;
    private readonly Channel<Write> waiting = Channel.CreateUnbounded<Write>(new UnboundedChannelOptions { SingleReader = true });

    public void Add(Action write, Action? committed = null) => waiting.Writer.TryWrite(new Write(write, committed));

    public async Task RunAsync()
    {
        using var begin = db.Statement("BEGIN IMMEDIATE");
        using var commit = db.Statement("COMMIT");
        var group = new List<Write>(Most);
        while (await waiting.Reader.WaitToReadAsync())
        {
            begin.ExecuteNonQuery();
            while (group.Count < Most && waiting.Reader.TryRead(out var next))
            {
                next.Rows();
                group.Add(next);
            }

            commit.ExecuteNonQuery();
            group.ForEach(w => w.Committed?.Invoke());
            afterGroup?.Invoke();
            group.Clear();
        }
    }

    private sealed record Write(Action Rows, Action? Committed);
}

internal static class Sqlite
{
    /// <summary>Settings as the services have them.</summary>
    public static SqliteConnection Open(string file, string tables)
    {
        var db = new SqliteConnection($"Data Source={file}");
        db.Open();
        using var prepare = db.CreateCommand();
        prepare.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON;" + tables;
        prepare.ExecuteNonQuery();
        return db;
    }

    /// <summary>Prepared once; the parameters are $1, $2 …</summary>
    public static SqliteCommand Statement(this SqliteConnection db, string sql, int parameters = 0)
    {
        var command = db.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; i <= parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i });
        }

        return command;
    }

    public static int Run(this SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command.ExecuteNonQuery();
    }
}
