using XilinIngest.Contracts;

namespace XilinIngest.Worker.Tests.Ledger;

public sealed class A_catalogue_edited_over_a_ledger : IDisposable
{
    private readonly LedgerFixture _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void Is_refused_where_it_makes_another_thing_of_figures_and_names_the_line()
    {
        Assert.Equal(Verdict.Accepted, _ledger.Receipt(ValidSubmission().Bytes()).Verdict);
        var fault = Assert.Single(_ledger.Edit("indicators.csv", "Petitions,件,flow,village", "Petitions,件,flow,street"));
        Assert.StartsWith("indicators.csv:3 reported_by: indicator PETITIONS was changed from village to street", fault.ToString(),
            StringComparison.Ordinal);
        Assert.Equal(Verdict.Accepted, _ledger.Receipt(ValidSubmission().Set("revision", 2).Bytes()).Verdict);
    }

    [Fact]
    public void Is_taken_where_there_are_none_and_then_holds()
    {
        Assert.Empty(_ledger.Edit("indicators.csv", "Petitions,件", "Petitions,次"));
        Assert.Equal(Verdict.Accepted, _ledger.Receipt(NewSubmission(Village, "2022-07", Value("PETITIONS", 3, "次")).Bytes()).Verdict);
        Assert.Single(_ledger.Edit("indicators.csv", "Petitions,次", "Petitions,件"));
    }

    [Fact]
    public void Frees_what_was_taken_out_before_it_had_figures()
    {
        Assert.Empty(_ledger.Edit("indicators.csv", "VACCINATION,", "VACCINATIONS,"));
        Assert.Empty(_ledger.Edit("indicators.csv", "VACCINATIONS,接种率,Vaccination,%,rate", "VACCINATION,接种,Vaccinations,剂,flow"));
        Assert.Equal(Verdict.Accepted, _ledger.Receipt(NewSubmission(Village, "2022-07", Value("VACCINATION", 3, "剂")).Bytes()).Verdict);
        Assert.Single(_ledger.Edit("indicators.csv", "Vaccinations,剂,flow", "Vaccinations,剂,stock"));
    }

    [Fact]
    public void Is_what_a_submission_is_judged_by_that_came_in_before_the_edit()
    {
        var pending = _ledger.Prepare(ValidSubmission().Bytes());
        Assert.Empty(_ledger.Edit("indicators.csv", "Petitions,件", "Petitions,次"));
        var answer = Assert.Single(_ledger.Committer.Commit([pending]).Receipts);
        Assert.Equal(Verdict.Refused, answer.Receipt.Verdict);
        Assert.Contains(answer.Receipt.Findings, finding => finding.MessageEn.Contains('次', StringComparison.Ordinal));
        Assert.Same(pending.Receipt, answer.Pending.Receipt);
        Assert.Empty(_ledger.Verify().Faults);
    }

    [Fact]
    public void Lets_stand_what_it_does_not_touch()
    {
        var pending = _ledger.Prepare(ValidSubmission().Bytes());
        Assert.Empty(_ledger.Edit("indicators.csv", "信访,Petitions", "来信来访,Letters and visits"));
        Assert.Equal(Verdict.Accepted, Assert.Single(_ledger.Committer.Commit([pending]).Receipts).Receipt.Verdict);
    }
}
