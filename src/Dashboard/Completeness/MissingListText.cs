using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.Completeness;

/// <summary>The list of who has not reported, to be pasted into a group chat: at most a screen of a phone.</summary>
internal static class MissingListText
{
    private const int MaxLines = 10;
    private const int MaxIndicators = 3;
    private const int MaxNames = 40;

    /// <param name="month">The month.</param>
    /// <param name="about">The unit at and below which the late ones are.</param>
    /// <param name="nameOf">The name of an indicator.</param>
    /// <param name="form">The address where it is reported.</param>
    /// <param name="lang">The language.</param>
    /// <returns>The deadline, the units with what is missing, and what to do; with many units, their names alone.</returns>
    public static string Write(MonthCompleteness month, string about, Func<string, string> nameOf, string form, Lang lang)
    {
        var due = month.Deadline is { } deadline
            ? lang.T($"，截止 {FigureFormat.Time(deadline)}", $", due {FigureFormat.Time(deadline)}") : "";
        var head = lang.T($"【催报】{about}{FigureFormat.Month(month.Period, lang)}报表，{month.Missing.Count} 家未报齐{due}：",
            $"{about}, {month.Period}: {month.Missing.Count} have not reported{due}:");
        var units = month.Missing.Count <= MaxLines
            ? month.Missing.Select(missing => Name(missing, lang) + lang.T("：", ": ") + Indicators(missing, nameOf, lang))
            : [string.Join(lang.T("、", ", "), month.Missing.Take(MaxNames).Select(missing => Name(missing, lang)))
                + (month.Missing.Count > MaxNames
                    ? lang.T($" 等 {month.Missing.Count} 家", $" and {month.Missing.Count - MaxNames} more") : "")];
        return string.Join('\n', [head, .. units, lang.T($"请尽快填报：{form}", $"Please report: {form}")]);
    }

    private static string Name(MissingReport missing, Lang lang) =>
        lang.T(missing.NameZh, missing.NameEn) + (missing.Late ? lang.T("（逾期）", " (late)") : "");

    private static string Indicators(MissingReport missing, Func<string, string> nameOf, Lang lang)
    {
        var more = missing.Indicators.Count - MaxIndicators;
        return string.Join(lang.T("、", ", "), missing.Indicators.Take(MaxIndicators).Select(nameOf))
            + (more > 0 ? lang.T($"等 {missing.Indicators.Count} 项", $" and {more} more") : "");
    }
}
