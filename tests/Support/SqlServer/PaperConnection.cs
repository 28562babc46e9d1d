using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.SqlClient;

namespace SkillStation.Support.SqlServer;

/// <summary>
/// A connection to no server: each command is handed to <paramref name="record"/>, and every result has no row, or one, of which every
/// column has a value of the type that is asked for: so that what is asked after the first row (split queries) is asked too.
/// </summary>
[SuppressMessage("Reliability", "CA2000", Justification = "Nothing here holds anything.")]
internal sealed class PaperConnection(Action<PaperCommand> record, int rows = 0, params IReadOnlyList<string> columns) : DbConnection
{
    private ConnectionState state;

    [AllowNull]
    public override string ConnectionString { get; set; } = "";

    public override string Database => "paper";

    public override string DataSource => "paper";

    public override string ServerVersion => "12.0";

    public override ConnectionState State => state;

    /// <summary>Names of a result's columns, for statements that name none.</summary>
    public IReadOnlyList<string> Columns => columns;

    public int Rows => rows;

    public void Record(PaperCommand command) => record(command);

    public override void ChangeDatabase(string databaseName)
    {
    }

    public override void Open() => state = ConnectionState.Open;

    public override void Close() => state = ConnectionState.Closed;

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => new PaperTransaction(this, isolationLevel);

    protected override DbCommand CreateDbCommand() => new PaperCommand(this);
}

internal sealed class PaperTransaction(PaperConnection connection, IsolationLevel level) : DbTransaction
{
    public override IsolationLevel IsolationLevel => level;

    protected override DbConnection DbConnection => connection;

    public override void Commit()
    {
    }

    public override void Rollback()
    {
    }
}

/// <summary>Its parameters are SQL Server's own, since the provider sets more on them than the base class has.</summary>
[SuppressMessage("Security", "CA2100", Justification = "The text is written down, not executed.")]
internal sealed class PaperCommand(PaperConnection connection) : DbCommand
{
    private readonly SqlCommand parameters = new();

    [AllowNull]
    public override string CommandText { get; set; } = "";

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection { get; set; } = connection;

    protected override DbParameterCollection DbParameterCollection => parameters.Parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel()
    {
    }

    public override void Prepare()
    {
    }

    public override int ExecuteNonQuery()
    {
        connection.Record(this);
        return 1;
    }

    public override object? ExecuteScalar()
    {
        connection.Record(this);
        return 1;
    }

    protected override DbParameter CreateDbParameter() => new SqlParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        connection.Record(this);
        return new PaperReader(connection.Columns, connection.Rows);
    }

    protected override void Dispose(bool disposing)
    {
        parameters.Dispose();
        base.Dispose(disposing);
    }
}

[SuppressMessage("Design", "CA1010", Justification = "The base class decides.")]
internal sealed class PaperReader(IReadOnlyList<string> columns, int rows) : DbDataReader
{
    private int row;

    public override int FieldCount => columns.Count > 0 ? columns.Count : 1000;   // as many as anybody asks for

    public override int Depth => 0;

    public override bool HasRows => rows > 0;

    public override bool IsClosed => false;

    public override int RecordsAffected => 1;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(0);

    public override bool Read() => row++ < rows;

    public override bool NextResult() => false;

    public override T GetFieldValue<T>(int ordinal)
    {
        var type = typeof(T);
        object? value = type == typeof(string) ? "0"   // a member of every enum
            : type == typeof(byte[]) ? Array.Empty<byte>()
            : type == typeof(bool) ? false
            : type.IsPrimitive || type == typeof(decimal) ? Convert.ChangeType(1, type)
            : default(T);
        return (T)value!;
    }

    public override bool IsDBNull(int ordinal) => false;

    public override string GetName(int ordinal) => ordinal < columns.Count ? columns[ordinal] : $"column {ordinal}";

    public override int GetOrdinal(string name) => columns.Select((column, i) => (column, i)).First(c => c.column == name).i;

    public override bool GetBoolean(int ordinal) => GetFieldValue<bool>(ordinal);

    public override byte GetByte(int ordinal) => GetFieldValue<byte>(ordinal);

    public override char GetChar(int ordinal) => 'x';

    public override DateTime GetDateTime(int ordinal) => GetFieldValue<DateTime>(ordinal);

    public override decimal GetDecimal(int ordinal) => GetFieldValue<decimal>(ordinal);

    public override double GetDouble(int ordinal) => GetFieldValue<double>(ordinal);

    public override float GetFloat(int ordinal) => GetFieldValue<float>(ordinal);

    public override Guid GetGuid(int ordinal) => GetFieldValue<Guid>(ordinal);

    public override short GetInt16(int ordinal) => GetFieldValue<short>(ordinal);

    public override int GetInt32(int ordinal) => GetFieldValue<int>(ordinal);

    public override long GetInt64(int ordinal) => GetFieldValue<long>(ordinal);

    public override string GetString(int ordinal) => GetFieldValue<string>(ordinal);

    public override object GetValue(int ordinal) => 1;

    public override int GetValues(object[] values) => 0;

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => 0;

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => 0;

    public override string GetDataTypeName(int ordinal) => "int";

    public override Type GetFieldType(int ordinal) => typeof(int);

    public override IEnumerator GetEnumerator() => Array.Empty<object>().GetEnumerator();
}
