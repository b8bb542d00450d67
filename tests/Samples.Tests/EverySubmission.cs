using System.Globalization;
using XilinIngest.Indicators;

namespace XilinIngest.Samples.Tests;

public sealed class EverySubmission
{
    [Fact]
    public void Comes_from_a_unit_of_the_catalogue_with_a_valid_code() => Assert.All(SampleLedger.All, sent =>
    {
        Assert.True(UnitCode.TryParse(sent.Unit, out _), sent.Unit);
        Assert.NotNull(SampleRepository.Catalogue.RowOf(sent.Unit, sent.Period));
    });

    [Fact]
    public void States_the_canonical_unit() =>
        Assert.All(SampleLedger.All, sent => Assert.Equal(SampleRepository.Catalogue[sent.Indicator].Unit, sent.StatedUnit));

    [Fact]
    public void Has_an_id_of_its_own() =>
        Assert.Equal(SampleLedger.Submissions.Count,
            SampleLedger.Submissions.Select(submission => submission.GetProperty("submissionId").GetGuid()).Distinct().Count());

    [Fact]
    public void Comes_within_the_calendars_window_or_says_why_it_is_late()
    {
        var calendar = SampleRepository.Rows("catalogue/calendar.csv").ToDictionary(row => row["period"]);
        Assert.All(SampleLedger.Submissions, submission =>
        {
            var window = calendar[submission.GetProperty("period").GetString()!];
            var at = submission.GetProperty("submittedAt").GetDateTimeOffset();
            Assert.InRange(at, Time(window["opens"]), Time(window["locks"]));
            Assert.Equal(at > Time(window["closes"]), submission.TryGetProperty("correction", out _));
        });
    }

    [Fact]
    public void That_is_due_is_there_and_no_other()
    {
        var catalogue = SampleRepository.Catalogue;
        var expected = from period in Enumerable.Range(0, 24).Select(new Period(2021, 1).AddMonths)
                       from unit in catalogue.Units.Where(unit => unit.Covers(period))
                       from indicator in catalogue.Indicators.Where(indicator => unit.Reports(indicator) && indicator.IsDueIn(period))
                       select (unit.Code, indicator.Code, period);
        var effective = SampleLedger.Effective.SelectMany(group => group).Select(sent => (sent.Unit, sent.Indicator, sent.Period));

        Assert.Equal(expected.ToHashSet(), effective.ToHashSet());
    }

    [Fact]
    public void Raises_no_question_that_it_does_not_answer()
    {
        var values = SampleLedger.All.Where(sent => sent.Value is not null).ToLookup(sent => (sent.Unit, sent.Indicator));
        var money = SampleRepository.Rows("catalogue/rules.csv").Single(row => row["id"] == "R01")["indicators"].Split(' ').ToHashSet();
        var asked = from sent in SampleLedger.All
                    where sent.Value > 0 && money.Contains(sent.Indicator)
                    let typical = Median(
                        values[(sent.Unit, sent.Indicator)]
                        .Where(old => old.Period < sent.Period && old.Period >= sent.Period.SameMonthLastYear))
                    where typical > 0 && (sent.Value >= typical * 7 || sent.Value * 7 <= typical)
                    select (sent.Unit, sent.Indicator, sent.Period);
        var corrected = from sent in SampleLedger.All
                        where sent.YearToDate is not null
                        let months = values[(sent.Unit, sent.Indicator)]
                        .Where(month => month.Period.Year == sent.Period.Year && month.Period <= sent.Period)
                        where months.GroupBy(month => month.Period).Sum(month => month.MaxBy(one => one.Revision)!.Value) != sent.YearToDate
                        select (sent.Unit, sent.Indicator, sent.Period);
        var answered = from submission in SampleLedger.Submissions
                       where submission.TryGetProperty("explanations", out _)
                       from answer in submission.GetProperty("explanations").EnumerateArray()
                       select (submission.GetProperty("unit").GetString()!, answer.GetProperty("indicator").GetString()!,
                           Period.Parse(submission.GetProperty("period").GetString()!));

        Assert.Equal(answered.ToHashSet(), asked.Concat(corrected).ToHashSet());
    }

    [Theory]
    [InlineData("MANUFACTURING_INVESTMENT", "FIXED_ASSET_INVESTMENT")]
    [InlineData("RETAIL_SALES", "TRADE_CATERING_SALES")]
    public void Has_no_part_larger_than_its_whole(string part, string whole)
    {
        var wholes = SampleLedger.All.Where(sent => sent.Indicator == whole).ToLookup(sent => (sent.Unit, sent.Period));
        Assert.All(SampleLedger.All.Where(sent => sent.Indicator == part),
            sent => Assert.All(wholes[(sent.Unit, sent.Period)], all => Assert.True(sent.Value <= all.Value)));
    }

    [Fact]
    public void Has_rates_that_are_their_numerator_over_their_denominator() => Assert.All(
        SampleLedger.All.Where(sent => sent.Denominator is not null), sent =>
    {
        Assert.InRange(sent.Numerator!.Value, 0, sent.Denominator!.Value);
        Assert.Equal(Math.Round(sent.Numerator.Value * 100 / sent.Denominator.Value, 2, MidpointRounding.AwayFromZero), sent.Value);
    });

    [Fact]
    public void Comes_again_in_parts_is_withdrawn_once_and_is_corrected_once_after_the_close()
    {
        Assert.Equal(12, SampleLedger.Submissions.Count(submission => submission.GetProperty("revision").GetInt32() > 1));
        Assert.Single(SampleLedger.All, sent => sent.Value is null);
        Assert.Single(SampleLedger.Submissions, submission => submission.TryGetProperty("correction", out _));
    }

    private static decimal? Median(IEnumerable<SubmittedFigure> sent)
    {
        var sorted = sent.Select(one => one.Value!.Value).Order().ToArray();
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
