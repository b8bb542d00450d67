using XilinIngest.Contracts;

namespace XilinIngest.Submissions.Findings;

/// <summary>What a finding's severity means for its submission.</summary>
public static class FindingSeverities
{
    /// <summary>Whether findings of this severity refuse the submission.</summary>
    public static bool Refuses(FindingSeverity severity) => severity is FindingSeverity.Error or FindingSeverity.Question;
}
