using XilinIngest.Indicators;

namespace XilinIngest.Samples;

/// <summary>A first submission that differs from the true figures.</summary>
internal sealed record Slip(string Unit, string Period, string Indicator, Func<Figure, Figure> Said);

/// <summary>A later submission that names some values with their true figures, or withdraws them.</summary>
internal sealed record Later(string Unit, string Period, int Revision, string At, string[] Indicators, bool Withdraws =
    false, string? Reason = null);

/// <summary>The answer of a submission to a question of the checks.</summary>
internal sealed record Answer(string Unit, string Period, string Rule, string Indicator, string Text);

/// <summary>The irregular events of the two years that the plan does not contain.</summary>
internal static class Story
{
    private const string Firm = "西林样例企业";

    public static readonly Slip[] Slips =
    [
        new(Firm + "003", "2021-05", "INDUSTRIAL_OUTPUT", Percent(94)),
        new("马家村", "2021-09", "ENTERPRISE_VISITS", More(2)),
        new(Firm + "068", "2021-12", "DIGITAL_CORE_VALUE_ADDED", Percent(91)),
        new(Firm + "021", "2022-02", "FIXED_ASSET_INVESTMENT", Percent(90)),
        new(Firm + "036", "2022-03", "RETAIL_SALES", Percent(97)),
        new(Firm + "030", "2022-04", "TRADE_CATERING_SALES", Percent(106)),
        new(Firm + "007", "2022-05", "INDUSTRIAL_OUTPUT", Percent(82)), // never revised: July's year-to-date corrects it
        new("北港街道", "2022-06", "PUBLIC_BUDGET_REVENUE", Percent(97)),
        new(Firm + "060", "2022-06", "KEY_SERVICE_REVENUE", Percent(108)),
        new("东岱村", "2022-08", "SENIOR_VACCINATION_RATE",
            figure => Figure.Rate((long)figure.Numerator!.Value - 23, (long)figure.Denominator!.Value)),
        new("新闸街道", "2022-10", "TRADE_CATERING_SALES", Percent(98)),
        new("新闸街道", "2022-10", "RETAIL_SALES", Percent(95)),
        new("泰盈社区", "2022-11", "ENTERPRISE_VISITS", More(1)),
    ];

    public static readonly Later[] Revisions =
    [
        new(Firm + "003", "2021-05", 2, "2021-06-16T10:05:00", ["INDUSTRIAL_OUTPUT"]),
        new("马家村", "2021-09", 2, "2021-10-18T15:42:00", ["ENTERPRISE_VISITS"]),
        new(Firm + "068", "2021-12", 2, "2022-01-21T09:31:00", ["DIGITAL_CORE_VALUE_ADDED"]),
        new(Firm + "021", "2022-02", 2, "2022-03-17T11:20:00", ["FIXED_ASSET_INVESTMENT"]),
        new(Firm + "036", "2022-03", 2, "2022-11-14T14:08:00", ["RETAIL_SALES"], Reason: "经普查核对，3月零售额漏计一处门店，按销售台账补报"),
        new(Firm + "030", "2022-04", 2, "2022-05-19T16:47:00", ["TRADE_CATERING_SALES"]),
        new("北港街道", "2022-06", 2, "2022-07-22T10:36:00", ["PUBLIC_BUDGET_REVENUE"]),
        new(Firm + "060", "2022-06", 2, "2022-07-12T09:02:00", ["KEY_SERVICE_REVENUE"], Withdraws: true),
        new(Firm + "060", "2022-06", 3, "2022-07-15T13:55:00", ["KEY_SERVICE_REVENUE"]),
        new("东岱村", "2022-08", 2, "2022-09-13T08:49:00", ["SENIOR_VACCINATION_RATE"]),
        new("新闸街道", "2022-10", 2, "2022-11-24T17:11:00", ["TRADE_CATERING_SALES", "RETAIL_SALES"]),
        new("泰盈社区", "2022-11", 2, "2022-12-20T10:14:00", ["ENTERPRISE_VISITS"]),
    ];

    /// <summary>The checks ask each of these questions for this data, and the answers explain the figures.</summary>
    public static readonly Answer[] Answers =
    [
        new(Firm + "050", "2022-03", "R04", "TRADE_CATERING_SALES", "3月中旬起市场因疫情封控，本月只营业三天，数据属实"),
        new(Firm + "007", "2022-07", "R06", "INDUSTRIAL_OUTPUT", "5月产值漏计外协加工部分，本次在1-本月累计数中一并更正"),
        new(Firm + "024", "2022-10", "R01", "FIXED_ASSET_INVESTMENT", "冷库主体设备10月集中到货并一次性入账，附发票和验收单"),
    ];

    /// <summary>July's year-to-date of 007 corrects May. Some firms send theirs at the half-year and at the year's end.</summary>
    public static bool CarriesYearToDate(UnitRow unit, string indicator, Period period) =>
        (unit.Name, indicator, period.Number) == (Firm + "007", "INDUSTRIAL_OUTPUT", 202207)
        || (unit.Kind == "enterprise" && unit.Name[^1] is '0' or '5' && indicator is "INDUSTRIAL_OUTPUT" or "TRADE_CATERING_SALES"
            && period is { Year: 2022, Month: 6 or 12 });

    /// <summary>The market of 050 was closed in March 2022. The equipment of 024 arrived all in October.</summary>
    public static int SeasonOf(string unit, string line, int year, int month, int weight) => (unit[10..^1], line, year, month) switch
    {
        ("0000050", "other sales", 2022, 3) => 6,
        ("0000024", "other investment", 2022, 10) => 1600,
        _ => weight,
    };

    private static Func<Figure, Figure> Percent(int percent) =>
        figure => figure with { Value = Math.Round(figure.Value * percent / 100, 2, MidpointRounding.AwayFromZero) };

    private static Func<Figure, Figure> More(int count) => figure => figure with { Value = figure.Value + count };
}
