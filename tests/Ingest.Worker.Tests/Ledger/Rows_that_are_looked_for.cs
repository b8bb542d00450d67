using XilinIngest.Contracts;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Worker.Tests.Ledger;

/// <summary>The same answer on every database.</summary>
public sealed class Rows_that_are_looked_for : IDisposable
{
    private readonly LedgerFixture _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void Are_those_with_a_finding_of_the_rule_as_its_id_is_written()
    {
        var receipts = _ledger.Receipts(ValidSubmission().Bytes(), ValidSubmission().Set("revision", 0).Bytes(),
                ValidSubmission().Set("period", "2031-01").Bytes());
        var queries = new LedgerQueries(_ledger.Store);
        var rule = receipts[1].Findings[0].Rule;
        Assert.DoesNotContain(receipts[2].Findings, finding => finding.Rule == rule);
        Assert.Equal([2L], Found(rule));
        Assert.Equal([.. receipts[1].Findings.Select(finding => finding.Rule).Distinct()],
            queries.List(null, null, null, rule, null, 10)[0].Rules);
        Assert.Empty(Found(rule.ToLowerInvariant()));
        Assert.Empty(Found(rule[..^1]));
        Assert.Empty(Found(rule[..^1] + "_"));
        Assert.Equal([3L, 2L, 1L], Found(null));

        IEnumerable<long> Found(string? of) => queries.List(null, null, null, of, null, 10).Select(row => row.Sequence);
    }

    [Fact]
    public void Are_those_of_a_sender_by_a_part_of_the_name()
    {
        _ledger.Receipts(ValidSubmission().Bytes());
        var queries = new LedgerQueries(_ledger.Store);
        Assert.Single(Found("es"));
        Assert.Empty(Found("ES"));
        Assert.Empty(Found("t%t"));
        Assert.Single(Found(null));

        IReadOnlyList<XilinIngest.Contracts.Responses.SubmissionRow> Found(string? sender) =>
            queries.List(null, null, null, null, null, 10, sender: sender);
    }

    [Fact]
    public void Are_those_of_some_units_alone()
    {
        var (own, other) = (Village, NewVillage);
        _ledger.Receipts(ValidSubmission().Bytes(), ValidSubmission().Set("unit", other).Bytes(),
            ValidSubmission().Set("revision", 2).Bytes(), ValidSubmission().Set("revision", 3).Bytes());
        var queries = new LedgerQueries(_ledger.Store);
        Assert.Equal([4L, 3L], Found(2, own));
        Assert.Equal([2L], Found(9, other));
        Assert.Equal([4L, 3L, 2L, 1L], Found(9, own, other));
        Assert.Empty(Found(9));
        string[] many = [.. Enumerable.Range(0, 1_000).Select(number => $"{number:000000000000}")];
        Assert.Equal([4L, 3L, 1L], Found(9, [own, .. many]));
        Assert.Empty(Found(9, many));

        IEnumerable<long> Found(int limit, params IReadOnlyList<string> among) =>
            queries.List(null, null, null, null, null, limit, among).Select(row => row.Sequence);
    }

    [Fact]
    public void Are_those_with_the_numbers_that_there_are()
    {
        var receipts = _ledger.Receipts(Enumerable.Range(1, 4).Select(revision => ValidSubmission().Set("revision", revision).Bytes()));
        var rows = new LedgerQueries(_ledger.Store).ListBySequence([4, 2, 9, 2, long.MaxValue]);
        Assert.Equal([2L, 4L], rows.Select(row => row.Sequence));
        Assert.Equal([receipts[1].LeafHash, receipts[3].LeafHash], rows.Select(row => row.LeafHash));
        Assert.All(rows, row => Assert.Equal(Verdict.Accepted, row.Verdict));
    }
}
