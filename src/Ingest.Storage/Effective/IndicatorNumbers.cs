using System.Data.Common;
using Dapper;
using XilinIngest.Indicators;

namespace XilinIngest.Storage;

/// <summary>
/// A small number for each indicator code, assigned once and stored in the table <c>indicator_number</c>. A row of an effective month names
/// an indicator in one byte, and the order of the catalogue may change.
/// </summary>
public sealed class IndicatorNumbers
{
    public static readonly SqlStatement
        All = new("SELECT number, code FROM indicator_number ORDER BY number"),
        Give = new("INSERT INTO indicator_number (number, code) VALUES (@Number, @Code)");

    private readonly Dictionary<IndicatorCode, int> _numbers = [];
    private readonly List<IndicatorCode> _codes = [];

    /// <summary>Reads the numbers and assigns new ones to unknown codes.</summary>
    public static IndicatorNumbers Load(DbConnection connection, DbTransaction? transaction, IEnumerable<IndicatorCode> codes)
    {
        var numbers = new IndicatorNumbers();
        var known = codes.ToHashSet();
        foreach (var (number, code) in connection.Query<(long, string)>(All.For(connection), transaction: transaction))
        {
            // Uses the caller's string if there is one. Equal codes are then the same object and compare fast.
            var read = new IndicatorCode(code);
            numbers.Add(known.TryGetValue(read, out var own) ? own : read, (int)number);
        }

        foreach (var code in known.Where(code => !numbers._numbers.ContainsKey(code)))
        {
            connection.Execute(Give.For(connection), new { Number = numbers._codes.Count, Code = code.Value }, transaction);
            numbers.Add(code, numbers._codes.Count);
        }

        return numbers;
    }

    /// <summary>The codes by their number.</summary>
    public IReadOnlyList<IndicatorCode> Codes => _codes;

    public int NumberOf(IndicatorCode code) => _numbers[code];

    public bool Contains(IndicatorCode code) => _numbers.ContainsKey(code);

    public IndicatorCode CodeOf(int number) => _codes[number];

    private void Add(IndicatorCode code, int number)
    {
        if (number != _codes.Count)
        {
            throw new DamagedDataException(
                $"indicator_number has a gap before {number}: rows were removed by hand. Restore the table from a backup.");
        }

        _codes.Add(code);
        _numbers.Add(code, number);
    }
}
