using System.Data.Common;
using System.Globalization;
using Dapper;
using XilinIngest.Aggregator.Releases;
using XilinIngest.Aggregator.Report;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using static XilinIngest.Aggregator.Cube.CubeStatements;

namespace XilinIngest.Aggregator.Cube;

/// <summary>What became of an edit.</summary>
internal enum EditOutcome
{
    /// <summary>It is stored.</summary>
    Stored,

    /// <summary>Another version than the one that its editor had before them is the newest.</summary>
    EditedByAnother,

    /// <summary>The month was released meanwhile.</summary>
    Released,
}

/// <summary>The edited texts of reports in the cube's database.</summary>
internal sealed partial class CubeStore
{
    private static readonly SqlStatement HasReportTexts =
        new("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'report_text'");

    /// <summary>The newest version of each edited section of a report, or those of a release.</summary>
    public IReadOnlyList<EditedText> ReadReportTexts(Period period, UnitCode unit, int? release)
    {
        using var connection = OpenInteractive();
        return release is { } number
            ? Read(connection, null, ReleasedReportTexts, new { Month = (long)period.Number, Unit = unit.Value, Number = number })
            : Read(connection, null, NewestReportTexts, new { Month = (long)period.Number, Unit = unit.Value });
    }

    /// <summary>All versions of the sections of a report, the newest of each first.</summary>
    public IReadOnlyList<EditedText> ReadReportTextVersions(Period period, UnitCode unit)
    {
        using var connection = OpenInteractive();
        return Read(connection, null, AllReportTexts, new { Month = (long)period.Number, Unit = unit.Value });
    }

    /// <summary>Stores an edit, if the newest version is still the one that its editor had before them.</summary>
    /// <param name="edit">The edit, as <see cref="EditedText.Decide"/> takes it.</param>
    /// <param name="releases">How many releases the month had when it was found open.</param>
    /// <returns>What became of it, and the newest version now; null: there is none.</returns>
    public (EditOutcome Outcome, EditedText? Newest) AddReportText(EditedText edit, int releases)
    {
        var key = new { Month = (long)edit.Key.Period.Number, edit.Key.Unit };
        using var connection = OpenInteractive();
        using var transaction = Database.BeginWrite(connection);
        var newest = Read(connection, transaction, NewestReportTexts, key).FirstOrDefault(text => text.Key == edit.Key);
        if (connection.QuerySingle<long>(ReleaseCount.For(connection), new { key.Month }, transaction) != releases)
        {
            return (EditOutcome.Released, newest);
        }

        if (EditedText.Decide(newest, edit) is not { } version)
        {
            return (EditOutcome.EditedByAnother, newest);
        }

        if (version != newest)
        {
            ReportTextTable.Write(connection, transaction, WriteMode.Insert, [version]);
            transaction.Commit();
            EnsureCommittedInPlace();
        }

        return (EditOutcome.Stored, version);
    }

    /// <summary>All versions of all reports' sections in a cube's file; none if it is older than edited texts.</summary>
    public static IReadOnlyList<EditedText> ReadEveryReportText(Database cube)
    {
        using var connection = cube.AsReadOnly().Open();
        return connection.QuerySingle<long>(HasReportTexts.For(connection)) == 0 ? [] : Read(connection, null, EveryReportText, new { });
    }

    /// <summary>Writes texts that another cube had, with their versions.</summary>
    public static void WriteReportTexts(Database cube, IReadOnlyList<EditedText> texts)
    {
        using var connection = cube.Open();
        using var transaction = Database.BeginWrite(connection);
        ReportTextTable.Write(connection, transaction, WriteMode.Upsert, texts);
        transaction.Commit();
    }

    // A release keeps the texts that were the newest when it was made.
    private static void WriteReleasedTexts(DbConnection connection, DbTransaction transaction, ReleasedMonth release) => connection.Execute(
        AddReleasedTexts.For(connection), new { Month = (long)release.Period.Number, release.Number }, transaction);

    private static List<EditedText> Read(DbConnection connection, DbTransaction? transaction, SqlStatement statement, object of) =>
        [.. connection.Query<ReportTextRow>(statement.For(connection), of, transaction).Select(row => row.ToText())];

    private sealed class ReportTextRow
    {
        public long Period { get; init; }
        public string Unit { get; init; } = "";
        public string Section { get; init; } = "";
        public string Language { get; init; } = "";
        public long Version { get; init; }
        public string? EditedText { get; init; }
        public string Computed { get; init; } = "";
        public string Replaced { get; init; } = "";
        public string Editor { get; init; } = "";
        public string EditedAt { get; init; } = "";

        /// <exception cref="DamagedDataException">The row was altered.</exception>
        public EditedText ToText() => new(
            new(Indicators.Period.FromNumber((int)Period), Unit, Section, Language), (int)Version, EditedText, Computed, Replaced, Editor,
            DateTimeOffset.TryParseExact(EditedAt, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) ? time
                : throw new DamagedDataException(
                    $"The cube's table report_text has a damaged row {Period}/{Unit}/{Section}. Restore the cube from a backup."));
    }
}
