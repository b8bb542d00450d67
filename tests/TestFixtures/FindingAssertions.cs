using XilinIngest.Contracts;

namespace XilinIngest.TestFixtures;

/// <summary>What every finding must be.</summary>
public static class FindingAssertions
{
    public static void AssertComplete(Finding finding)
    {
        Assert.Matches("^[FR][0-9]{2,3}$", finding.Rule);
        Assert.True(finding.Version >= 1);
        Assert.All([finding.MessageZh, finding.RemedyZh], text => Assert.Contains(text, c => c is >= '一' and <= '龥'));
        Assert.All([finding.MessageEn, finding.RemedyEn], text => Assert.Contains(text, char.IsAsciiLetter));
        Assert.All([finding.MessageZh, finding.MessageEn, finding.RemedyZh, finding.RemedyEn], text =>
            Assert.DoesNotContain(text, c => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\u202e'));
    }
}
