using XilinIngest.TestEngines;

namespace XilinIngest.Worker.Tests.Ledger;

public sealed class The_verification_of_a_ledger : IDisposable
{
    private readonly LedgerFixture _ledger = new();

    public The_verification_of_a_ledger()
    {
        for (var group = 0; group < 3; group++)
        {
            _ledger.Receipts(Enumerable.Range(1, 3).Select(i => ValidSubmission().Set("revision", group * 3 + i).Bytes()));
        }
    }

    public void Dispose() => _ledger.Dispose();

    private IReadOnlyList<string> FaultsAfter(string sql)
    {
        _ledger.ExecuteSql(sql);
        return _ledger.Verify().Faults;
    }

    [Fact]
    public void Finds_nothing_in_one_that_is_intact()
    {
        var found = _ledger.Verify();
        Assert.Equal((9L, 3L), (found.Rows, found.Checkpoints));
        Assert.Empty(found.Faults);
    }

    [Fact]
    public void Finds_nothing_in_an_empty_one()
    {
        using var empty = new LedgerFixture();
        Assert.Empty(empty.Verify().Faults);
    }

    [Theory]
    [InlineData("verdict = 'refused'")]
    [InlineData("unit = '320404007202'")]
    [InlineData("period = '2022-08'")]
    [InlineData("revision = 99")]
    [InlineData("sender = 'another'")]
    [InlineData("received_at = '2022-08-05T00:00:00.000001Z'")]
    [InlineData("findings = '[]'")]
    [InlineData("submission_id = '0b9f6a3c-52d1-4d0e-9a57-3f2f6c1d8e01'")]
    [InlineData("body = x'7b'")]
    [InlineData("body = x''")]
    public void Names_the_row_that_was_altered(string change) =>
        Assert.Contains(FaultsAfter($"UPDATE ledger_entry SET {change} WHERE sequence = 5"),
            fault => fault.StartsWith("row 5 (", StringComparison.Ordinal));

    [Fact]
    public void Names_the_row_of_which_a_figure_was_altered()
    {
        var body = System.Text.Encoding.UTF8.GetString(_ledger.Rows()[4].Body.Span);
        var altered = body.Replace("\"value\":3", "\"value\":8", StringComparison.Ordinal);
        Assert.NotEqual(body, altered);
        Assert.Contains(
            FaultsAfter($"UPDATE ledger_entry SET body = x'{Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(altered))}' WHERE "
                + "sequence = 5"),
            fault => fault.StartsWith("row 5 (", StringComparison.Ordinal));
    }

    [SqliteOnlyTheory]
    [InlineData("body", "text", "blob")]
    [InlineData("leaf_hash", "text", "blob")]
    [InlineData("unit", "blob", "text")]
    [InlineData("findings", "blob", "text")]
    [InlineData("revision", "text", "integer")]
    [InlineData("received_at", "blob", "text")]
    public void Names_the_row_and_the_cell_that_was_stored_as_another_type(string column, string type, string should) => Assert.Contains(
        FaultsAfter($"UPDATE ledger_entry SET {column} "
            + $"= {StoredAs(column, type)} WHERE sequence = 5"),
        fault => fault.StartsWith("row 5 (", StringComparison.Ordinal)
        && fault.EndsWith($"its {column} is stored as {type}, not as {should}.", StringComparison.Ordinal));

    private static string StoredAs(string column, string type) => column switch
    {
        "revision" => "'five'",
        "findings" => $"CAST('[]' AS {type})",
        "leaf_hash" => $"CAST(hex(leaf_hash) AS {type})",
        _ => $"CAST({column} AS {type})",
    };

    [Fact]
    public void Counts_every_fault_and_keeps_the_first_hundred()
    {
        _ledger.Receipts(Enumerable.Range(10, 141).Select(i => ValidSubmission().Set("revision", i).Bytes()));
        _ledger.ExecuteSql("UPDATE ledger_entry SET sender = 'another'");
        var found = _ledger.Verify();
        Assert.Equal((150L, 150L, 100), (found.Rows, found.FaultCount, found.Faults.Count));
    }

    [Fact]
    public void Names_the_rows_among_which_a_hash_was_altered() =>
        Assert.Contains(
            FaultsAfter("UPDATE ledger_entry SET leaf_hash = "
                + $"x'{Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32))}' WHERE sequence = 5"),
                fault => fault.StartsWith("rows 4 to 6:", StringComparison.Ordinal));

    [Fact]
    public void Names_the_rows_among_which_one_was_altered_together_with_its_hash()
    {
        var forged = _ledger.Rows()[4] with { Sender = "another" };
        var faults = FaultsAfter(
            $"UPDATE ledger_entry SET sender = 'another', leaf_hash = x'{Convert.ToHexString(forged.WithLeafHash().LeafHash)}' WHERE "
            + "sequence = 5");
        Assert.Contains(faults, fault => fault.StartsWith("rows 4 to 6:", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_the_row_that_was_removed() =>
        Assert.Contains("row 5 is missing: removed by hand.", FaultsAfter("DELETE FROM ledger_entry WHERE sequence = 5"));

    [Fact]
    public void Names_the_rows_that_were_removed() =>
        Assert.Contains("row 4 to 6 is missing: removed by hand.", FaultsAfter("DELETE FROM ledger_entry WHERE sequence IN (4, 5, 6)"));

    [Fact]
    public void Names_the_last_row_that_was_removed() =>
        Assert.Contains(FaultsAfter("DELETE FROM ledger_entry WHERE sequence = 9"),
            fault => fault.StartsWith("row 9 ", StringComparison.Ordinal));

    [Fact]
    public void Names_the_last_row_that_was_removed_with_its_checkpoint() =>
        Assert.Contains(
            FaultsAfter("DELETE FROM ledger_entry WHERE sequence >= 7; DELETE FROM ledger_checkpoint WHERE tree_size = 9"),
            fault => fault == "row 7 to 9 is missing, and the checkpoints with it: the head counts 9.");

    [Fact]
    public void Names_the_row_that_was_inserted() => Assert.Contains(
        "row 10 is covered by no checkpoint: inserted by hand.",
        FaultsAfter("INSERT INTO ledger_entry SELECT 10, '0b9f6a3c-52d1-4d0e-9a57-3f2f6c1d8e01', unit, period, revision, verdict, "
            + "findings, body, received_at, sender, leaf_hash FROM ledger_entry WHERE sequence = 5"));

    [Theory]
    [InlineData("root = 'abc'")]
    [InlineData("created_at = '2022-08-05T00:00:01.000000Z'")]
    [InlineData("origin = 'other/ledger'")]
    [InlineData("signature = 'AAAA'")]
    [InlineData("signature = 'not base 64'")]
    [InlineData("tree_size = 5")]
    public void Names_the_checkpoint_that_was_altered(string change) => Assert.Contains(
        FaultsAfter($"UPDATE ledger_checkpoint SET {change} WHERE tree_size = 6"),
        fault => fault.StartsWith(change == "tree_size = 5" ? "checkpoint 5 does not carry" : "checkpoint 6 does not carry",
            StringComparison.Ordinal));

    [Fact]
    public void Names_the_head_that_was_altered()
    {
        var other = new Worker.Ledger.Merkle.MerkleFrontier();
        for (var i = 0; i < 9; i++)
        {
            other.Append(Worker.Ledger.Merkle.MerkleHash.Leaf([(byte)i]));
        }

        Assert.Equal(
            ["the head (row 9) is not the newest checkpoint's (row 9): it was altered by hand."],
            FaultsAfter($"UPDATE ledger_head SET frontier = x'{Convert.ToHexString(other.ToBytes())}'"));
    }

    [Fact]
    public void Names_what_stood_and_was_removed() => Assert.Contains(
        $"the effective values of {Village} in 2022-07 are missing.", FaultsAfter("DELETE FROM ledger_effective_month"));

    [Fact]
    public void Names_what_stands_and_should_not() => Assert.Contains(
        $"the effective values of {Village} in 2022-09 differ from its rows.",
        FaultsAfter("INSERT INTO ledger_effective_month SELECT unit, 202209, data FROM ledger_effective_month WHERE period = (SELECT "
            + "MIN(period) FROM ledger_effective_month)"));

    [Fact]
    public void Names_what_stands_and_cannot_be_read() => Assert.Contains(
        FaultsAfter("UPDATE ledger_effective_month SET data = x'0102'"),
        fault => fault.StartsWith($"the effective values of {Village} in 2022-07 cannot be read", StringComparison.Ordinal));
}
