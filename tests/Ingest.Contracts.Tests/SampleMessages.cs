namespace XilinIngest.Contracts.Tests;

/// <summary>One of each message, with every field filled in.</summary>
internal static partial class SampleMessages
{
    private static readonly Guid Id = new("0b9f6a3c-52d1-4d0e-9a57-3f2f6c1d8e01");
    private static readonly DateTimeOffset Sent = new(2022, 8, 3, 9, 14, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset Taken = new DateTimeOffset(2022, 8, 3, 1, 14, 1, TimeSpan.Zero).AddTicks(2_345_670);

    internal static readonly SubmitIndicators Submission = new()
    {
        SubmissionId = Id,
        Unit = "91350100M000100Y43",
        Period = "2022-07",
        Revision = 2,
        SubmittedAt = Sent,
        SubmittedBy = "统计员 王",
        Values =
        [
            new() { Indicator = "RETAIL_SALES", Value = 12.50m, Unit = "万元", YearToDate = 100.00m, LastYear = 88m,
                Note = "含“双节”促销 & <特卖>" },
            new() { Indicator = "DUST_CONTROL_RATE", Value = 66.67m, Unit = "%", Numerator = 2, Denominator = 3 },
            new() { Indicator = "AREA_PLANNING", Value = 2, Unit = "阶段", Date = new DateOnly(2022, 7, 15) },
            new() { Indicator = "ENTERPRISE_VISITS", Withdraw = [FigureNames.Value] },
        ],
        Explanations = [new() { Rule = "R06", Indicator = "RETAIL_SALES", Text = "更正5月份漏报的一笔" }],
        Correction = new() { Reason = "补报漏报的合同" },
        Origin = new()
        {
            Source = "西林街道",
            Unit = "320404004000",
            Checkpoint = SignedNine(),
            Totals = [new() { Indicator = "RETAIL_SALES", Version = 3, State = ResultState.Complete }],
        },
    };

    private static readonly SubmissionReceipt Receipt = new()
    {
        SubmissionId = Id,
        Unit = "91350100M000100Y43",
        Period = "2022-07",
        Revision = 2,
        Verdict = Verdict.Accepted,
        Findings =
        [
            new()
            {
                Rule = "R06", Version = 1, Severity = FindingSeverity.Explained, Indicator = "RETAIL_SALES",
                Figures = new Dictionary<string, decimal> { ["ytd"] = 100.00m, ["months_sum"] = 99.5m },
                MessageZh = "累计数与各月之和不一致", MessageEn = "The year-to-date is not the sum", RemedyZh = "请核对", RemedyEn = "Check it",
            },
        ],
        ReceivedAt = Taken,
        Sequence = 7,
        Partition = "32.04.04.004",
        LeafHash = new string('a', 64),
        Checkpoint = SignedNine(),
    };

    private static readonly GrowthComparison Comparison = new()
    {
        Current = 10m,
        Base = -2m,
        Basis = ComparisonBasis.Recorded,
        Words = GrowthWords.LossToProfit,
        Amount = 12m,
        Substitutes = 1,
        LeftOut = new() { Closed = 0, New = 1, WithoutBase = 0, Incomplete = 0 },
    };

    private static readonly IndicatorTotal Total = new()
    {
        Indicator = "RETAIL_SALES",
        Month = 12.50m,
        YearToDate = 100.00m,
        Printed = 0.0m,
        Base = 80m,
        Growth = 11.1m,
        GrowthWords = GrowthWords.BaseZero,
        GrowthAmount = -12.5m,
        GrowthChange = -0.1m,
        Compared = 90m,
        Basis = ComparisonBasis.Comparable,
        BaseSubstitutes = 1,
        LeftOut = new() { Closed = 1, New = 2, WithoutBase = 3, Incomplete = 4 },
        RecordedGrowth = 9.9m,
        ComparableGrowth = 11.1m,
        Reported = 7,
        Expected = 8,
        Approved = 3,
        ToApprove = 5,
        State = ResultState.Provisional,
        Target = 10m,
        TargetKind = TargetType.Growth,
        Gap = 1.1m,
        Colour = TargetColour.Green,
        Stages = [1, 0, 5, 2],
        Since = new DateOnly(2022, 7, 15),
        UnitsWithoutStage = 2,
        PlannedStage = 2,
        UnitsBehind = 1,
        Numerator = 2,
        Denominator = 3,
        Version = 3,
        Cause = [7, 9],
    };

    /// <summary>By the name of the file that holds its wire format.</summary>
    internal static readonly IReadOnlyDictionary<string, object> All = new Dictionary<string, object>
    {
        ["submit-indicators"] = Submission,
        ["submit-indicators-pack"] = new SubmitIndicatorsPack { Submissions = [Submission] },
        ["close-month"] = new CloseMonth { MonthToClose = "2022-07", MessageId = Id, Reason = "一家企业停报，由街道核定" },
        ["reopen-month"] = new ReopenMonth { MonthToReopen = "2022-07", MessageId = Id, Reason = "补报漏报的合同", Until = Sent },
        ["review-submission"] = new ReviewSubmission
        {
            RowToReview = 41,
            Unit = "320404004201",
            Period = "2022-07",
            Decision = ReviewDecision.Return,
            MessageId = Id,
            Reason = "本月数与台账不符，请核实",
        },
        ["submission-receipt"] = Receipt,
        ["submission-receipt-pack"] = new SubmissionReceiptPack { Receipts = [Receipt] },
        ["submissions-accepted"] = new SubmissionsAccepted
        {
            FromSequence = 7,
            ToSequence = 9,
            PreviousLeafHash = new string('c', 64),
            LastLeafHash = new string('d', 64),
            NewestSequence = 12,
            NewestLeafHash = new string('e', 64),
            Checkpoint = SignedNine(),
            Partition = "32.04.04.004",
            Submissions =
            [
                new()
                {
                    Sequence = 7, SubmissionId = Id, Unit = "91350100M000100Y43", Period = "2022-07", Revision = 2, SubmittedAt = Sent,
                    Values =
                    [
                        new() { Indicator = "RETAIL_SALES", Value = 12.50m, YearToDate = 100.00m, LastYear = 88m },
                        new() { Indicator = "DUST_CONTROL_RATE", Value = 66.67m, Numerator = 2, Denominator = 3 },
                        new() { Indicator = "AREA_PLANNING", Value = 2, Date = new DateOnly(2022, 7, 15) },
                        new() { Indicator = "ENTERPRISE_VISITS", Withdrawn = true },
                        new() { Indicator = "FIXED_ASSET_INVESTMENT", LastYear = 40m, WithdrawnFigures = [FigureNames.YearToDate] },
                    ],
                },
            ],
            MonthChanges =
            [
                new()
                {
                    Sequence = 8, Period = "2022-07", Transition = MonthTransition.Reopened, At = Taken, By = "街道统计办",
                    Reason = "补报漏报的合同", Until = Sent,
                },
            ],
            Reviews =
            [
                new()
                {
                    Sequence = 9, Row = 7, Unit = "91350100M000100Y43", Period = "2022-07", Decision = ReviewDecision.Return, At = Taken,
                    By = "街道统计办", Reason = "本月数与台账不符，请核实",
                },
            ],
        },
        ["replay-accepted"] = new ReplayAccepted { FromSequence = 1, ToSequence = 9, Partition = "32.04.04.004" },
        ["totals-published"] = new TotalsPublished
        {
            Unit = "320404004000",
            Period = "2022-07",
            PublishedAt = Taken,
            Partition = "32.04.04.004",
            PrunedAt = Taken,
            Totals = [Total],
        },
        ["ranking-published"] = new RankingPublished
        {
            Parent = "320404000000",
            Indicator = "RETAIL_SALES",
            Period = "2022-07",
            By = RankingMeasure.Growth,
            Direction = RankingDirection.Higher,
            State = ResultState.Complete,
            Reported = 8,
            Expected = 8,
            Units = [new() { Unit = "320404004000", Value = 11.1m, Rank = 1, PreviousRank = 2, Since = new DateOnly(2022, 7, 15),
                Comparison = Comparison }, new() { Unit = "320404001000" }],
            Ended = RankingEnd.NoFigures,
            Partition = "32.04.04.004",
            PrunedAt = Taken,
            Version = 1,
            Cause = [7],
            PublishedAt = Taken,
        },
        ["alert-raised"] = new AlertRaised
        {
            Unit = "320404004000",
            Indicator = "RETAIL_SALES",
            Year = 2022,
            Period = "2022-07",
            Colour = TargetColour.Amber,
            Since = "2022-07",
            Value = -2.1m,
            Target = 10m,
            Gap = -12.1m,
            SilencedBy = "320404000000",
            ReasonZh = "落后12.1个百分点",
            ReasonEn = "12.1 points behind",
            Partition = "32.04.04.004",
            Version = 1,
            Cause = [7],
            PublishedAt = Taken,
        },
        ["alert-changed"] = new AlertChanged
        {
            Unit = "320404004000",
            Indicator = "RETAIL_SALES",
            Year = 2022,
            Period = "2022-08",
            Colour = TargetColour.Red,
            PreviousColour = TargetColour.Amber,
            Since = "2022-07",
            Value = -22.1m,
            Target = 10m,
            Gap = -32.1m,
            SilencedBy = "320404000000",
            ReasonZh = "落后32.1个百分点",
            ReasonEn = "32.1 points behind",
            Partition = "32.04.04.004",
            Version = 2,
            Cause = [9],
            PublishedAt = Taken,
        },
        ["report-reviewed"] = Reviewed,
        ["month-changed"] = MonthReopened,
        ["alert-cleared"] = new AlertCleared
        {
            Unit = "320404004000",
            Indicator = "RETAIL_SALES",
            Year = 2022,
            Period = "2022-09",
            Colour = TargetColour.Green,
            PreviousColour = TargetColour.Red,
            Since = "2022-07",
            Value = 12m,
            Target = 10m,
            Gap = 2m,
            SilencedBy = "320404000000",
            ReasonZh = "达到目标",
            ReasonEn = "On target",
            Partition = "32.04.04.004",
            Version = 3,
            Cause = [],
            PublishedAt = Taken,
        },
    };

    private static Checkpoint SignedNine() => new()
    {
        TreeSize = 9,
        Root = new string('b', 64),
        Time = Taken,
        Partition = "32.04.04.004",
        Origin = "street.example/xilin",
        Signatures = ["— street.example/xilin AAAAAAA=", "— street.example/xilin/time AAAAAAA="],
    };
}
