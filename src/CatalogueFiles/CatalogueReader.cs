using XilinIngest.CatalogueFiles.Reading;
using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles;

/// <summary>
/// Reads the files of a catalogue (<c>indicators, units, targets, colours, calendar, rules, workflow, partitions</c>, all <c>.csv</c>) and
/// checks them as a whole; the last two may be missing. The result is a catalogue on which every invariant of the kernel holds, or all
/// faults at once.
/// </summary>
public static class CatalogueReader
{
    private static readonly CsvSchema[] Shapes =
        [IndicatorRows.Shape, UnitRows.Shape, TargetRows.Shape, ColourRows.Shape, CalendarRows.Shape, RuleRows.Shape,
            WorkflowRows.Shape, PartitionRows.Shape];

    /// <param name="folder">The folder of the files. A missing folder is reported as a fault.</param>
    public static CatalogueReadResult Read(string folder) => Read(Snapshot(folder));

    internal static FolderSnapshot Snapshot(string folder) => FolderSnapshot.Take(folder, Shapes.Select(shape => shape.File));

    internal static CatalogueReadResult Read(FolderSnapshot files)
    {
        var faults = new List<CatalogueFault>();
        var (indicatorTable, unitTable) = (Open(IndicatorRows.Shape), Open(UnitRows.Shape));
        var (indicatorCodes, unitCodes) = (new KnownCodes(indicatorTable), new KnownCodes(unitTable));

        var indicators = IndicatorRows.Read(indicatorTable);
        var units = UnitRows.Read(unitTable);
        if (unitTable is not null)
        {
            var allUnitsAreSound = units.Count == unitTable.Rows.Count;
            UnitTreeCheck.Check(units, unitCodes, allUnitsAreSound, faults);
            if (allUnitsAreSound)
            {
                IndicatorRows.CheckRegisters(indicators, units);
            }
        }

        var targets = TargetRows.Read(Open(TargetRows.Shape), unitCodes, indicatorCodes, indicators);
        var colours = ColourRows.Read(Open(ColourRows.Shape));
        var calendar = CalendarRows.Read(Open(CalendarRows.Shape));
        var rules = RuleRows.Read(Open(RuleRows.Shape), indicatorCodes);
        var workflow = WorkflowRows.Read(Open(WorkflowRows.Shape), unitCodes, units);
        var partitions = PartitionRows.Read(Open(PartitionRows.Shape));
        var tree = faults.Count == 0 ? new UnitTree(UnitRows.Assemble(units)) : null;
        if (tree is not null)
        {
            PartitionRows.Check(partitions, tree, faults);
        }

        if (tree is null || faults.Count > 0)
        {
            return CatalogueReadResult.Invalid([.. faults.OrderBy(FileOrder).ThenBy(fault => fault.Line ?? 0)]);
        }

        return CatalogueReadResult.Valid(new Catalogue(
            [.. indicators.Select(placed => placed.Value)], tree, targets, calendar, colours, rules, new ReviewWorkflow(workflow),
            [.. partitions.Select(placed => placed.Value)]));

        CsvTable? Open(CsvSchema shape) =>
            shape.MayBeMissing && files[shape.File].IsMissing ? null : CsvTable.Read(files[shape.File], shape, faults);
    }

    /// <summary>Adds the line to faults that have only the code of their row. If a code has several rows, the first is used.</summary>
    internal static IReadOnlyList<CatalogueFault> WithLines(IReadOnlyList<CatalogueFault> faults, FolderSnapshot files)
    {
        var lines = faults.Where(fault => fault.Code is not null).Select(fault => fault.File).Distinct().ToDictionary(file => file, file =>
            CsvTable.Read(files[file], Shapes.Single(shape => shape.File == file), [])
            ?.Rows.ToLookup(row => row.Text("code"), row => row.Line));
        return [.. faults.Select(fault => fault.Code is { } code && lines[fault.File]?[code].ToList() is [var line, ..]
            ? fault with { Line = line } : fault)];
    }

    private static int FileOrder(CatalogueFault fault) => Array.FindIndex(Shapes, shape => shape.File == fault.File);
}
