using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Report;

/// <summary>Builds a row of the report from a published total and its place in the published ranking.</summary>
internal static class ReportRowBuilder
{
    private const int MaxMoreDecimals = 4;

    public static ReportRow Build(PublishedSnapshot published, Unit unit, Indicator indicator, Period period)
    {
        var total = published.TotalOf(unit, indicator, period);
        var parent = published.Catalogue.Units.ParentOf(unit, period);
        // A zero has no digits: the change to it decides the unit.
        var told = total?.YearToDate is null or 0 ? total?.GrowthAmount : total.YearToDate;
        var printed = indicator with { Printing = ApartFromTarget(indicator.PrintingAt(unit.Level, told), total) };
        var row = Figures(printed, total, total?.Expected ?? published.ExpectedOf(unit, indicator, period));
        if (parent is not null && published.RankingOf(parent, indicator, period) is { Ranking: { Ended: null } ranking })
        {
            row = WithRank(row, ranking, unit);
        }

        var counted = total?.Stages is null ? null : published.Catalogue.Units.LevelReportingBelow(unit, indicator, period);
        return ReportPhrases.Write(printed, row, total, counted, published.Catalogue.TargetOf(unit, indicator, period.Year), period.Month,
            parent?.Kind, IsExempt(published, unit, indicator, period));
    }

    /// <summary>Whether the month is a January in which the unit, which otherwise reports the indicator, reports none.</summary>
    public static bool IsExempt(PublishedSnapshot published, Unit unit, Indicator indicator, Period period) =>
        !indicator.IsDueIn(period) && published.ExpectedOf(unit, indicator, period.AddMonths(1)) > 0;

    // A figure that misses its target is not printed like it: it has as many digits as that takes.
    private static Printing ApartFromTarget(Printing printing, IndicatorTotal? total)
    {
        if (printing.RoundDownTo is not null
            || total is not { Colour: TargetColour.Amber or TargetColour.Red, TargetKind: TargetType.Amount }
            || (total.YearToDate, total.Target) is not ({ } figure, { } target) || figure == target)
        {
            return printing;
        }

        var finest = printing.Decimals + MaxMoreDecimals;
        while (printing.Decimals < finest && Rounding.Print(figure, printing) == Rounding.Print(target, printing))
        {
            printing = printing with { Decimals = printing.Decimals + 1 };
        }

        return printing;
    }

    private static ReportRow Figures(Indicator indicator, IndicatorTotal? total, int expected)
    {
        var printing = indicator.Printing;
        var figure = total?.YearToDate is { } exact ? Rounding.Report(exact, printing) : (ReportedFigure?)null;
        var compared = ComparisonBuilder.FiguresOf(total);
        return new ReportRow
        {
            Indicator = indicator.Code.Value,
            NameZh = indicator.NameZh,
            NameEn = indicator.NameEn,
            UnitZh = printing.UnitZh,
            UnitEn = printing.UnitEn,
            Decimals = figure?.Decimals ?? printing.Decimals,
            Kind = indicator.Kind.Name,
            GrowthUnit = KindCapabilities.NameOf(indicator.Kind.GrowthUnit),
            TargetMeasure = KindCapabilities.NameOf(indicator.Kind.TargetMeasure),
            YearToDate = figure is { } told ? TotalBuilder.Normalize(told.Value) : null,
            IsCutDown = figure is { IsCutDown: true },
            Uncut = figure is { IsCutDown: true } ? TotalBuilder.Normalize(total?.YearToDate / printing.Divisor) : null,
            Base = Print(total?.Base, printing),
            Comparison = ComparisonBuilder.Build(total, printing),
            Growth = total?.Growth,
            GrowthWords = total?.GrowthWords,
            GrowthAmount = Print(total?.GrowthAmount, printing),
            GrowthChange = total?.GrowthChange,
            GrowthZh = total?.GrowthWords is null ? null : GrowthText.Zh(compared, indicator),
            GrowthEn = total?.GrowthWords is null ? null : GrowthText.En(compared, indicator),
            Target = total?.TargetKind == TargetType.Amount ? Print(total.Target, printing) : total?.Target,
            TargetKind = total?.TargetKind,
            Gap = total?.Gap,
            Colour = total?.Colour,
            Stages = total?.Stages,
            UnitsWithoutStage = total?.UnitsWithoutStage,
            PlannedStage = total?.PlannedStage,
            UnitsBehind = total?.UnitsBehind,
            Reported = total?.Reported ?? 0,
            Expected = expected,
            State = total?.State ?? ResultState.Provisional,
            Chapter = indicator.Chapter,
            Section = indicator.Section,
            PhraseZh = "",
            PhraseEn = "",
        };
    }

    private static ReportRow WithRank(ReportRow row, RankingPublished ranking, Unit unit)
    {
        var place = ranking.Units.FirstOrDefault(ranked => ranked.Unit == unit.Code.Value);
        return row with
        {
            Rank = place?.Rank,
            PreviousRank = place?.PreviousRank,
            Ranked = ranking.Units.Count(ranked => ranked.Rank is not null),
            RankingState = ranking.State,
        };
    }

    private static decimal? Print(decimal? amount, Printing printing) =>
        amount is { } exact ? TotalBuilder.Normalize(Rounding.Print(exact, printing)) : null;
}
