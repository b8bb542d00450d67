using System.Globalization;
using System.Text.RegularExpressions;
using XilinIngest.Indicators;

namespace XilinIngest.Standalone.Tests;

/// <summary>What a new user sees first: <c>--sample --exit</c>.</summary>
public sealed partial class The_sample_year(SampleRun run) : IClassFixture<SampleRun>
{
    private const string Sentence =
        "全年预计完成公共财政预算1.8亿元；固定资产投资34.3亿元，增幅11.1%；制造业投资1.77亿元，增幅26.6%；规模工业总产值15.8亿元；"
        + "限额以上批零住餐销售额121.9亿元，增幅7.6%；限额以上社会零售品总额14.1亿元，增幅1.5%；纳入核算的重点服务业营收2.15亿元，增幅25.5%；"
        + "数字经济核心产业增加值0.6亿元，增幅12.6%；上报净增高新技术企业13家。限额以上批零住餐销售额增幅、限额以上社会消费品零售总额增幅、"
        + "纳入核算的重点服务业营收增幅3项指标排名全区前三。";

    private static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> Indicators =
        ReferenceFiles.Rows(Path.Combine(RepositoryFiles.Catalogue, "indicators.csv"));

    public static TheoryData<string> Figures => [.. ReferenceFiles.Printed.Select(row => row["code"])];

    [Fact]
    public void Ends_with_exit_code_0_and_no_errors() => Assert.True(run.ExitCode == 0 && run.Errors.Length == 0, run.Errors);

    [Fact]
    public void Prints_the_reports_sentence_to_the_letter() => Assert.Contains(Sentence, run.Output, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Figures))]
    public void Prints_every_figure_of_the_report_in_the_table(string code)
    {
        var fact = ReferenceFiles.Printed.Single(row => row["code"] == code);
        var indicator = Indicators.Single(row => row["code"] == code);
        var row = Assert.Single(run.Lines, line => line.TrimStart().StartsWith(indicator["name_zh"] + " ", StringComparison.Ordinal));
        var figure = fact["printed"].Length == 0
            ? "96.4" : decimal.Parse(fact["printed"], CultureInfo.InvariantCulture)
            .ToString("N" + fact["decimals"], CultureInfo.InvariantCulture);
        var unit = ReportedFigure.UnitZh(indicator["printed_unit_zh"], indicator["round_down_to"].Length > 0);
        Assert.Contains($" {figure}{unit} ", row, StringComparison.Ordinal);
        if (fact["growth_pct"].Length > 0)
        {
            Assert.Contains($" +{fact["growth_pct"]}% ", row, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Prints_40_rows_each_with_all_its_units_reported()
    {
        var reported = run.Lines.Select(line => Reported().Match(line)).Where(match => match.Success).ToList();
        Assert.Equal(40, reported.Count);
        Assert.All(reported, match => Assert.Equal(match.Groups[1].Value, match.Groups[2].Value));
    }

    [Theory]
    [InlineData("限额以上批零住餐销售额：增幅+7.6%，居全区第2位（共8个）")]
    [InlineData("限额以上社会消费品零售总额：增幅+1.5%，居全区第3位（共8个）")]
    [InlineData("纳入核算的重点服务业营收：增幅+25.5%，居全区第1位（共8个）")]
    public void Prints_the_three_growth_rates_in_the_districts_top_three(string line) =>
        Assert.Contains(line, run.Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("红 东岱村2022年12月规模工业总产值完成全年目标的65.7%，慢于时序进度34.3个百分点。自2022年3月起。")]
    [InlineData("红 荷花池街道2022年12月一般公共预算收入下降8.4%，目标增长7%，低于目标15.4个百分点。自2022年4月起。")]
    [InlineData("黄 西林街道2022年12月一般公共预算收入下降3.6%，目标增长5%，低于目标8.6个百分点。自2022年4月起。")]
    [InlineData("黄 西林街道2022年12月限额以上社会消费品零售总额增长1.5%，目标增长8%，低于目标6.5个百分点。自2022年3月起。")]
    [InlineData("黄 凌家塘社区2022年12月限额以上社会消费品零售总额下降17.7%，目标增长5%，低于目标22.7个百分点。自2022年2月起。（上级已预警，静默）")]
    [InlineData("黄 马家村2022年12月规模工业总产值完成全年目标的88.2%，慢于时序进度11.8个百分点。自2022年5月起。")]
    [InlineData("黄 西林街道2022年12月片区城市设计和控规调整：7个村（社区）中，滞后计划1个（应完成规划报批）。自2022年12月起。")]
    [InlineData("黄 邹区镇2022年12月一般公共预算收入下降9.3%，目标增长3%，低于目标12.3个百分点。自2022年3月起。")]
    public void Prints_the_alerts_that_stand_and_why(string line)
    {
        Assert.Contains(line, run.Output, StringComparison.Ordinal);
        Assert.Contains("现有预警 9 条", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_what_became_of_every_submission() =>
        Assert.Contains("1951 份报表均有回执：退回 0 份，有疑问并已说明 3 份；台账共 1951 号。", run.Output, StringComparison.Ordinal);

    [Fact]
    public void Ends_with_a_report_that_was_returned_one_that_waits_and_a_month_that_is_open_again()
    {
        Assert.Contains("2022年12月审核：通过 6 份，其中泰盈社区退回后重报；待审 1 份（张家村）。", run.Output, StringComparison.Ordinal);
        Assert.Contains("2022年7月已重开：有两家企业补报7月份合同，经区里同意重开（台账第 1960 号）。", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_how_many_were_reminded() =>
        Assert.Contains("2022年12月催报：截止次日催报 3 个单位", run.Output, StringComparison.Ordinal);

    [Fact]
    public void Logs_no_fault_on_the_way() => Assert.DoesNotMatch("(fail|crit|warn):", run.Output);

    [Fact, Trait("suite", "long")]
    public async Task Is_printed_in_English_on_request()
    {
        using var folder = new TestFolder();
        using var program = new StandaloneProcess("--sample", "--exit", "--data", folder.In("data"), "--port", "0", "--lang", "en");
        Assert.Equal(0, await program.ExitAsync());
        Assert.Contains(
            "The whole year: General public budget revenue 180 million yuan; Fixed-asset investment 3.43 billion yuan (+11.1%);",
            program.Output, StringComparison.Ordinal);
        Assert.Matches(@"Fixed-asset investment +3\.43 billion yuan +3\.09 +\+11\.1% ", program.Output);
        Assert.DoesNotContain("100 million", program.Output, StringComparison.Ordinal);
        Assert.Contains("9 standing alerts", program.Output, StringComparison.Ordinal);
        Assert.Contains("1951 submissions, each with its receipt: 0 refused, 3 questioned and explained", program.Output,
            StringComparison.Ordinal);
        Assert.DoesNotMatch("[\\u4e00-\\u9fff]", program.Output);
    }

    [GeneratedRegex(@"\s([0-9]+)/([0-9]+)\s*$")]
    private static partial Regex Reported();
}

/// <summary>One run that the tests look at.</summary>
public sealed class SampleRun : IAsyncLifetime
{
    internal int ExitCode { get; private set; }
    internal string Output { get; private set; } = "";
    internal string Errors { get; private set; } = "";
    internal string[] Lines { get; private set; } = [];

    public async Task InitializeAsync()
    {
        using var folder = new TestFolder();
        using var program = new StandaloneProcess("--sample", "--exit", "--data", folder.In("data"), "--port", "0");
        ExitCode = await program.ExitAsync();
        (Output, Errors) = (program.Output, program.Errors.Trim());
        Lines = Output.Split('\n');
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
