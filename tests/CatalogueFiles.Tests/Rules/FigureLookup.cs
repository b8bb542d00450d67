using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Tests.Rules;

/// <summary>Figures by name; those not named are absent.</summary>
internal static class FigureLookup
{
    internal static RuleFigures Create(params (string Name, decimal Value)[] given)
    {
        var values = given.ToDictionary(figure => figure.Name, figure => figure.Value);
        return new RuleFigures(
            Get("month"), Get("ytd"), Get("months_sum"), Get("previous"), Get("last_year"), Get("recorded"), Get("typical"),
            Get("numerator"), Get("denominator"), code => Get(code.Value));

        decimal? Get(string name) => values.TryGetValue(name, out var value) ? value : null;
    }
}
