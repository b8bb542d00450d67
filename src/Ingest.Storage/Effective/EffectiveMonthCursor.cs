using System.Data.Common;
using System.Globalization;
using System.Text;
using XilinIngest.Indicators;
using XilinIngest.Storage.Dialects;

namespace XilinIngest.Storage;

/// <summary>
/// Reads the rows of a table of effective months one after the other, without an object for each: a start reads half a million of them.
/// </summary>
public abstract class EffectiveMonthCursor : IDisposable
{
    /// <param name="connection">An open connection.</param>
    /// <param name="transaction">Its transaction; null: there is none.</param>
    /// <param name="statement">Selects <c>unit</c>, <c>period</c> and <c>data</c>, in this order.</param>
    public static EffectiveMonthCursor Open(DbConnection connection, DbTransaction? transaction, SqlStatement statement) =>
        Dialect.Of(connection).OpenEffectiveMonths(connection, transaction, statement.For(connection));

    /// <summary>The unit's code in UTF-8, until the next row.</summary>
    public abstract ReadOnlySpan<byte> Unit { get; }

    public abstract Period Period { get; }

    /// <summary>The encoded month, until the next row.</summary>
    public abstract ReadOnlySpan<byte> Data { get; }

    /// <returns>False: there is no further row.</returns>
    public abstract bool MoveNext();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}

/// <summary>The rows of a server's database.</summary>
internal sealed class ServerEffectiveMonthCursor : EffectiveMonthCursor
{
    private readonly DbCommand _command;
    private readonly DbDataReader _reader;
    private byte[] _unit = [];
    private byte[] _data = [];
    private Period _period;

    public ServerEffectiveMonthCursor(DbConnection connection, DbTransaction? transaction, string text)
    {
        _command = connection.CreateCommand();
        try
        {
            (_command.CommandText, _command.Transaction) = (text, transaction);
            _reader = _command.ExecuteReader();
        }
        catch
        {
            _command.Dispose();
            throw;
        }
    }

    public override ReadOnlySpan<byte> Unit => _unit;

    public override Period Period => _period;

    public override ReadOnlySpan<byte> Data => _data;

    public override bool MoveNext()
    {
        if (!_reader.Read())
        {
            return false;
        }

        _unit = Encoding.UTF8.GetBytes(_reader.GetString(0));
        _period = Period.FromNumber(Convert.ToInt32(_reader.GetValue(1), CultureInfo.InvariantCulture));
        _data = (byte[])_reader.GetValue(2);
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        _reader.Dispose();
        _command.Dispose();
    }
}
