using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Admin.Partitions;

/// <summary>Takes over the edited texts of reports, which no ledger has, into the cubes of the units' new partitions.</summary>
internal static class EditedTextCopy
{
    private const string Columns = "period, unit, section, language, version, edited_text, computed, replaced, editor, edited_at";

    private static readonly SqlStatement
        HasTexts = new("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'report_text'"),
        AllTexts = new(
            "SELECT period, unit, section, language, version, edited_text AS EditedText, computed, replaced, editor, edited_at AS EditedAt "
            + "FROM report_text"),
        AddText = new(
            $"INSERT OR IGNORE INTO report_text ({Columns}) VALUES (@Period, @Unit, @Section, @Language, @Version, @EditedText, @Computed, "
            + "@Replaced, @Editor, @EditedAt)");

    /// <param name="former">The files of the present cubes.</param>
    /// <param name="catalogue">The catalogue with the new partitions.</param>
    /// <param name="cubeOf">Where the new cube of a partition is written.</param>
    /// <returns>The number of texts, with all their versions.</returns>
    public static int Run(IEnumerable<Database> former, Catalogue catalogue, Func<Partition, Database> cubeOf)
    {
        var texts = former.SelectMany(Read).ToList();
        foreach (var home in texts.GroupBy(text => HomeOf(text.Unit, catalogue)))
        {
            var cube = cubeOf(home.Key);
            AggregatorRegistration.Migrate(cube, NullLogger.Instance);
            using var connection = cube.Open();
            using var transaction = Database.BeginWrite(connection);
            connection.Execute(AddText.For(connection), home, transaction);
            transaction.Commit();
        }

        return texts.Count;
    }

    private static Partition HomeOf(string code, Catalogue catalogue) =>
        (catalogue.Units.TryFind(code, out var unit) ? unit : catalogue.Units.Topmost) is { } known
            ? catalogue.Partitions.HomeOf(known) : catalogue.Partitions.All[0];

    private static List<TextRow> Read(Database cube)
    {
        if (!File.Exists(cube.Name))
        {
            return [];
        }

        using var connection = cube.AsReadOnly().Open();
        return connection.QuerySingle<long>(HasTexts.For(connection)) == 0 ? []
            : connection.Query<TextRow>(AllTexts.For(connection)).AsList();
    }

    private sealed class TextRow
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
    }
}
