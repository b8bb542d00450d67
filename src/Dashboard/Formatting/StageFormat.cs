using System.Globalization;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Dashboard.Formatting;

/// <summary>Formats stages as text: the stage of a unit, or the number of units at each stage.</summary>
internal static class StageFormat
{
    /// <summary>The stage of one unit, with its date.</summary>
    public static string Name(CatalogueIndicator indicator, decimal stage, DateOnly? since, Lang lang)
    {
        var name = decimal.IsInteger(stage) && stage >= 0 && stage < indicator.Stages.Count ? indicator.Stages[(int)stage] : null;
        var date = since is { } day ? lang.T($"（{Date(day)}）", $" ({Date(day)})") : "";
        return (name is null ? FigureFormat.Number(stage) : lang.T(name.NameZh, name.NameEn)) + date;
    }

    /// <summary>The stage of a unit that reports itself; for a parent, the number of units at each stage, highest first.</summary>
    public static string Text(CatalogueIndicator indicator, SeriesPoint month, Lang lang)
    {
        if (month.Stages is not { } units || units.Sum() == 0)
        {
            return FigureFormat.NoFigure;
        }

        var standing = Enumerable.Range(0, units.Count).Reverse().Where(stage => units[stage] > 0).ToList();
        if (month.UnitsWithoutStage is not { } without)
        {
            return Name(indicator, standing[0], month.Since, lang);
        }

        var counts = standing.Select(stage => $"{Name(indicator, stage, null, lang)} {units[stage]}");
        return string.Join(lang.T("，", ", "), without == 0 ? counts : counts.Append(lang.T($"未报 {without}", $"not reported {without}")));
    }

    /// <summary>The heading of a column of stages. A yes/no indicator has another heading, because yes and no are not stages.</summary>
    public static string Heading(CatalogueIndicator indicator, Lang lang) =>
        HasNamedStages(indicator) ? lang.T("阶段", "Stage") : lang.T("是否达成", "Achieved");

    /// <summary>The label of a stage in a form.</summary>
    public static string Label(CatalogueIndicator indicator, Lang lang) =>
        HasNamedStages(indicator) ? lang.T("达到的阶段", "Stage reached") : lang.T("是否达成", "Achieved");

    /// <summary>Whether there are stages between the lowest and the highest.</summary>
    public static bool HasNamedStages(CatalogueIndicator? indicator) => indicator is { Stages.Count: > 2 };

    /// <summary>A milestone against its plan: by how many stages a unit is behind, or how many of a parent's units are.</summary>
    public static string AgainstPlan(ReportRow row, int unitsBehind, Lang lang)
    {
        if (row is { UnitsWithoutStage: null, PlannedStage: { } planned, YearToDate: { } stage })
        {
            var stages = planned - (int)stage;
            return stages <= 0 ? lang.T("达到计划进度", "as planned")
                : lang.T($"滞后计划{stages}个阶段", $"{EnglishNoun.Count(stages, "stages")} behind the plan");
        }

        return (unitsBehind, row.UnitsWithoutStage) switch
        {
            (0, > 0) => lang.T("已报的均达到计划进度", "those that have reported as planned"),
            (0, _) => lang.T("均达到计划进度", "all as planned"),
            _ => lang.T($"滞后计划{unitsBehind}个", $"{unitsBehind} behind the plan"),
        };
    }

    /// <summary>A yes/no figure against its target, which requires nothing before its month.</summary>
    public static string AgainstTarget(ReportRow row, decimal gap, Lang lang)
    {
        var missing = (row.Target ?? 0) - (row.YearToDate ?? 0);
        return missing <= 0 ? lang.T("达到目标", "the target is met")
            : gap >= 0 ? lang.T("未到目标期限", "not due yet")
            : row.UnitsWithoutStage is null ? lang.T("未达成", "not achieved")
            : lang.T($"还差{FigureFormat.InSentence(missing)}{row.UnitZh}", $"{FigureFormat.Number(missing)} short of the target");
    }

    /// <summary>The target of an indicator with stages.</summary>
    public static string Target(ReportRow row, decimal target, CatalogueIndicator indicator, Lang lang) =>
        HasNamedStages(indicator)
            ? Name(indicator, target, null, lang)
        : row.Stages is not null && row.UnitsWithoutStage is null ? lang.T("达成", "achieved")
        : lang.T(FigureFormat.InSentence(target) + row.UnitZh, $"{FigureFormat.Number(target)} {row.UnitEn}");

    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The text that a ranking shows for a place.</summary>
    public static string Ranked(CatalogueIndicator indicator, RankedUnit place, Lang lang) =>
        place.Value is not { } value ? FigureFormat.NoFigure
        : place.Since is not null || value == 0 || HasNamedStages(indicator) ? Name(indicator, value, place.Since, lang)
        : FigureFormat.Number(value) + lang.T(indicator.PrintedUnitZh, " " + indicator.PrintedUnitEn);
}
