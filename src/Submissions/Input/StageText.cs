using System.Globalization;
using System.Text.RegularExpressions;
using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Input;

/// <summary>A stage as people write it: its number, its name, both (2 方案评审), or yes and no if there are two stages.</summary>
public static partial class StageText
{
    private static readonly string[] No = ["否", "no", "未达成"];
    private static readonly string[] Yes = ["是", "yes", "已达成"];

    public static bool TryRead(string text, IReadOnlyList<Stage> stages, out int stage)
    {
        var plain = NumberText.Normalize(text);
        stage = Numbered().Match(plain) is { Success: true } numbered
            && IsNameOf(numbered.Groups["name"].Value, stages, int.Parse(numbered.Groups["stage"].Value, CultureInfo.InvariantCulture))
            ? int.Parse(numbered.Groups["stage"].Value, CultureInfo.InvariantCulture)
            : IndexOf(plain, stages);
        return stage >= 0;
    }

    /// <summary>The text of a stage in a list of choices.</summary>
    public static string Format(int stage, IReadOnlyList<Stage> stages) =>
        $"{stage.ToString(CultureInfo.InvariantCulture)} {stages[stage].NameZh}";

    private static bool IsNameOf(string name, IReadOnlyList<Stage> stages, int stage) =>
        stage < stages.Count && (name.Length == 0 || IsName(name, stages[stage]));

    private static int IndexOf(string text, IReadOnlyList<Stage> stages)
    {
        var at = stages.Select((stage, i) => (stage, i))
            .Where(pair => IsName(text, pair.stage)).Select(pair => pair.i + 1).FirstOrDefault() - 1;
        return at >= 0 || stages.Count != 2 ? at
            : No.Contains(text, StringComparer.OrdinalIgnoreCase) ? 0
            : Yes.Contains(text, StringComparer.OrdinalIgnoreCase) ? 1
            : -1;
    }

    private static bool IsName(string text, Stage stage) =>
        text.Equals(NumberText.Normalize(stage.NameZh), StringComparison.OrdinalIgnoreCase)
        || text.Equals(NumberText.Normalize(stage.NameEn), StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\A(?<stage>[0-9]{1,2}) ?(?<name>[^0-9.,].*|)\z")]
    private static partial Regex Numbered();
}
