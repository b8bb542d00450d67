using System.Collections.Frozen;
using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reading;

/// <summary>One row of <c>units.csv</c>: the unit and one of its spans.</summary>
internal sealed record UnitRow(UnitCode Code, string NameZh, string NameEn, UnitKind Kind, bool ReportsWhole, UnitSpan Span)
{
    internal UnitLevel Level => Unit.LevelOf(Kind);
}

internal static class UnitRows
{
    internal static readonly CsvSchema Shape = new(
        "units.csv", "code", "name_zh", "name_en", "kind", "parent", "valid_from", "valid_to", "registers", "reports_whole");

    internal static List<WithRow<UnitRow>> Read(CsvTable? table)
    {
        var units = new List<WithRow<UnitRow>>();
        foreach (var row in table?.Rows ?? [])
        {
            var unit = ReadRow(row);
            if (row.IsValid)
            {
                units.Add(new(row, unit));
            }
        }

        return units;
    }

    /// <summary>The units in the order in which the file first names them.</summary>
    internal static List<Unit> Assemble(IReadOnlyList<WithRow<UnitRow>> rows) =>
    [
        .. rows.Select(placed => placed.Value).GroupBy(row => row.Code).Select((spans, index) => new Unit
        {
            Code = spans.Key,
            NameZh = spans.First().NameZh,
            NameEn = spans.First().NameEn,
            Kind = spans.First().Kind,
            ReportsWhole = spans.First().ReportsWhole,
            Spans = [.. spans.Select(row => row.Span).OrderBy(span => span.From)],
            Index = index,
        }),
    ];

    private static UnitRow ReadRow(CsvRow row)
    {
        var code = row.Unit("code");
        var kind = row.Word("kind", CatalogueVocabulary.UnitKinds);
        var isCodeOfKind = code.IsEnterprise == (kind == UnitKind.Enterprise);
        if (row.IsValid && !isCodeOfKind)
        {
            row.Fault(
                "code",
                new("企业应为 18 位统一社会信用代码，其他单位应为 12 位区划代码",
                    "an enterprise has an 18-character social credit code, every other unit a 12-digit division code"),
                new("请更正 code 或 kind", "correct the code or the kind"));
        }

        var from = row.Month("valid_from");
        Period? to = row.IsEmpty("valid_to") ? null : row.Month("valid_to");
        if (row.IsValid && to < from)
        {
            row.Fault("valid_to", new($"{to} 早于 valid_from {from}", $"{to} is before valid_from {from}"),
                new("请核对两个月份", "check the two months"));
        }

        UnitCode? parent = row.IsEmpty("parent") ? null : row.Unit("parent");
        return new UnitRow(
            code, row.Required("name_zh"), row.Required("name_en"), kind, row.YesNo("reports_whole"),
            new UnitSpan(from, to, parent, Registers(row)));
    }

    private static IReadOnlySet<string> Registers(CsvRow row)
    {
        var registers = CatalogueVocabulary.Split(row.Text("registers"));
        foreach (var wrong in registers.Where(register => !CatalogueVocabulary.IsRegister(register)))
        {
            row.Fault(
                "registers", new($"“{wrong}”不是名录名称", $"'{wrong}' is not the name of a register"),
                new("请写小写英文词，用空格分开，如 industry trade", "write lower-case words with spaces between, such as industry trade"));
        }

        return registers.Length > 0 ? registers.ToHashSet() : FrozenSet<string>.Empty;
    }
}
