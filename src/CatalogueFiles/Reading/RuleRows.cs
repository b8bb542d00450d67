using XilinIngest.CatalogueFiles.Rules;
using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reading;

internal static class RuleRows
{
    private const string AllToken = "*";

    internal static readonly CsvSchema Shape = new(
        "rules.csv", "id", "version", "severity", "indicators", "kinds", "fires_when", "message_zh", "message_en", "remedy_zh",
        "remedy_en");

    internal static List<CheckRule> Read(CsvTable? table, KnownCodes indicators)
    {
        var lines = new Dictionary<string, int>();
        var rules = new List<CheckRule>();
        foreach (var row in table?.Rows ?? [])
        {
            var expression = Condition(row, indicators);
            var id = row.Required("id");
            if (id.Length > 0 && !lines.TryAdd(id, row.Line))
            {
                row.Fault(
                    "id", new($"第 {lines[id]} 行已有该编号", $"line {lines[id]} has that id already"),
                    new("请另取编号；修改规则时增加 version", "give it another id; a changed rule keeps its row and gets a higher version"));
            }

            rules.Add(new CheckRule
            {
                Id = id,
                Version = row.WholeNumber("version", 1, 9999),
                Severity = row.Word("severity", CatalogueVocabulary.Severities),
                Indicators = Indicators(row, indicators),
                Kinds = Kinds(row),
                Expression = row.Text("fires_when"),
                Condition = expression?.Condition ?? (_ => null),
                DividesByZero = expression?.DividesByZero ?? (_ => false),
                Names = expression?.Names ?? [],
                MessageZh = row.Required("message_zh"),
                MessageEn = row.Required("message_en"),
                RemedyZh = row.Required("remedy_zh"),
                RemedyEn = row.Required("remedy_en"),
            });
        }

        return rules;
    }

    private static RuleExpression? Condition(CsvRow row, KnownCodes indicators)
    {
        if (!RuleExpression.TryParse(row.Text("fires_when"), out var expression, out var fault))
        {
            row.Fault(
                "fires_when", new($"第 {fault.Column} 个字符：{fault.Problem.Zh}", $"at character {fault.Column}, {fault.Problem.En}"),
                fault.Remedy);
            return null;
        }

        foreach (var named in expression.Indicators.Where(named => !indicators.MayContain(named.Code.Value)))
        {
            row.Fault(
                "fires_when",
                new($"第 {named.Column} 个字符：指标 {named.Code} 不存在", $"at character {named.Column}, there is no indicator {named.Code}"),
                RuleFaults.NamesRemedy);
        }

        return expression;
    }

    private static HashSet<IndicatorCode> Indicators(CsvRow row, KnownCodes known)
    {
        var codes = new HashSet<IndicatorCode>();
        foreach (var text in List(row, "indicators"))
        {
            if (IndicatorCode.TryParse(text, out var code) && known.MayContain(text))
            {
                codes.Add(code);
            }
            else
            {
                row.Fault("indicators", new($"指标“{text}”不存在", $"there is no indicator '{text}'"), ListRemedy);
            }
        }

        return codes;
    }

    private static HashSet<IndicatorKind> Kinds(CsvRow row)
    {
        var kinds = new HashSet<IndicatorKind>();
        foreach (var text in List(row, "kinds"))
        {
            if (IndicatorKinds.ByCatalogueWord.TryGetValue(text, out var kind))
            {
                kinds.Add(kind);
            }
            else
            {
                row.Fault("kinds", new($"没有名为“{text}”的种类", $"there is no kind '{text}'"), ListRemedy);
            }
        }

        return kinds;
    }

    /// <summary>Empty for a star. An empty cell is a fault, because a forgotten list would apply the rule to everything.</summary>
    private static string[] List(CsvRow row, string column) =>
        row.Required(column) == AllToken ? [] : CatalogueVocabulary.Split(row.Text(column));

    private static readonly Bilingual ListRemedy = new("请用空格分开各项，或写 * 表示全部", "write them with spaces between, or * for all");
}
