using XilinIngest.Indicators;
using XilinIngest.TabularFiles.Csv;

namespace XilinIngest.Samples;

/// <summary>The columns of a row of indicators.csv that the generator needs.</summary>
internal sealed record IndicatorRow(
    string Code, string Unit, string Kind, string ReportedBy, string Register, bool JanuaryExempt, bool Comparable)
{
    public bool IsDueIn(Period period) => period.Month != 1 || !JanuaryExempt;
}

/// <summary>A row of units.csv: a unit in one span of months.</summary>
internal sealed record UnitRow(
    string Code, string Name, string Kind, string Parent, Period From, Period? To, IReadOnlyList<string> Registers, bool ReportsWhole)
{
    public bool Covers(Period period) => period >= From && (To is null || period <= To);

    private string Level => Kind switch { "street" or "town" => "street", "village" or "community" => "village", _ => Kind };

    public bool Reports(IndicatorRow indicator) =>
        ReportsWhole || (Level == indicator.ReportedBy && (indicator.Register.Length == 0 || Registers.Contains(indicator.Register)));
}

/// <summary>The units and indicators of the catalogue. They are read from it and not repeated here.</summary>
internal sealed record CatalogueRows(IReadOnlyList<IndicatorRow> Indicators, IReadOnlyList<UnitRow> Units)
{
    public const string Street = "西林街道";

    public string CodeOf(string name) => Units.First(unit => unit.Name == name).Code;

    public IndicatorRow this[string indicator] => Indicators.First(row => row.Code == indicator);

    public UnitRow? RowOf(string code, Period period) => Units.FirstOrDefault(row => row.Code == code && row.Covers(period));

    /// <summary>The streets and towns, in catalogue order.</summary>
    public IEnumerable<UnitRow> Streets => Units.Where(unit => unit.Kind is "street" or "town");

    public static CatalogueRows Read(string folder) => new(
        [.. CsvRecordReader.ReadSoundFile(Path.Combine(folder, "indicators.csv")).Select(row => new IndicatorRow(
            row["code"], row["unit"], row["kind"], row["reported_by"], row["register"], row["january_exempt_from"].Length > 0,
            row["growth_basis"] == "comparable"))],
        [.. CsvRecordReader.ReadSoundFile(Path.Combine(folder, "units.csv")).Select(row => new UnitRow(
            row["code"], row["name_zh"], row["kind"], row["parent"], Period.Parse(row["valid_from"]),
            Period.TryParse(row["valid_to"], out var to) ? to : null,
            row["registers"].Split(' ', StringSplitOptions.RemoveEmptyEntries), row["reports_whole"] == "yes"))]);
}
