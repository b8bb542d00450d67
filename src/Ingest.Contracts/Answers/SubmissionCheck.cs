namespace XilinIngest.Contracts;

/// <summary>What a submission would be answered if it were sent now. Nothing of it is recorded.</summary>
/// <param name="Verdict">One of <see cref="Verdicts"/>.</param>
/// <param name="Findings">As the receipt would have them.</param>
public sealed record SubmissionCheck(string Verdict, IReadOnlyList<Finding> Findings);
