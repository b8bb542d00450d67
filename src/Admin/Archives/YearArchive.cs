using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Admin.Installations;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Indicators;
using XilinIngest.InputOutput;
using static XilinIngest.Admin.Archives.ParquetTable;

namespace XilinIngest.Admin.Archives;

/// <summary>What was archived.</summary>
internal sealed record ArchiveResult(string Folder, long Entries, long Figures);

/// <summary>
/// Writes a closed year so that it can be read without this program: the rows of the log and the figures that count as Parquet, the hashes
/// of the whole log, its signed checkpoints, the public key and the catalogue. Changes nothing in the ledger.
/// </summary>
internal sealed class YearArchive(int year, IReadOnlyList<Store> stores, string keyPath, string catalogueFolder, TimeProvider clock)
{
    private const string DraftEnding = ".incomplete";

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly IReadOnlyList<ParquetColumn<ArchivedEntry>> EntryColumns =
    [
        Text<ArchivedEntry>("partition", row => row.Partition),
        Number<ArchivedEntry>("sequence", row => row.Entry.Sequence),
        Text<ArchivedEntry>("submission_id", row => row.Entry.SubmissionId.ToString("D")),
        Text<ArchivedEntry>("unit", row => row.Entry.Unit),
        Text<ArchivedEntry>("period", row => row.Entry.Period),
        Number<ArchivedEntry>("revision", row => row.Entry.Revision),
        Text<ArchivedEntry>("verdict", row => row.Entry.Verdict),
        Text<ArchivedEntry>("findings", row => row.Entry.Findings.IsEmpty ? null : ArchivedLedger.TextOf(row.Entry.Findings)),
        Text<ArchivedEntry>("received_at", row => row.Entry.ReceivedAt),
        Text<ArchivedEntry>("sender", row => row.Entry.Sender),
        Text<ArchivedEntry>("body", row => ArchivedLedger.TextOf(row.Entry.Body)),
        Text<ArchivedEntry>("leaf_hash", row => Convert.ToHexStringLower(row.Entry.LeafHash)),
    ];

    private static readonly IReadOnlyList<ParquetColumn<ArchivedFigure>> FigureColumns =
    [
        Text<ArchivedFigure>("partition", row => row.Partition),
        Text<ArchivedFigure>("unit", row => row.Unit),
        Text<ArchivedFigure>("period", row => row.Period.ToString()),
        Text<ArchivedFigure>("indicator", row => row.Indicator),
        Amount<ArchivedFigure>("value", row => row.Figures.Value),
        Amount<ArchivedFigure>("year_to_date", row => row.Figures.YearToDate),
        Amount<ArchivedFigure>("last_year", row => row.Figures.LastYear),
        Amount<ArchivedFigure>("numerator", row => row.Figures.Numerator),
        Amount<ArchivedFigure>("denominator", row => row.Figures.Denominator),
        Text<ArchivedFigure>("date", row => row.Figures.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        Number<ArchivedFigure>("sequence", row => row.Sequence),
    ];

    private static readonly IReadOnlyList<ParquetColumn<ArchivedLeaf>> LeafColumns =
    [
        Text<ArchivedLeaf>("partition", row => row.Partition), Number<ArchivedLeaf>("sequence", row => row.Sequence),
        Text<ArchivedLeaf>("leaf_hash", row => row.Hash),
    ];

    /// <param name="root">The folder of archives; the year gets a folder in it.</param>
    /// <param name="cancellationToken">Ends it; nothing is left then.</param>
    /// <exception cref="AdminCommandException">The year is not closed, is archived already, or a log does not hold.</exception>
    public async Task<ArchiveResult> WriteAsync(string root, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(root, year.ToString(CultureInfo.InvariantCulture));
        if (Directory.Exists(folder))
        {
            throw new AdminCommandException(
                $"{folder} 已存在。档案不改写：请指定另一个文件夹，或先移走它。",
                $"{folder} exists. An archive is not written over: name another folder, or move this one away first.");
        }

        using var catalogues = new CatalogueSource(
            new CatalogueSourceOptions { Folder = catalogueFolder }, clock, NullLogger<CatalogueSource>.Instance);
        var ledgers = new List<ArchivedLedger>();
        try
        {
            foreach (var store in stores)
            {
                ledgers.Add(new(store.Database, store.Partition, keyPath));
            }

            return await WriteAsync(folder, ledgers, catalogues, cancellationToken);
        }
        finally
        {
            ledgers.ForEach(ledger => ledger.Dispose());
        }
    }

    private async Task<ArchiveResult> WriteAsync(
        string folder, List<ArchivedLedger> ledgers, CatalogueSource catalogues, CancellationToken cancellationToken)
    {
        var states = ledgers.ToDictionary(ledger => ledger, ledger => ledger.ReadStates());
        EnsureClosed(catalogues.Current, states.Values.Select(state => state.Months));
        ledgers.ForEach(ledger => ledger.Verify(catalogues));

        var place = Path.GetDirectoryName(folder)!;

        // Two at once would write into one draft.
        using var alone = FileLock.TryAcquire(Path.Combine(place, "archive.lock")) ?? throw new AdminCommandException(
            $"另一个进程正在向 {place} 归档。请等它结束。", $"Another process is archiving to {place}. Wait until it ends.");
        var draft = folder + DraftEnding;
        if (Directory.Exists(draft))
        {
            Directory.Delete(draft, recursive: true);
        }

        PrivateFiles.CreateFolder(draft);
        var (entries, figures) = (0L, 0L);
        await ParquetTable.WriteAsync(
            Path.Combine(draft, "entries.parquet"), EntryColumns,
            ledgers.SelectMany(ledger => ledger.ReadEntries(year)).Select(row => (entries++, row).row), cancellationToken);
        await ParquetTable.WriteAsync(
            Path.Combine(draft, "figures.parquet"), FigureColumns,
            ledgers.SelectMany(ledger => ledger.ReadFigures(year, states[ledger].Reviews.Returned)).Select(row => (figures++, row).row),
            cancellationToken);
        await ParquetTable.WriteAsync(
            Path.Combine(draft, "leaves.parquet"), LeafColumns, ledgers.SelectMany(ledger => ledger.ReadLeaves()), cancellationToken);
        CopyCatalogue(draft);
        await File.WriteAllTextAsync(Path.Combine(draft, "README.txt"), ArchiveReadme.Text(year), cancellationToken);
        WriteManifest(draft, ledgers, entries, figures);
        Directory.Move(draft, folder);
        return new(folder, entries, figures);
    }

    // As a month's figures become final: closed by a message, or locked by the calendar.
    private void EnsureClosed(Catalogue catalogue, IEnumerable<MonthStates> states)
    {
        var now = clock.GetUtcNow();
        List<CalendarWindow> months = [.. catalogue.Calendar.Where(window => window.Period.Year == year)];
        var open = months.Where(window => states.Any(state => state.MayBeFinalAfter(window) >= now))
            .Select(window => window.Period).ToList();
        if (months.Count == 0)
        {
            throw new AdminCommandException(
                $"目录的日历（calendar.csv）中没有 {year} 年。", $"The calendar of the catalogue (calendar.csv) has no month of {year}.");
        }

        if (open.Count > 0)
        {
            throw new AdminCommandException(
                $"{year} 年还有月份未关账或锁定：{string.Join("、", open)}。请先关账（xilin month close），或等日历锁定。",
                $"Months of {year} are neither closed nor locked: {string.Join(", ", open)}. Close them (xilin month close), or wait until "
                + "the calendar locks them.");
        }
    }

    private void CopyCatalogue(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(catalogueFolder, "*.csv"))
        {
            var copy = Path.Combine(folder, "catalogue", Path.GetFileName(file));
            PrivateFiles.CreateFolder(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private void WriteManifest(string folder, List<ArchivedLedger> ledgers, long entries, long figures) => File.WriteAllBytes(
        Path.Combine(folder, "archive.json"), JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Year = year,
                MadeAt = clock.GetUtcNow().UtcDateTime,
                Version = ProgramVersion.Text,
                Entries = entries,
                Figures = figures,
                Ledgers = ledgers.Select(ledger => new
                {
                    ledger.Partition,
                    ledger.Signer.Origin,
                    ledger.Checkpoint?.TreeSize,
                    ledger.Note,
                    Keys = ledger.Signer.Keys.All.Select(key => new { Key = key.Key.Text, key.After, key.Introduction }),
                }),
                Files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                    .Select(file => new { Name = Path.GetRelativePath(folder, file).Replace('\\', '/'), Sha256 = HashOf(file) }),
            },
            Indented));

    private static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
