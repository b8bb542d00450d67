using XilinIngest.Hosting;

namespace XilinIngest.Admin.NewCatalogue;

/// <summary>Asks at the terminal for what no table was named.</summary>
internal sealed class NewCatalogueQuestions(ServiceConsole console, TextReader input)
{
    private static readonly string[] UnitFields = ["名称", "代码", "上级"];
    private static readonly string[] IndicatorFields = ["名称", "计量单位", "报送单位", "类别", "代码"];

    /// <summary>The district, the street, its villages and communities, and its enterprises.</summary>
    public IReadOnlyList<NewCatalogueRow> AskUnits()
    {
        var rows = new List<NewCatalogueRow>();
        rows.AddRange(Ask("所在的区（名称 代码），如：钟楼区 320404000000", "The district (name code), such as: 钟楼区 320404000000",
            UnitFields, "区", most: 1));
        var district = Name(rows);
        rows.AddRange(Ask("街道（名称 代码）", "The street (name code)", UnitFields, "街道", most: 1, parent: district));
        var street = Name(rows);
        rows.AddRange(Ask("村（名称 代码），一行一个，空行结束", "The villages (name code), one a line, an empty line at the end", UnitFields, "村",
            parent: street));
        rows.AddRange(Ask("社区（名称 代码），一行一个，空行结束", "The communities (name code), one a line, an empty line at the end", UnitFields,
            "社区", parent: street));
        rows.AddRange(Ask("企业（名称 统一社会信用代码 所在的村或社区），一行一个，空行结束",
            "The enterprises (name code village), one a line, an empty line at the end", UnitFields, "企业", parent: street));
        return Numbered(rows);
    }

    /// <summary>The indicators.</summary>
    public IReadOnlyList<NewCatalogueRow> AskIndicators() => Numbered(Ask(
        "指标（名称 计量单位 报送单位 类别 代码），一行一个，空行结束；后三项可不写（村、发生数、自动编号），如：走访企业 家 村 发生数",
        "The indicators (name unit reported_by kind code), one a line, an empty line at the end; the last three may be left out, such as: "
        + "走访企业 家 village flow", IndicatorFields, ""));

    private List<NewCatalogueRow> Ask(string zh, string en, string[] fields, string kind, int most = int.MaxValue, string parent = "")
    {
        console.WriteLine(zh, en);
        var rows = new List<NewCatalogueRow>();
        while (rows.Count < most && input.ReadLine()?.Split([' ', '\t', '　', ',', '，'], StringSplitOptions.RemoveEmptyEntries) is
            { Length: > 0 } words)
        {
            var cells = fields.Zip(words).ToDictionary(cell => cell.First, cell => cell.Second);
            if (words.Length > fields.Length || words.Length < 2)
            {
                throw new AdminCommandException($"“{string.Join(' ', words)}”应写成：{string.Join(' ', fields)}。",
                    $"'{string.Join(' ', words)}' has {words.Length} words; write 2 to {fields.Length}.");
            }

            if (kind.Length > 0)
            {
                cells["类型"] = kind;
                cells.TryAdd("上级", parent);
            }

            rows.Add(new(0, cells));
        }

        return rows;
    }

    private static string Name(List<NewCatalogueRow> rows) => rows.Count > 0 ? rows[^1]["名称"] : "";

    private static List<NewCatalogueRow> Numbered(List<NewCatalogueRow> rows) => [.. rows.Select((row, i) => row with { Row = i + 1 })];
}
