using System.Globalization;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Admin.Federation;

/// <summary>Maps a published total to a value of the submission above. It takes figures over and computes none.</summary>
internal static class TotalMapping
{
    private const decimal MaxAmount = 1_000_000_000_000_000m;
    private const int MaxDecimals = 6;

    /// <param name="total">The total.</param>
    /// <param name="below">Its indicator in the lower installation's catalogue.</param>
    /// <param name="place">The unit and month above.</param>
    /// <param name="stageReached">
    /// The day by which all units of a parent had reached a stage, from the totals of earlier months; null: not known.
    /// </param>
    public static MappedTotal Map(IndicatorTotal total, Indicator below, UpperPlace place, Func<int, DateOnly?> stageReached)
    {
        if (!place.Catalogue.TryFind(below.Code, out var above))
        {
            return LeftOut(total, new("上级目录中没有该指标", "the upper catalogue does not have it"));
        }

        if (FindContradiction(below, above) is { } contradiction)
        {
            return LeftOut(total, contradiction);
        }

        if (FindExemption(above, place) is { } exemption)
        {
            return LeftOut(total, exemption);
        }

        if (above.Kind.IsRatio && total is { Month: not null, Denominator: null })
        {
            return LeftOut(total, new(
                "本级由旧版本发布，没有分子和分母；请重建结果库", "an older version published it without its parts: rebuild the cube"));
        }

        if (!HasFigure(total, above.Kind))
        {
            return new(total) { IsWithdrawn = true };
        }

        if (FindIncompleteness(total, above.Kind, place) is { } incompleteness)
        {
            return LeftOut(total, incompleteness);
        }

        var mapped = above.Kind.KeepsLatest ? MapStage(total, above, stageReached) : MapAmounts(total, below, above, place.Period);
        return mapped.Value is { } value && FindExcess(value, above) is { } excess ? LeftOut(total, excess) : mapped;
    }

    private static MappedTotal LeftOut(IndicatorTotal total, MappingObstacle obstacle) => new(total) { Obstacle = obstacle };

    private static MappingObstacle? FindContradiction(Indicator below, Indicator above) =>
        below.Kind != above.Kind
            ? new($"本级为{below.Kind}，上级为{above.Kind}，类别不同", $"it is {below.Kind} here and {above.Kind} above", IsFault: true)
        : below.CanonicalUnit != above.CanonicalUnit
            ? new($"本级以{below.CanonicalUnit}计，上级以{above.CanonicalUnit}计，计量单位不同",
                $"it is in {below.CanonicalUnit} here and in {above.CanonicalUnit} above", IsFault: true)
        : below.Stages.Count != above.Stages.Count
            ? new($"本级有{below.Stages.Count}个阶段，上级有{above.Stages.Count}个",
                $"it has {below.Stages.Count} stages here and {above.Stages.Count} above", IsFault: true)
        : null;

    private static MappingObstacle? FindExemption(Indicator above, UpperPlace place) =>
        !UnitTree.Reports(place.Unit, above, place.Period) ? new("上级不要求本单位填报", "it is not the unit's to report above")
        : !above.IsDueIn(place.Period) ? new("上级1月免报", "January is exempt above")
        : null;

    private static bool HasFigure(IndicatorTotal total, IndicatorKind kind) =>
        kind.IsRatio ? total.Denominator is not null
        : kind.KeepsLatest && total.UnitsWithoutStage is not null ? total.Stages is not null
        : total.Month is not null;

    private static MappingObstacle? FindIncompleteness(IndicatorTotal total, IndicatorKind kind, UpperPlace place)
    {
        if (total.State != ResultState.Provisional)
        {
            return null;
        }

        var (reported, expected) = (Number(total.Reported), Number(total.Expected));
        return !place.TakesProvisional
            ? new($"快报，{reported}/{expected}已报", $"provisional, {reported} of {expected} reported")
            : kind is { IsAtMonthEnd: true, KeepsLatest: false }
            ? new($"{reported}/{expected}已报：未报齐的期末数不是全部单位的期末数",
                $"{reported} of {expected} reported: the stock at the month's end of some units is not that of all")
            : null;
    }

    private static MappedTotal MapAmounts(IndicatorTotal total, Indicator below, Indicator above, Period period)
    {
        var kind = above.Kind;
        var january = new Period(period.Year, 1);
        var isTwoMonths = period.Month == 2 && below.IsDueIn(january) && !above.IsDueIn(january);
        var hasBase = (kind.Fields & FigureFields.LastYear) != 0 && total is { Basis: ComparisonBasis.Comparable, Base: not null };
        return new(total)
        {
            Value = new IndicatorValue
            {
                Indicator = total.Indicator,
                Unit = above.CanonicalUnit,

                // Where January is exempt above, February's report has both months.
                Value = kind.IsRatio ? null : isTwoMonths ? total.YearToDate : total.Month,
                YearToDate = kind.AddsMonths ? total.YearToDate : null,

                // A base of a part of the units would be compared with the figure of all.
                LastYear = hasBase && total.Compared is null ? total.Base : null,
                Numerator = total.Numerator,
                Denominator = total.Denominator,
                Note = Note(total, hasBase),
            },
        };
    }

    private static MappedTotal MapStage(IndicatorTotal total, Indicator above, Func<int, DateOnly?> stageReached)
    {
        if (total.UnitsWithoutStage is not { } without)
        {
            return Stage(total.Month ?? 0, total.Since, Note(total, hasBase: false));
        }

        if (!above.Kind.HasNamedStages)
        {
            return LeftOut(total, new(
                "本级的数是达成的单位数，不能作为一个单位的是或否上报",
                "its figure here is a number of units, which is no yes or no of one unit"));
        }

        if (without > 0)
        {
            return LeftOut(total, new($"{Number(without)}个单位还没有报过阶段", $"{Number(without)} units have never reported a stage"));
        }

        var stage = total.YearToDate ?? 0;
        var date = stage > 0 ? stageReached((int)stage) : null;
        return stage == 0 || date is not null
            ? Stage(stage, date, Join(Note(total, hasBase: false), stage > 0 ? "日期为全部单位达到该阶段的月份的最后一天" : null))
            : LeftOut(total, new("早期月份的数不全，不知道何时全部达到该阶段", "the earlier months do not show when all units reached the stage"));

        MappedTotal Stage(decimal value, DateOnly? since, string? note) => new(total)
        {
            Value = new IndicatorValue
            {
                Indicator = total.Indicator,
                Value = value,
                Unit = above.CanonicalUnit,
                Date = value > 0 ? since : null,
                Note = note,
            },
        };
    }

    private static string? Note(IndicatorTotal total, bool hasBase) => Join(
        total.State == ResultState.Provisional ? $"快报：{Number(total.Reported)}/{Number(total.Expected)}已报" : null,
        hasBase && total.Compared is not null ? "可比口径未包括全部单位，不报上年同期" : null,
        hasBase && total.Compared is null && total.BaseSubstitutes > 0
            ? $"上年同期中{Number(total.BaseSubstitutes)}个单位以上年原报数代替" : null);

    private static string? Join(params ReadOnlySpan<string?> parts)
    {
        var present = parts.ToArray().Where(part => part is not null).ToList();
        return present.Count == 0 ? null : string.Join('；', present);
    }

    private static MappingObstacle? FindExcess(IndicatorValue value, Indicator above)
    {
        decimal?[] figures = [value.Value, value.YearToDate, value.LastYear, value.Numerator, value.Denominator];
        return figures.Any(figure => Math.Abs(figure ?? 0) >= MaxAmount || (figure ?? 0).Scale > MaxDecimals)
            ? new("位数超过报表的范围", "it has more digits than a submission may have", IsFault: true)
            : !above.MayBeNegative && !above.Kind.KeepsLatest && figures.Any(figure => figure < 0)
            ? new("有负数，而上级不允许该指标为负", "a figure is below zero, which the upper catalogue does not allow", IsFault: true)
            : null;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
