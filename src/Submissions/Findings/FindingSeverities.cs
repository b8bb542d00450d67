using XilinIngest.Contracts;

namespace XilinIngest.Submissions.Findings;

/// <summary>The effect of a finding's severity on its submission.</summary>
public static class FindingSeverities
{
    /// <summary>Whether findings of this severity refuse the submission.</summary>
    public static bool Refuses(FindingSeverity severity) => severity is FindingSeverity.Error or FindingSeverity.Question;
}
