using XilinIngest.Contracts;

namespace XilinIngest.Messaging;

/// <summary>The exchange of each message.</summary>
internal static class MessageExchanges
{
    public static string For(object message) => message switch
    {
        IntakeMessage => Exchanges.Intake,
        SubmissionReceipt or SubmissionReceiptPack => Exchanges.Receipts,
        SubmissionsAccepted pack => Exchanges.AcceptedOf(pack.Partition),
        ReplayAccepted => Exchanges.Replay,
        TotalsPublished or RankingPublished or AlertEvent or ReportReviewed or MonthChanged => Exchanges.Results,
        _ => throw new ArgumentException($"A {message.GetType().Name} has no exchange.", nameof(message)),
    };
}
