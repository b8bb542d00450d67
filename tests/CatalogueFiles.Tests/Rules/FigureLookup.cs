using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Tests.Rules;

/// <summary>Figures by name; those not named are absent.</summary>
internal sealed class FigureLookup : RuleFigures
{
    private readonly Dictionary<string, decimal> _values;

    private FigureLookup(Dictionary<string, decimal> values) => _values = values;

    public override decimal? Month => Get("month");

    public override decimal? Ytd => Get("ytd");

    public override decimal? MonthsSum => Get("months_sum");

    public override decimal? Previous => Get("previous");

    public override decimal? LastYear => Get("last_year");

    public override decimal? Recorded => Get("recorded");

    public override decimal? Typical => Get("typical");

    public override decimal? Numerator => Get("numerator");

    public override decimal? Denominator => Get("denominator");

    public override decimal? Next => Get("next");

    public override decimal? Date => Get("date");

    public override decimal? PreviousDate => Get("previous_date");

    public override decimal? NextDate => Get("next_date");

    public override decimal? OtherIndicator(IndicatorCode code) => Get(code.Value);

    internal static RuleFigures Create(params (string Name, decimal Value)[] given) =>
        new FigureLookup(given.ToDictionary(figure => figure.Name, figure => figure.Value));

    private decimal? Get(string name) => _values.TryGetValue(name, out var value) ? value : null;
}
