using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Senders;

namespace XilinIngest.Submissions.Tests;

public sealed class A_submission_beyond_the_quota
{
    private static readonly Contracts.Finding Why = BuiltInFindings.QuotaUsedUp(1_000, 12);

    [Fact]
    public void Keeps_its_head_and_the_hash_of_its_body()
    {
        var submission = ValidSubmission().Set("revision", 4).Read();
        var withheld = SenderIdentity.OfOffice(Village).CreateWithheld(submission, Why);
        using var body = JsonDocument.Parse(withheld.Body);
        var kept = body.RootElement.GetProperty("withheld");
        Assert.Equal(submission.Body.Length, kept.GetProperty("bytes").GetInt32());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(submission.Body.Span)), kept.GetProperty("sha256").GetString());
        Assert.Equal(
            (submission.Id, Village, "2022-07", submission.Unit, submission.Period, 4),
            (withheld.Id, withheld.UnitText, withheld.PeriodText, withheld.Unit, withheld.Period, withheld.Revision));
        Assert.Equal([Why], withheld.Findings);
        Assert.Empty(withheld.Values);
        Assert.Equal(Village, withheld.Sender!.Name);
    }

    [Fact]
    public void Has_an_id_of_its_sender_and_its_bytes_so_that_the_same_one_can_be_sent_again()
    {
        var (submission, other) = (ValidSubmission().Read(), ValidSubmission().Read());
        byte[] hashed = [.. Encoding.UTF8.GetBytes($"xilin-sender-1\n{Village}\n"), .. submission.Body.Span];
        var id = new Guid(SHA256.HashData(hashed).AsSpan(0, 16), bigEndian: true);
        Assert.Equal(id, SenderIdentity.OfOffice(Village).CreateWithheld(submission, Why).AssignedId);
        Assert.NotEqual(id, SenderIdentity.OfOffice(Village).CreateWithheld(other, Why).AssignedId);
        Assert.NotEqual(id, SenderIdentity.OfOffice(Firm).CreateWithheld(submission, Why).AssignedId);
    }

    [Fact]
    public void Of_a_sender_without_the_right_has_such_an_id_as_well()
    {
        var submission = ValidSubmission().Read();
        Assert.False(SenderIdentity.OfOffice(Firm).Authorize(submission, SubmissionTestReader.Catalogue));
        Assert.Equal(SenderIdentity.OfOffice(Firm).CreateWithheld(submission, Why).AssignedId, submission.AssignedId);
        Assert.Equal("F502", submission.Findings[0].Rule);

        var own = ValidSubmission().Read();
        Assert.True(SenderIdentity.OfOffice(Village).Authorize(own, SubmissionTestReader.Catalogue));
        Assert.Null(own.AssignedId);
        Assert.False(SenderIdentity.OfOffice("").Authorize(own, SubmissionTestReader.Catalogue));
        Assert.Equal("F501", own.Findings[0].Rule);
    }
}
