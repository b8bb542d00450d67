using System.Text;
using System.Text.Json.Nodes;
using XilinIngest.Indicators;
using static XilinIngest.TestFixtures.TestSubmissions;

namespace XilinIngest.TestFixtures;

/// <summary>Submissions with units and indicators of a small catalogue, and that catalogue.</summary>
public static class SmallCatalogueSubmissions
{
    public const string Village = "320404007201";
    public const string NewVillage = "320404007203";
    public const string Firm = CatalogueFolder.Firm;

    public static JsonObject ValidSubmission() => NewSubmission(Village, "2022-07", Petitions(3));

    public static JsonObject Petitions(decimal? value) => Value("PETITIONS", value, "件");

    public static JsonObject Sales(decimal? value) => Value("RETAIL_SALES", value, "万元");

    public static JsonObject Because(string rule, string text, string indicator = "PETITIONS") =>
        new() { ["rule"] = rule, ["indicator"] = indicator, ["text"] = text };

    public static JsonObject ReasonOf(string text) => new() { ["reason"] = text };

    public static JsonObject Rate(decimal part, decimal whole) => new()
    {
        ["indicator"] = "VACCINATION",
        ["unit"] = "%",
        ["numerator"] = part,
        ["denominator"] = whole,
    };

    public static JsonObject FirstValue(this JsonObject sheet) => sheet["values"]![0]!.AsObject();

    public static byte[] Bytes(this JsonObject sheet) => Encoding.UTF8.GetBytes(sheet.ToJsonString());

    /// <summary>
    /// The smallest valid catalogue with a rate, a stock, an indicator that may be negative, a new village and two years of months added.
    /// </summary>
    public static CatalogueFolder Catalogue() => new CatalogueFolder()
        .Append("indicators.csv", "VACCINATION,接种率,Vaccination,%,rate,village,,,,none,value,higher,no,%,%,1,1,no,,,,民生,健康")
        .Append("indicators.csv", "FIRMS,企业数,Firms,家,stock,village,,,,recorded,growth,higher,no,家,firms,1,0,no,,,,发展,经济")
        .Append("indicators.csv", "PROFIT,利润,Profit,万元,flow,village,,,,recorded,growth,higher,yes,万元,\"10,000 yuan\",1,0,no,,,,发展,经济")
        .Append("units.csv", $"{NewVillage},三村,Village 3,village,320404007000,2022-08,,,no")
        .Write("calendar.csv",
            "period,opens,deadline,closes,locks\n"
                + string.Concat(Enumerable.Range(0, 24).Select(i => Window(new Period(2021, 1).AddMonths(i)))))
        .Write("rules.csv", """
            id,version,severity,indicators,kinds,fires_when,message_zh,message_en,remedy_zh,remedy_en
            R01,1,question,*,flow,typical > 0 and month >= typical * 7,约为常见值的十倍,Ten times the usual,请核对单位,Check the unit
            R06,3,question,*,flow,abs(ytd - months_sum) > 0.01,累计与各月之和不符,Not the sum of the months,请核对,Check it
            R07,2,question,*,*,recorded > 0 and abs(last_year - recorded) > recorded * 0.3,上年同期相差三成,Last year differs by 30 %,请说明,Say why
            R08,1,error,*,rate,numerator > denominator,分子大于分母,Numerator above denominator,请核对,Check both

            """);

    private static string Window(Period month) =>
        $"{month},{month.AddMonths(1)}-01T00:00+08:00,{month.AddMonths(1)}-08T18:00+08:00,{month.AddMonths(2)}-20T18:00+08:00,"
            + $"{month.Year + 1}-06-30T18:00+08:00\n";
}
