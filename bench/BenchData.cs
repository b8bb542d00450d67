using System.Globalization;
using System.Text;
using XilinIngest.Indicators;

namespace XilinIngest.Bench;

/// <summary>
/// A fictitious district with eight streets, a hundred villages, a configurable number of enterprises and twenty indicators, and its
/// submissions of the size of a July report.
/// </summary>
internal sealed class BenchData
{
    public const int IndicatorCount = 20;
    private const int Streets = 8;
    private const int Villages = 100;

    public BenchData(int enterprises) => Enterprises = [.. Enumerable.Range(0, enterprises).Select(Code)];

    public IReadOnlyList<string> Enterprises { get; }

    public static string Indicator(int i) => string.Create(CultureInfo.InvariantCulture, $"BENCH_INDICATOR_{i:00}");

    /// <summary>The submission of an enterprise and month: twenty values, 1.5 KB. Each revision has different values.</summary>
    public byte[] Submission(int enterprise, Period period, int revision = 1)
    {
        var text = new StringBuilder(1600);
        text.Append(CultureInfo.InvariantCulture,
            $$"""
            {"submissionId":"{{Id(enterprise, period, revision)}}","unit":"{{Enterprises[enterprise]}}","period":"{{period}}",
            "revision":{{revision}},"submittedAt":"{{period.AddMonths(1)}}-03T09:14:00+08:00","submittedBy":"{{Enterprises[enterprise]}}",
            "values":[
            """);
        for (var i = 0; i < IndicatorCount; i++)
        {
            var cents = 10_000 + (enterprise * 7919L + i * 104_729L + period.Number * 31L + revision * 13L) % 90_000;
            text.Append(i == 0 ? "" : ",")
                .Append(CultureInfo.InvariantCulture,
                    $$"""{"indicator":"{{Indicator(i)}}","value":{{cents / 100}}.{{cents % 100:00}},"unit":"万元"}""");
        }

        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }

    public static byte[] Pack(IEnumerable<byte[]> submissions) =>
        Encoding.UTF8.GetBytes("""{"submissions":[""" + string.Join(',', submissions.Select(Encoding.UTF8.GetString)) + "]}");

    /// <summary>Writes the catalogue's files.</summary>
    public void WriteCatalogue(string folder)
    {
        Directory.CreateDirectory(folder);
        Write(folder, "indicators.csv",
            "code,name_zh,name_en,unit,kind,reported_by,register,january_exempt_from,january_exempt_to,growth_basis,rank_by,direction,"
                + "may_be_negative,printed_unit_zh,printed_unit_en,printed_divisor,decimals,print_growth,phrase_zh,zero_phrase_zh,"
                + "rank_name_zh,chapter,section",
            Enumerable.Range(0, IndicatorCount)
                .Select(i => $"{Indicator(i)},指标{i},Indicator {i},万元,flow,enterprise,,,,recorded,growth,higher,no,亿元,100 million "
                    + "yuan,10000,2,yes,,,,发展,经济"));
        Write(folder, "units.csv", "code,name_zh,name_en,kind,parent,valid_from,valid_to,registers,reports_whole", Units());
        Write(folder, "targets.csv", "unit,indicator,year,kind,value",
            Enumerable.Range(0, Streets).Select(s => $"{Street(s)},{Indicator(0)},2022,growth,5"));
        Write(folder, "colours.csv", "level,scheme,amber_behind,red_behind,margin,silenced_by_parent",
            ["street,pace,5,15,1,no", "village,pace,10,30,2,yes"]);
        Write(folder, "rules.csv", "id,version,severity,indicators,kinds,fires_when,message_zh,message_en,remedy_zh,remedy_en",
        [
            "R01,1,question,*,flow,typical > 0 and month >= typical * 70,约百倍,A hundred times,核对,Check",
            "R02,1,question,*,flow,typical > 0 and month > 0 and month * 70 <= typical,约百分之一,A hundredth,核对,Check",
            "R03,1,question,*,flow,abs(ytd - months_sum) > 1,累计不等,Year-to-date differs,核对,Check",
            $"R04,1,error,{Indicator(1)},*,month < 0 or {Indicator(0)} < 0,为负,Negative,核对,Check",
        ]);
        Write(folder, "calendar.csv", "period,opens,deadline,closes,locks",
            Enumerable.Range(0, 60).Select(i => new Period(2021, 1).AddMonths(i)).Select(p =>
                $"{p},{p.AddMonths(1)}-01T00:00:00+08:00,{p.AddMonths(1)}-08T18:00:00+08:00,2029-01-01T00:00:00+08:00,"
                    + $"2030-01-01T00:00:00+08:00"));
    }

    /// <summary>Splits the unit tree: the city, and each street, have a ledger and a cube each.</summary>
    public static void WritePartitions(string folder) => Write(folder, "partitions.csv", "path,connection",
        Enumerable.Range(0, Streets).Select(s => string.Create(CultureInfo.InvariantCulture, $"32.04.04.{s + 1:000},")).Prepend("32.04,"));

    /// <summary>The numbers of the enterprises, street by street.</summary>
    public IEnumerable<int> ByStreet() => Enumerable.Range(0, Enterprises.Count).OrderBy(e => e % Villages % Streets);

    private IEnumerable<string> Units()
    {
        yield return "320400000000,市,City,district,,2020-01,,,no";
        for (var s = 0; s < Streets; s++)
        {
            yield return $"{Street(s)},街道{s},Street {s},street,320400000000,2020-01,,,no";
        }

        for (var v = 0; v < Villages; v++)
        {
            yield return $"{Village(v)},村{v},Village {v},village,{Street(v % Streets)},2020-01,,,no";
        }

        for (var e = 0; e < Enterprises.Count; e++)
        {
            yield return $"{Enterprises[e]},样例企业{e:00000},Sample enterprise {e:00000},enterprise,{Village(e % Villages)},2020-01,,,no";
        }
    }

    private static string Street(int s) => string.Create(CultureInfo.InvariantCulture, $"320404{s + 1:000}000");

    private static string Village(int v) => string.Create(CultureInfo.InvariantCulture, $"320404{v % Streets + 1:000}{v + 1:000}");

    private static string Code(int e)
    {
        var first = string.Create(CultureInfo.InvariantCulture, $"91320404MA{e:0000000}");
        return first + UnitCode.CheckCharacter(first);
    }

    private static string Id(int enterprise, Period period, int revision) =>
        string.Create(CultureInfo.InvariantCulture, $"{enterprise:x8}-{revision:x4}-4000-8000-{period.Number:x12}");

    private static void Write(string folder, string name, string header, IEnumerable<string> rows) =>
        File.WriteAllLines(Path.Combine(folder, name), rows.Prepend(header));
}
