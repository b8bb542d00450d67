using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reading;

internal static class IndicatorRows
{
    internal static readonly CsvSchema Shape = new(
        "indicators.csv", "code", "name_zh", "name_en", "unit", "kind", "reported_by", "register", "january_exempt_from",
        "january_exempt_to",
        "growth_basis", "rank_by", "direction", "may_be_negative", "printed_unit_zh", "printed_unit_en", "printed_divisor", "decimals",
        "print_growth", "phrase_zh", "zero_phrase_zh", "rank_name_zh", "chapter", "section")
    {
        Optional = ["stages_zh", "stages_en", "round_down_to", "is_profit", "register_zh", "register_en"],
    };

    internal static List<WithRow<Indicator>> Read(CsvTable? table)
    {
        var indicators = new List<WithRow<Indicator>>();
        var lines = new Dictionary<IndicatorCode, int>();
        foreach (var row in table?.Rows ?? [])
        {
            var indicator = ReadRow(row, indicators.Count);
            if (row.IsValid && !lines.TryAdd(indicator.Code, row.Line))
            {
                row.Fault(
                    "code", new($"与第 {lines[indicator.Code]} 行重复", $"it is on line {lines[indicator.Code]} already"),
                    new("请删去一行", "remove one of the two"));
            }

            if (row.IsValid)
            {
                indicators.Add(new(row, indicator));
            }
        }

        return indicators;
    }

    /// <summary>A register without units makes an indicator that no unit can report. It is most likely a typing error.</summary>
    internal static void CheckRegisters(IEnumerable<WithRow<Indicator>> indicators, IEnumerable<WithRow<UnitRow>> units)
    {
        var registers = units.SelectMany(unit => unit.Value.Span.Registers).ToHashSet(StringComparer.Ordinal);
        foreach (var (row, indicator) in indicators)
        {
            if (indicator.Register is { } register && !registers.Contains(register))
            {
                row.Fault(
                    "register", new($"没有单位在名录“{register}”中", $"no unit is on the register '{register}'"),
                    new("请更正名录名称，或在 units.csv 的 registers 中填写", "correct its name, or put units on it in the registers of units.csv"));
            }
        }
    }

    private static Indicator ReadRow(CsvRow row, int order)
    {
        var indicator = new Indicator
        {
            Code = row.Indicator("code"),
            NameZh = row.Required("name_zh"),
            NameEn = row.Required("name_en"),
            CanonicalUnit = row.Required("unit"),
            Kind = row.Word("kind", IndicatorKinds.ByCatalogueWord),
            ReportedBy = row.Word("reported_by", CatalogueVocabulary.Levels),
            Register = Register(row),
            RegisterName = (row.Text("register_zh"), row.Text("register_en")),
            JanuaryExempt = JanuaryExempt(row),
            Basis = row.Word("growth_basis", CatalogueVocabulary.Bases),
            RankBy = row.Word("rank_by", CatalogueVocabulary.RankBys),
            Direction = row.Word("direction", CatalogueVocabulary.Directions),
            MayBeNegative = row.YesNo("may_be_negative"),
            IsProfit = !row.IsEmpty("is_profit") && row.YesNo("is_profit"),
            Printing = PrintingCells.Read(row),
            Stages = StageCells.Read(row),
            Chapter = row.Required("chapter"),
            Section = row.Text("section"),
            Order = order,
        };
        if (row.IsValid && indicator is { RankBy: RankBy.Growth, Basis: GrowthBasis.None })
        {
            row.Fault(
                "rank_by", new("按增幅排名，但该指标不计增幅", "ranked by growth, but no growth is computed"),
                new("请改 growth_basis，或改为按 value 排名", "set growth_basis, or rank it by value"));
        }

        if (row.IsValid)
        {
            StageCells.CheckKind(row, indicator);
        }

        return indicator;
    }

    private static string? Register(CsvRow row)
    {
        var register = row.Text("register");
        return register.Length == 0 ? null
            : CatalogueVocabulary.IsRegister(register) ? register
            : row.Fault(
                "register", new($"“{register}”不是名录名称", $"'{register}' is not the name of a register"),
                new("请写一个小写英文词，如 industry", "write one lower-case word, such as industry"), (string?)null);
    }

    private static JanuaryExemption? JanuaryExempt(CsvRow row)
    {
        if (row.IsEmpty("january_exempt_from"))
        {
            if (!row.IsEmpty("january_exempt_to"))
            {
                row.Fault(
                    "january_exempt_to", new("有终止年而没有起始年", "there is a last year without a first"),
                    new("请填写 january_exempt_from，或清空本格", "fill in january_exempt_from, or empty this cell"));
            }

            return null;
        }

        var from = row.Year("january_exempt_from");
        var to = row.IsEmpty("january_exempt_to") ? 9999 : row.Year("january_exempt_to");
        if (row.IsValid && to < from)
        {
            row.Fault("january_exempt_to", new($"{to} 早于 {from}", $"{to} is before {from}"), new("请核对两个年份", "check the two years"));
        }

        return new JanuaryExemption(from, to);
    }
}
