using XilinIngest.Contracts;

namespace XilinIngest.Submissions.Findings;

/// <summary>The values of <see cref="Finding.Severity"/>.</summary>
public static class Severities
{
    public const string Error = "error";
    public const string Question = "question";
    public const string Explained = "explained";

    /// <summary>提示: reported, and refuses nothing.</summary>
    public const string Notice = "notice";

    public static bool Refuses(string severity) => severity is Error or Question;
}
