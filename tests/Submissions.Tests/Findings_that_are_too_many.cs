using XilinIngest.Contracts;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Submissions.Tests;

public sealed class Findings_that_are_too_many
{
    private const int KiB = 1024;
    private static readonly Finding Error = BuiltInFindings.FieldMissing("unit");
    private static readonly Finding Notice = Error with { Severity = FindingSeverity.Notice };

    [Theory]
    [InlineData(1_000, 1_000, 1, 16 * KiB + 4_000)] // what a submission alone may have
    [InlineData(0, 0, 1, 16 * KiB)]
    [InlineData(1_000, 44_000, 40, (256 * KiB + 44_000) / 40)] // its share in a pack
    [InlineData(1_000, 500_000, 500, 4 * KiB)] // the least that any has
    public void Are_stored_up_to_a_number_of_bytes(int length, int bodyLength, int count, int bytes) =>
        Assert.Equal(bytes, FindingBudget.BytesFor(length, bodyLength, count));

    [Fact]
    public void Are_stored_whole_as_long_as_they_fit()
    {
        Finding[] three = [Error, Error, Error];
        Assert.Equal(3, FindingBudget.Serialize(three, WireFormat.Serialize(three).Length).Count);
        var cut = FindingBudget.Serialize(three, 3 * WireFormat.Serialize(Error).Length - 1);
        Assert.Equal(["F103", "F103", "F112"], cut.Select(finding => finding.Rule));
        Assert.StartsWith("另有 1 处", cut[2].MessageZh, StringComparison.Ordinal);
        Assert.Equal(WireFormat.Serialize(cut.ToArray()), cut.Json.ToArray());
    }

    [Fact]
    public void Are_stored_with_the_first_of_them_however_long_it_is()
    {
        Assert.Equal(["F103", "F112"], FindingBudget.Serialize([Error, Error], 1).Select(finding => finding.Rule));
        Assert.Equal(["F103"], FindingBudget.Serialize([Error], 1).Select(finding => finding.Rule));
    }

    [Fact]
    public void Refuse_by_the_finding_that_counts_the_others_only_if_one_of_them_does()
    {
        var one = WireFormat.Serialize(Error).Length;
        Assert.Equal(FindingSeverity.Error, FindingBudget.Serialize([Notice, Notice, Error], one)[^1].Severity);
        Assert.Equal(FindingSeverity.Notice, FindingBudget.Serialize([Notice, Notice, Notice], one)[^1].Severity);
    }

    [Fact]
    public void Are_no_bytes_where_there_are_none()
    {
        Assert.Same(StoredFindings.None, StoredFindings.Create([]));
        Assert.Equal((0, 0), (StoredFindings.None.Count, StoredFindings.None.Json.Length));
    }

    [Fact]
    public void Are_counted_beyond_400_and_the_first_place_stays_free()
    {
        var findings = new FindingList();
        for (var i = 0; i < FindingList.MaxFindings + 3; i++)
        {
            findings.Add(Error);
        }

        Assert.Equal((400, 3), (findings.Count, findings.DroppedCount));
        findings.Insert(0, BuiltInFindings.SenderMissing());
        Assert.Equal(("F501", 401, 3), (findings[0].Rule, findings.Count, findings.DroppedCount));
    }
}
