namespace XilinIngest.Contracts.Responses;

/// <summary>What a submission would be answered if it were sent now. Nothing of it is recorded.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Findings">As the receipt would have them.</param>
public sealed record SubmissionCheck(Verdict Verdict, IReadOnlyList<Finding> Findings);

/// <summary>What the submissions of a <see cref="SubmitIndicatorsPack"/> would be answered, were they sent together.</summary>
/// <param name="Checks">One for each, in the pack's order.</param>
public sealed record SubmissionCheckPack(IReadOnlyList<SubmissionCheck> Checks);
