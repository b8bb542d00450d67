using XilinIngest.Admin.NewCatalogue;
using XilinIngest.CatalogueFiles.Creation;
using XilinIngest.Hosting;
using XilinIngest.Indicators;
using XilinIngest.TabularFiles;
using XilinIngest.TabularFiles.Workbooks;

namespace XilinIngest.Admin.Tests.NewCatalogues;

/// <summary>A catalogue that is made for a street from its own tables, or by questions.</summary>
public sealed class A_new_catalogue : IDisposable
{
    private static readonly NewCalendar Calendar = new(new Period(2026, 11), 3, 8, 20);
    private readonly GeneratedFilesFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Has_the_units_indicators_and_windows_of_the_tables()
    {
        var units = Book("单位.xlsx", ["单位名称", "上级", "代码", "类型", "名录"],
            ["样例区", null, "320404000000", "区", null], ["样例街道", "样例区", "320404007000", "街道", null],
            ["样例一村", "样例街道", "320404007201", "村", null], ["样例企业001", "样例一村", "91350100M000100Y43", "企业", "industry"]);
        var indicators = Book("指标.xlsx", ["指标名称", "计量单位", "类别", "报送单位", "名录", "1月免报", "增幅口径"],
            ["工业总产值", "万元", "发生数", "企业", "industry", "是", "可比"], ["户数", "户", "月末数", null, null, null, null]);

        var result = Create(NewCatalogueTable.Read(units, NewCatalogueWords.UnitColumns, ["名称", "代码"]),
            NewCatalogueTable.Read(indicators, NewCatalogueWords.IndicatorColumns, ["名称"]));

        Assert.Empty(result.Faults);
        var catalogue = result.Catalogue!;
        Assert.Equal(["320404000000", "320404007000", "320404007201", "91350100M000100Y43"],
            catalogue.Units.All.Select(unit => unit.Code.Value));
        Assert.Equal(["IND_001 Flow Enterprise Comparable", "IND_002 Stock Village None"],
            catalogue.Indicators.Select(each => $"{each.Code} {each.Kind} {each.ReportedBy} {each.Basis}"));
        Assert.False(catalogue.Indicators[0].IsDueIn(new Period(2027, 1)));
        Assert.True(File.Exists(_folder.In("my", "calendar.csv")));
        Assert.Contains("2026-12,2027-01-01T00:00:00+08:00,2027-01-08T18:00:00+08:00,2027-01-20T18:00:00+08:00,2027-06-30T18:00:00+08:00",
            File.ReadAllText(_folder.In("my", "calendar.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void Has_months_of_history_before_the_first_one()
    {
        var result = CatalogueCreator.Create(
            _folder.In("my"), NewCatalogueWords.Units([Row(("名称", "样例街道"), ("代码", "320404007000"), ("类型", "街道"))], "单位"),
            NewCatalogueWords.Indicators([Row(("名称", "户数"), ("计量单位", "户"))], "指标"),
            Calendar with { HistoryFrom = new Period(2025, 1) });
        Assert.Empty(result.Faults);
        var history = result.Catalogue!.Calendar.Where(window => window.IsHistory).Select(window => window.Period).ToList();
        Assert.Equal((22, new Period(2025, 1), new Period(2026, 10)), (history.Count, history[0], history[^1]));
        Assert.All(result.Catalogue.Units.All, unit => Assert.NotNull(unit.SpanIn(new Period(2025, 1))));
    }

    [Fact]
    public void Is_made_by_questions()
    {
        using var answers = new StringReader(
            "样例区 320404000000\n样例街道 320404007000\n样例一村 320404007201\n样例二村，320404007202\n\n样例社区 320404007001\n\n\n"
            + "走访企业 家\n预算收入 万元 街道 发生数 BUDGET\n\n");
        var questions = new NewCatalogueQuestions(new ServiceConsole(english: false), answers);
        var result = Create(questions.AskUnits(), questions.AskIndicators());
        Assert.Empty(result.Faults);
        Assert.Equal([UnitKind.District, UnitKind.Street, UnitKind.Village, UnitKind.Village, UnitKind.Community],
            result.Catalogue!.Units.All.Select(unit => unit.Kind));
        Assert.Equal(["IND_001", "BUDGET"], result.Catalogue.Indicators.Select(indicator => indicator.Code.Value));
    }

    [Fact]
    public void Is_not_made_of_a_table_with_two_columns_for_the_same()
    {
        var table = Book("指标.xlsx", ["名称", "单位", "计量单位"], ["走访企业", "村", "家"]);

        var exception = Assert.Throws<AdminCommandException>(
            () => NewCatalogueTable.Read(table, NewCatalogueWords.IndicatorColumns, ["名称"]));

        Assert.Contains("two columns for '计量单位'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_fault_is_not_made_and_a_folder_with_files_is_left_alone()
    {
        NewCatalogueRow[] units = [Row(("名称", "样例街道"), ("代码", "32040400"), ("类型", "街道"))];
        NewCatalogueRow[] indicators = [Row(("名称", "户数"), ("计量单位", "户"))];
        Assert.Contains("units.csv:2 code", Create(units, indicators).Faults[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));

        Directory.CreateDirectory(_folder.In("my"));
        File.WriteAllText(_folder.In("my", "units.csv"), "");
        Assert.Throws<IOException>(() => Create(units, indicators));
    }

    [Fact]
    public void Has_a_fault_that_names_the_row_of_a_word_or_a_parent_that_is_unknown()
    {
        var kind = Assert.Throws<AdminCommandException>(() => Create(
            [Row(("名称", "样例街道"), ("代码", "320404007000"), ("类型", "街"))], []));
        Assert.StartsWith("单位 第 2 行“类型”：“街”不认识；写 ", kind.MessageZh, StringComparison.Ordinal);
        var parent = Assert.Throws<AdminCommandException>(() => Create(
            [Row(("名称", "样例街道"), ("代码", "320404007000"), ("类型", "街道"), ("上级", "别的区"))], []));
        Assert.Contains("'别的区' is unknown", parent.Message, StringComparison.Ordinal);
    }

    private XilinIngest.CatalogueFiles.CatalogueReadResult Create(
        IReadOnlyList<NewCatalogueRow> units, IReadOnlyList<NewCatalogueRow> indicators) => CatalogueCreator.Create(
        _folder.In("my"), NewCatalogueWords.Units(units, "单位"), NewCatalogueWords.Indicators(indicators, "指标"), Calendar);

    private string Book(string name, string[] headings, params object?[][] rows)
    {
        var path = _folder.In(name);
        File.WriteAllBytes(path, WorkbookTableWriter.Write(new ExportTable("表", headings, rows)));
        return path;
    }

    private static NewCatalogueRow Row(params (string Column, string Text)[] cells) =>
        new(2, cells.ToDictionary(cell => cell.Column, cell => cell.Text));
}
