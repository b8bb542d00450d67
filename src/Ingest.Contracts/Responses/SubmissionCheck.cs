namespace XilinIngest.Contracts.Responses;

/// <summary>The result that a submission would get if it were sent now. It is not recorded.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Findings">The findings that the receipt would have.</param>
public sealed record SubmissionCheck(Verdict Verdict, IReadOnlyList<Finding> Findings);

/// <summary>The results that the submissions of a <see cref="SubmitIndicatorsPack"/> would get if they were sent together.</summary>
/// <param name="Checks">One for each, in the pack's order.</param>
public sealed record SubmissionCheckPack(IReadOnlyList<SubmissionCheck> Checks);
