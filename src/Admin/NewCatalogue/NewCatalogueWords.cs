using XilinIngest.CatalogueFiles.Creation;
using XilinIngest.Indicators;
using XilinIngest.SubmissionFiles.Maps;

namespace XilinIngest.Admin.NewCatalogue;

/// <summary>The columns and words of an office's tables of units and indicators, and the rows of the catalogue that they make.</summary>
internal static class NewCatalogueWords
{
    private static readonly Dictionary<string, string> UnitKinds = Words(
        ("省 省级", "province"), ("市 地级市 市级", "city"), ("区 县 区县 市辖区", "district"), ("街道", "street"), ("镇 乡 乡镇", "town"),
        ("村 行政村", "village"), ("社区 居委会", "community"), ("企业 单位", "enterprise"));

    private static readonly Dictionary<string, string> Levels = Words(
        ("区 县", "district"), ("街道 镇 乡镇", "street"), ("村 社区 村(社区) 村社区", "village"), ("企业", "enterprise"));

    private static readonly Dictionary<string, string> Kinds = Words(
        ("发生数 流量 本月数", "flow"), ("月末数 存量 时点数", "stock"), ("净增 净增数", "net_increase"), ("比率 率", "rate"), ("是否", "yes_no"),
        ("指数 给定", "given"));

    private static readonly Dictionary<string, string> Bases = Words(
        ("无 不计", "none"), ("可比 可比口径", "comparable"), ("原报 上年原报数 原报数口径", "recorded"));

    /// <summary>The columns of a table of units; the last name is the English one.</summary>
    public static string[][] UnitColumns { get; } =
        [["名称", "单位名称", "name"], ["代码", "单位代码", "code"], ["类型", "kind"], ["上级", "上级单位", "parent"], ["名录", "registers"],
            ["整体报送", "reports_whole"]];

    /// <summary>The columns of a table of indicators.</summary>
    public static string[][] IndicatorColumns { get; } =
        [["名称", "指标名称", "name"], ["计量单位", "单位", "unit"], ["类别", "kind"], ["报送单位", "谁报", "reported_by"], ["代码", "指标代码", "code"],
            ["名录", "register"], ["增幅口径", "growth_basis"], ["1月免报", "january_exempt"], ["可为负", "may_be_negative"], ["章节", "chapter"]];

    /// <exception cref="AdminCommandException">A word or a parent is unknown; it names the row.</exception>
    public static IReadOnlyList<NewUnit> Units(IReadOnlyList<NewCatalogueRow> rows, string table)
    {
        var codes = rows.GroupBy(row => NameKey.Of(row["名称"])).ToDictionary(row => row.Key, row => row.Select(one => one["代码"]).ToList());
        return [.. rows.Select(row => new NewUnit(
            row["代码"], row["名称"], Find(UnitKinds, row, "类型", "", table), Parent(row, codes, table), row["名录"], IsYes(row, "整体报送", table)))];
    }

    /// <exception cref="AdminCommandException">A word is unknown; it names the row.</exception>
    public static IReadOnlyList<NewIndicator> Indicators(IReadOnlyList<NewCatalogueRow> rows, string table) =>
        [.. rows.Select((row, i) => new NewIndicator(
            row["代码"] is { Length: > 0 } code ? code : FormattableString.Invariant($"IND_{i + 1:000}"), row["名称"], row["计量单位"],
            Find(Kinds, row, "类别", "flow", table), Find(Levels, row, "报送单位", "village", table), row["名录"],
            Find(Bases, row, "增幅口径", "none", table), IsYes(row, "1月免报", table), IsYes(row, "可为负", table),
            row["章节"] is { Length: > 0 } chapter ? chapter : "指标"))];

    // By its code or by its only name.
    private static string Parent(NewCatalogueRow row, Dictionary<string, List<string>> codes, string table)
    {
        var text = row["上级"];
        return text.Length == 0 || UnitCode.TryParse(text, out _) ? text
            : codes.GetValueOrDefault(NameKey.Of(text)) is [var only] ? only
            : throw Unknown(row, "上级", text, table, "写表中一个单位的名称或代码", "write the name or the code of a unit in the table");
    }

    private static bool IsYes(NewCatalogueRow row, string column, string table) => NameKey.Of(row[column]) switch
    {
        "是" or "YES" or "√" => true,
        "" or "否" or "NO" => false,
        _ => throw Unknown(row, column, row[column], table, "写是或否", "write yes or no"),
    };

    private static string Find(
        Dictionary<string, string> words, NewCatalogueRow row, string column, string otherwise, string table)
    {
        var text = row[column];
        return text.Length == 0 && otherwise.Length > 0 ? otherwise
            : words.GetValueOrDefault(NameKey.Of(text))
            ?? throw Unknown(row, column, text, table, $"写 {string.Join('、', words.Keys)} 之一",
                $"write one of {string.Join(", ", words.Values.Distinct())}");
    }

    private static AdminCommandException Unknown(
        NewCatalogueRow row, string column, string text, string table, string remedyZh, string remedyEn) => new(
        $"{table} 第 {row.Row} 行“{column}”：“{text}”不认识；{remedyZh}。", $"{table} row {row.Row} '{column}': '{text}' is unknown; {remedyEn}.");

    private static Dictionary<string, string> Words(params (string Zh, string Word)[] words) => words
        .SelectMany(word => word.Zh.Split(' ').Append(word.Word).Select(text => (Key: NameKey.Of(text), word.Word)))
        .DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Word);
}
