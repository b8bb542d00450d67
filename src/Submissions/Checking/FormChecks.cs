using System.Runtime.InteropServices;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Submissions.Checking;

/// <summary>
/// The built-in checks that need no history: unit, month, indicators and figures. Whether the month is closed, <see cref="WindowChecks"/>
/// finds at the commit.
/// </summary>
public static class FormChecks
{
    /// <summary>The maximum lead of an office's clock. A time in the future is refused, because the time orders submissions.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromHours(1);

    // An earlier day is a typing error, because no reported stage was reached before.
    private static readonly DateOnly EarliestDate = new(2000, 1, 1);

    /// <summary>Adds its findings to the submission.</summary>
    public static void Check(Submission submission, Catalogue catalogue, DateTimeOffset now)
    {
        var findings = submission.Findings;
        if (submission.SubmittedAt > now + ClockTolerance)
        {
            findings.Add(BuiltInFindings.TimeInFuture(submission.SubmittedAt));
        }

        if (submission.HasSubmittedAt && catalogue.FirstPeriod is { } first && submission.SubmittedAt < StartOfMonth(first))
        {
            findings.Add(BuiltInFindings.TimeTooEarly(submission.SubmittedAt, first));
        }

        if (submission.Period is { } period)
        {
            CheckWindow(submission, catalogue, period, now);
            if (submission.Unit is { } unit && submission.MonthRequest is null)
            {
                CheckUnit(submission, unit, period);
            }
        }

        foreach (ref readonly var value in CollectionsMarshal.AsSpan(submission.Values))
        {
            if (!value.IsWithdrawn)
            {
                CheckFigures(submission, value);
            }
        }

        if (submission.Explanations.Count > 0)
        {
            CheckExplanations(submission, catalogue);
        }
    }

    private static void CheckExplanations(Submission submission, Catalogue catalogue)
    {
        var findings = submission.Findings;

        // A repeated name gives one finding.
        foreach (var name in submission.Explanations.Select(explanation => explanation.Rule)
            .Distinct().Where(name => catalogue.Rules.All(rule => rule.Id != name)))
        {
            findings.Add(BuiltInFindings.ExplanationOfUnknownRule(name));
        }

        foreach (var explanation in submission.Explanations.Where(explanation => !ExplanationQuality.IsMeaningful(explanation.Text))
            .DistinctBy(explanation => (explanation.Rule, explanation.Indicator)))
        {
            findings.Add(BuiltInFindings.ExplanationEmpty(explanation.Rule, explanation.Indicator));
        }
    }

    // In China's time, like the calendar.
    private static DateTimeOffset StartOfMonth(Period month) => new(month.Year, month.Month, 1, 0, 0, 0, TimeSpan.FromHours(8));

    private static void CheckWindow(Submission submission, Catalogue catalogue, Period period, DateTimeOffset now)
    {
        var findings = submission.Findings;
        if (submission.CorrectionReason is { } correction && !ExplanationQuality.IsMeaningful(correction))
        {
            findings.Add(BuiltInFindings.ReasonMissing());
        }

        if (submission.MonthRequest?.Reason is { } reason && !ExplanationQuality.IsMeaningful(reason))
        {
            findings.Add(BuiltInFindings.MonthReasonEmpty());
        }

        if (submission.ReviewRequest?.Reason is { } remark && !ExplanationQuality.IsMeaningful(remark))
        {
            findings.Add(BuiltInFindings.ReviewReasonEmpty());
        }

        switch (catalogue.WindowOf(period))
        {
            case null:
                findings.Add(BuiltInFindings.NotInCalendar(period));
                break;
            case var window when now < window.Opens:
                findings.Add(BuiltInFindings.NotYetOpen(window));
                break;
            case { IsHistory: true } window when submission is { MonthRequest: null, ReviewRequest: null }:
                findings.Add(BuiltInFindings.Backfilled(window));
                break;
        }
    }

    private static void CheckUnit(Submission submission, Unit unit, Period period)
    {
        if (unit.SpanIn(period) is not { } span)
        {
            submission.Findings.Add(BuiltInFindings.UnitNotActive(unit, period));
            return;
        }

        foreach (ref readonly var value in CollectionsMarshal.AsSpan(submission.Values))
        {
            if (!UnitTree.Reports(unit, span, value.Indicator))
            {
                submission.Findings.Add(BuiltInFindings.NotReportedBy(value.Indicator, unit));
            }
            else if (!value.Indicator.IsDueIn(period) && value.Figures != default)
            {
                submission.Findings.Add(BuiltInFindings.NotDue(value.Indicator, period));
            }
        }
    }

    private static void CheckFigures(Submission submission, in SubmittedValue value)
    {
        var (indicator, figures, named, isReadable) = value;
        var findings = submission.Findings;
        var kind = indicator.Kind;
        var present = figures.PresentFields;

        // If only one part is given, the other may be in the ledger. The decision checks that.
        if (kind.IsRatio && isReadable && (figures.Numerator is null) == (figures.Denominator is null) && !kind.IsReport(figures))
        {
            findings.Add(BuiltInFindings.RatePartsIncomplete(indicator));
        }

        if ((present & ~kind.Fields & (FigureFields.Numerator | FigureFields.Denominator)) != 0)
        {
            findings.Add(BuiltInFindings.NotForKind(indicator, "numerator / denominator"));
        }

        // A withdrawal of the whole indicator does not count as naming each field.
        var ownFields = named == FigureFields.All ? present : named;
        if ((ownFields & ~kind.Fields & FigureFields.YearToDate) != 0)
        {
            findings.Add(BuiltInFindings.NotForKind(indicator, "yearToDate"));
        }

        if ((ownFields & ~kind.Fields & FigureFields.LastYear) != 0)
        {
            findings.Add(BuiltInFindings.NotForKind(indicator, "lastYear"));
        }

        if ((present & ~kind.Fields & FigureFields.Date) != 0)
        {
            findings.Add(BuiltInFindings.NotForKind(indicator, FigureNames.Date));
        }

        if (kind.StagesOf(indicator) is { Count: > 0 } stages)
        {
            CheckStage(submission, value, stages.Count);
            return;
        }

        if (indicator.MayBeNegative)
        {
            return;
        }

        RejectNegative(submission, indicator, "value", figures.Value);
        if (!figures.HasRareFigures)
        {
            return;
        }

        RejectNegative(submission, indicator, "yearToDate", figures.YearToDate);
        RejectNegative(submission, indicator, "lastYear", figures.LastYear);
        RejectNegative(submission, indicator, "numerator", figures.Numerator);
    }

    private static void CheckStage(Submission submission, SubmittedValue value, int count)
    {
        var (indicator, figures, named, isReadable) = value;
        var findings = submission.Findings;
        if (figures.Value is { } stage && (stage < 0 || stage >= count || !decimal.IsInteger(stage)))
        {
            findings.Add(BuiltInFindings.NoSuchStage(indicator, stage));
        }
        else if (figures is { Value: > 0, Date: null } && isReadable && named != FigureFields.All)
        {
            findings.Add(BuiltInFindings.StageWithoutDate(indicator));
        }

        if (figures is { Value: 0, Date: not null })
        {
            findings.Add(BuiltInFindings.DateWithoutStage(indicator));
        }

        if (figures.Date is { } early && early < EarliestDate)
        {
            findings.Add(BuiltInFindings.DateTooEarly(indicator, early, EarliestDate));
        }

        if (figures.Date is { } date && submission.Period is { } period && date > LastDayOf(period))
        {
            findings.Add(BuiltInFindings.DateAfterMonth(indicator, date, period));
        }
    }

    private static DateOnly LastDayOf(Period period) => new(period.Year, period.Month, DateTime.DaysInMonth(period.Year, period.Month));

    private static void RejectNegative(Submission submission, Indicator indicator, string field, decimal? figure)
    {
        if (figure is < 0 and var value)
        {
            submission.Findings.Add(BuiltInFindings.Negative(indicator, field, value));
        }
    }
}
