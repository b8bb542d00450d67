using System.Text.Json.Nodes;
using XilinIngest.Contracts;

namespace XilinIngest.Admin.Tests.Federation;

/// <summary>Two installations as processes: what the one publishes is what the other takes.</summary>
public sealed class A_street_that_reports_to_a_district(TwoInstallations two) : IClassFixture<TwoInstallations>
{
    [Fact]
    public void Is_told_in_a_dry_run_what_would_be_reported_and_reports_nothing()
    {
        two.DryRun.AssertSucceeded();
        Assert.Contains("Would report 2, not taken 0, waiting 0, 0 months", two.DryRun.Output, StringComparison.Ordinal);
        Assert.Contains("Reported 18, ", two.QuestionedRun.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Stops_at_a_month_that_the_district_asks_about_until_the_question_is_answered()
    {
        Assert.Equal(2, two.QuestionedRun.ExitCode);
        Assert.Contains("2022-07: the upper installation does not take it.", two.QuestionedRun.Output, StringComparison.Ordinal);
        Assert.Contains("Reported 18, not taken 1, waiting 5, 18 months", two.QuestionedRun.Output, StringComparison.Ordinal);
        Assert.Contains("Reported 6, not taken 0, waiting 0, 24 months", two.FirstRun.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Sends_a_submission_for_each_month_and_says_what_it_leaves_out()
    {
        two.FirstRun.AssertSucceeded();
        Assert.Contains("PARTY_BUILDING_SITE: not reported, its figure here is a number of units", two.FirstRun.Output,
            StringComparison.Ordinal);
        Assert.Equal(TwoInstallations.Months.Length + 2, two.Rows.Count);
        Assert.Equal(TwoInstallations.Months, two.Rows.Select(row => (string)row["period"]!).Distinct().Order());
        Assert.All(two.Rows, row => Assert.Equal("accepted", (string?)row["verdict"]));
    }

    [Fact]
    public void Has_the_same_totals_above_to_the_last_digit()
    {
        List<string> differences = [];
        var compared = 0;
        foreach (var month in TwoInstallations.Months)
        {
            foreach (var (indicator, below) in two.Below[month])
            {
                if (below.State == ResultState.Provisional || indicator == "PARTY_BUILDING_SITE")
                {
                    continue;
                }

                compared++;
                var above = two.Above[month].GetValueOrDefault(indicator);
                if (above is null || above.YearToDate != below.YearToDate || above.Printed != below.Printed
                    || (below.Month is not null && above.Month != below.Month)
                    || above.Numerator != below.Numerator || above.Denominator != below.Denominator)
                {
                    differences.Add($"{month} {indicator}: {below} / {above}");
                }
            }
        }

        Assert.Empty(differences);
        Assert.True(compared > 800, $"{compared}");
    }

    [Fact]
    public void Has_the_same_growth_above_where_all_units_below_are_compared()
    {
        var pairs = TwoInstallations.Months.SelectMany(month => two.Below[month].Values
            .Where(below => below is { State: not ResultState.Provisional, Growth: not null, Compared: null, LeftOut: null })
            .Select(below => (Month: month, Below: below, Above: two.Above[month][below.Indicator]))).ToList();
        Assert.True(pairs.Count > 80, $"{pairs.Count}");
        Assert.Empty(pairs.Where(pair => pair.Above.Growth != pair.Below.Growth)
            .Select(pair => $"{pair.Month} {pair.Below.Indicator}: {pair.Below.Growth} / {pair.Above.Growth}"));
    }

    [Fact]
    public void Sends_nothing_while_nothing_has_changed() =>
        Assert.Contains("Reported 0, not taken 0, waiting 0, 12 months as they are here.", two.SecondRun.Output, StringComparison.Ordinal);

    [Fact]
    public void Sends_the_months_that_a_revision_below_changed_as_the_next_revision()
    {
        two.RunAfterRevision.AssertSucceeded();
        Assert.Contains(
            "Reported 2, not taken 0, waiting 0, 3 months as they are here.", two.RunAfterRevision.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["2022-11", "2022-12"],
            two.Rows.Where(row => (int)row["revision"]! == 2).Select(row => (string)row["period"]!).Order());
    }

    [Fact]
    public async Task Keeps_the_origin_in_the_upper_ledger()
    {
        var revision = two.Rows.Single(row => (int)row["revision"]! == 2 && (string)row["period"]! == "2022-11");
        var detail = await two.DetailAsync((long)revision["sequence"]!);
        var origin = detail["origin"]!;
        Assert.True(JsonNode.DeepEquals(origin, JsonNode.Parse((string)detail["body"]!)!["origin"]));
        Assert.Equal(("西林街道", XilinSubmissions.Xilin), ((string)origin["source"]!, (string)origin["unit"]!));
        Assert.Equal(64, ((string)origin["checkpoint"]!["root"]!).Length);
        Assert.Equal(["ENTERPRISE_VISITS"], origin["totals"]!.AsArray().Select(total => (string)total!["indicator"]!));
    }

    [Fact]
    public void Is_verified_against_what_it_publishes_and_against_its_ledger()
    {
        two.Verification.AssertSucceeded();
        Assert.Matches("^2[0-9]{2} figures verified, 0 do not hold", two.Verification.Output);
    }

    [Fact]
    public void Is_found_to_differ_where_someone_above_changed_a_figure()
    {
        Assert.Equal(2, two.VerificationAfterCorrection.ExitCode);
        Assert.Contains("2022-12 INDUSTRY_PROJECTS", two.VerificationAfterCorrection.Output, StringComparison.Ordinal);
        Assert.Contains("has value 9, ", two.VerificationAfterCorrection.Output, StringComparison.Ordinal);
        Assert.Contains(" 1 do not hold", two.VerificationAfterCorrection.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_not_verified_where_its_ledger_is_signed_with_another_key()
    {
        Assert.Equal(1, two.VerificationWithOtherKey.ExitCode);
        Assert.Contains("is not signed with this key", two.VerificationWithOtherKey.Errors, StringComparison.Ordinal);
    }
}
