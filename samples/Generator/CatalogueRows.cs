using CsvHelper;
using XilinIngest.Indicators;

namespace XilinIngest.Samples;

/// <summary>A row of indicators.csv, as far as the generator needs it.</summary>
internal sealed record IndicatorRow(
    string Code, string Unit, string Kind, string ReportedBy, string Register, bool JanuaryExempt, bool Comparable)
{
    public bool IsDueIn(Period period) => period.Month != 1 || !JanuaryExempt;
}

/// <summary>A row of units.csv: one span of a unit's life.</summary>
internal sealed record UnitRow(
    string Code, string Name, string Kind, string Parent, Period From, Period? To, IReadOnlyList<string> Registers, bool ReportsWhole)
{
    public bool Covers(Period period) => period >= From && (To is null || period <= To);

    private string Level => Kind switch { "street" or "town" => "street", "village" or "community" => "village", _ => Kind };

    public bool Reports(IndicatorRow indicator) =>
        ReportsWhole || (Level == indicator.ReportedBy && (indicator.Register.Length == 0 || Registers.Contains(indicator.Register)));
}

/// <summary>The user's own catalogue is the one truth on units and indicators: it is read, never repeated here.</summary>
internal sealed record CatalogueRows(IReadOnlyList<IndicatorRow> Indicators, IReadOnlyList<UnitRow> Units)
{
    public const string Street = "西林街道";

    public string CodeOf(string name) => Units.First(unit => unit.Name == name).Code;

    public IndicatorRow this[string indicator] => Indicators.First(row => row.Code == indicator);

    public UnitRow? RowOf(string code, Period period) => Units.FirstOrDefault(row => row.Code == code && row.Covers(period));

    /// <summary>The streets and towns, in catalogue order.</summary>
    public IEnumerable<UnitRow> Streets => Units.Where(unit => unit.Kind is "street" or "town");

    public static CatalogueRows Read(string folder) => new(
        Rows(Path.Combine(folder, "indicators.csv"), csv => new IndicatorRow(
            csv.GetString("code"), csv.GetString("unit"), csv.GetString("kind"), csv.GetString("reported_by"), csv.GetString("register"),
            csv.GetString("january_exempt_from").Length > 0, csv.GetString("growth_basis") == "comparable")),
        Rows(Path.Combine(folder, "units.csv"), csv => new UnitRow(
            csv.GetString("code"), csv.GetString("name_zh"), csv.GetString("kind"), csv.GetString("parent"),
            Period.Parse(csv.GetString("valid_from")), Period.TryParse(csv.GetString("valid_to"), out var to) ? to : null,
            csv.GetString("registers").Split(' ', StringSplitOptions.RemoveEmptyEntries), csv.GetString("reports_whole") == "yes")));

    private static List<T> Rows<T>(string path, Func<CsvReader, T> read)
    {
        using var csv = CsvReader.FromFile(path);
        var rows = new List<T>();
        while (csv.Read())
        {
            rows.Add(read(csv));
        }

        return rows;
    }
}
