using System.Text;
using XilinIngest.CatalogueFiles;

namespace XilinIngest.TestFixtures;

/// <summary>A folder with the smallest catalogue that is good: one district, one street, two villages, a firm; two indicators.</summary>
public sealed class CatalogueFolder : IDisposable
{
    public const string Firm = "91350100M000100Y43";

    private static readonly Dictionary<string, string> Good = new()
    {
        ["indicators.csv"] = "code,name_zh,name_en,unit,kind,reported_by,register,january_exempt_from,january_exempt_to,growth_basis,"
            + "rank_by,direction,may_be_negative,printed_unit_zh,printed_unit_en,printed_divisor,decimals,print_growth,phrase_zh,"
            + "zero_phrase_zh,rank_name_zh,chapter,section\n"
            + """
            RETAIL_SALES,社零,Retail sales,万元,flow,enterprise,trade,2013,,comparable,growth,higher,no,亿元,100 million yuan,10000,1,yes,,,,发展,经济
            PETITIONS,信访,Petitions,件,flow,village,,,,none,value,lower,no,件,cases,1,0,no,信访{value},零上访,,民生,稳定

            """,
        ["units.csv"] = """
            code,name_zh,name_en,kind,parent,valid_from,valid_to,registers,reports_whole
            320404000000,钟楼区,Zhonglou,district,,2020-01,,,no
            320404007000,西林街道,Xilin,street,320404000000,2020-01,,,no
            320404001000,五星街道,Wuxing,street,320404000000,2020-01,,,yes
            320404007201,一村,Village 1,village,320404007000,2020-01,,,no
            320404007202,二村,Village 2,village,320404007000,2020-01,,,no
            91350100M000100Y43,企业1,Firm 1,enterprise,320404007201,2021-01,2021-12,trade,no
            91350100M000100Y43,企业1,Firm 1,enterprise,320404007202,2022-01,,trade industry,no

            """,
        ["targets.csv"] = """
            unit,indicator,year,kind,value
            320404007000,RETAIL_SALES,2022,growth,-2.5
            320404007000,PETITIONS,2022,amount,12

            """,
        ["colours.csv"] = """
            level,scheme,amber_behind,red_behind,margin,silenced_by_parent
            street,pace,5,15,1,no
            village,siblings,0,0,0.5,yes

            """,
        ["calendar.csv"] = """
            period,opens,deadline,closes,locks
            2022-07,2022-08-01T00:00:00+08:00,2022-08-08T18:00:00+08:00,2022-08-20T18:00:00+08:00,2023-06-30T18:00:00+08:00
            2022-08,2022-09-01T00:00+08:00,2022-09-08T18:00+08:00,2022-09-08T18:00+08:00,2023-06-30T10:00:00Z

            """,
        ["rules.csv"] = """
            id,version,severity,indicators,kinds,fires_when,message_zh,message_en,remedy_zh,remedy_en
            R01,1,question,RETAIL_SALES,*,month >= 7 * typical,十倍,Ten times,"核对，单位","Check it, and the unit"
            R02,2,error,*,flow stock,PETITIONS < 0,为负,Negative,改正,Correct it

            """,
    };

    public string Path { get; } = Directory.CreateTempSubdirectory("xilin-catalogue-").FullName;

    public CatalogueFolder()
    {
        foreach (var (file, text) in Good)
        {
            Write(file, text);
        }
    }

    public string Text(string file) => File.ReadAllText(In(file));

    public CatalogueFolder Write(string file, string text) => Write(file, Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n")));

    public CatalogueFolder Write(string file, byte[] bytes)
    {
        File.WriteAllBytes(In(file), bytes);
        return this;
    }

    /// <summary>Changes the file's one occurrence of a text.</summary>
    public CatalogueFolder Edit(string file, string from, string to)
    {
        var text = Text(file);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, $"'{from}' is not in {file}");
        return Write(file, text[..at] + to + text[(at + from.Length)..]);
    }

    public CatalogueFolder Append(string file, string line) => Write(file, Text(file) + line + "\n");

    public CatalogueFolder Remove(string file)
    {
        File.Delete(In(file));
        return this;
    }

    public CatalogueReadResult Read() => CatalogueReader.Read(Path);

    public string In(string file) => System.IO.Path.Combine(Path, file);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
