using System.Text;
using System.Text.Json;
using XilinIngest.Contracts;

namespace XilinIngest.Worker.Tests;

/// <summary>Every submission of <c>samples/</c> through the reader, the checks and the ledger, in the order of the files.</summary>
public sealed class The_sample_years
{
    [Fact]
    public void Are_taken_whole_with_three_questions_that_are_answered()
    {
        var root = Root();
        using var ledger = new LedgerFixture(Path.Combine(root, "catalogue"));
        var receipts = new List<SubmissionReceipt>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(root, "samples"), "20??-??.jsonl", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal))
        {
            // A batch of each day: whether a month is closed is judged at the commit.
            foreach (var day in File.ReadLines(file)
                .GroupBy(line => JsonDocument.Parse(line).RootElement.GetProperty("submittedAt").GetDateTimeOffset().Date))
            {
                ledger.Clock.AdjustTime(JsonDocument.Parse(day.Last()).RootElement.GetProperty("submittedAt").GetDateTimeOffset());
                receipts.AddRange(ledger.Receipts(day.Select(Encoding.UTF8.GetBytes)));
            }
        }

        Assert.True(receipts.Count > 1_900);
        Assert.Empty(
            receipts.Where(receipt => receipt.Verdict == Verdict.Refused)
            .Select(receipt => JsonSerializer.Serialize(receipt, WireFormat.Options)));
        Assert.All(receipts, receipt => Assert.NotEqual(Verdict.Superseded, receipt.Verdict));
        Assert.Equal(["R01 explained", "R04 explained", "R06 explained"],
            receipts.SelectMany(receipt => receipt.Findings)
                .Where(finding => finding.Severity != FindingSeverity.Notice)
                    .Select(finding => $"{finding.Rule} {finding.Severity.ToWireName()}").Order());
        Assert.Empty(ledger.Verify().Faults);
    }

    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "XilinIngest.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Run the tests from within the repository.");
        }

        return folder.FullName;
    }
}
