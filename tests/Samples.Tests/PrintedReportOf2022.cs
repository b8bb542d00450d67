using System.Globalization;
using XilinIngest.Indicators;

namespace XilinIngest.Samples.Tests;

public sealed class PrintedReportOf2022
{
    private static readonly Dictionary<string, IReadOnlyDictionary<string, string>> Catalogue =
        SampleRepository.Rows("catalogue/indicators.csv").ToDictionary(row => row["code"]);

    public static TheoryData<string> Figures => [.. SampleRepository.Printed.Select(row => row["code"])];

    [Fact]
    public void Has_38_figures_and_the_catalogue_has_them_in_its_order() =>
        Assert.Equal(SampleRepository.Printed.Select(row => row["code"]),
            SampleRepository.Catalogue.Indicators.Where(row => row.Kind is not ("milestone" or "yes_no")).Select(row => row.Code));

    [Fact]
    public void Has_a_plan_in_stages_of_which_one_village_is_behind_and_three_model_sites()
    {
        Assert.Equal([2m, 3, 3, 3, 3, 3, 4], AtYearsEnd("AREA_PLANNING").Order());
        Assert.Equal(3, AtYearsEnd("PARTY_BUILDING_SITE").Sum());
    }

    private static IEnumerable<decimal> AtYearsEnd(string indicator) =>
        SampleLedger.FiguresOf(SampleLedger.Xilin, indicator, 2022)
        .Where(sent => sent.Period.Month == 12).Select(sent => sent.Value!.Value);

    [Theory]
    [MemberData(nameof(Figures))]
    public void Each_figure_is_the_sum_of_the_submissions_at_printed_precision(string code)
    {
        var fact = Fact(code);
        var amount = SampleLedger.Published(SampleLedger.Xilin, code) / Number(fact["divisor"]);
        if (fact["printed"].Length == 0)
        {
            Assert.InRange(amount, 90, 100); // the vaccination rate: no figure is printed, only its place
            return;
        }

        var decimals = int.Parse(fact["decimals"], CultureInfo.InvariantCulture);
        if (Catalogue[code]["round_down_to"] is { Length: > 0 } multiple)
        {
            Assert.Equal(Number(fact["printed"]), Math.Floor(amount / Number(multiple)) * Number(multiple));
            Assert.NotEqual(Number(fact["printed"]), amount); // The report says 余.
            return;
        }

        Assert.Equal(Number(fact["printed"]), Math.Round(amount, decimals, MidpointRounding.AwayFromZero));
    }

    [Theory]
    [MemberData(nameof(Figures))]
    public void Each_growth_is_the_printed_one_on_the_indicators_basis(string code)
    {
        var printed = Fact(code)["growth_pct"];
        Assert.Equal(printed.Length > 0 ? "yes" : "no", Catalogue[code]["print_growth"]);
        if (printed.Length > 0)
        {
            Assert.Equal(Number(printed), SampleLedger.Growth(SampleLedger.Xilin, code));
        }
    }

    [Theory]
    [MemberData(nameof(Figures))]
    public void Each_figure_and_unit_reads_as_the_report_has_it(string code)
    {
        var (fact, indicator) = (Fact(code), Catalogue[code]);
        Assert.Equal((fact["divisor"], fact["decimals"]), (indicator["printed_divisor"], indicator["decimals"]));
        if (fact["report_words"].Contains(fact["printed"], StringComparison.Ordinal) && fact["printed"].Length > 0)
        {
            var unit = ReportedFigure.UnitZh(indicator["printed_unit_zh"], indicator["round_down_to"].Length > 0);
            Assert.Contains(fact["printed"] + unit, fact["report_words"], StringComparison.Ordinal);
        }
        else
        {
            // The report has these in Chinese numerals or in words: 九项, 九大, 六个百分百, 前列, 零上访.
            Assert.Contains(code,
                new[] { "RECTIFICATION_CAMPAIGNS", "IMPROVEMENT_PROJECTS", "DUST_CONTROL_RATE", "SENIOR_VACCINATION_RATE",
                    "PETITIONS_AT_KEY_TIMES" });
        }
    }

    private static IReadOnlyDictionary<string, string> Fact(string code) => SampleRepository.Printed.Single(row => row["code"] == code);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
