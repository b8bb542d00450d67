using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Channels;

/// <summary>Sends notices to where people or programs read them.</summary>
internal interface INoticeChannel
{
    /// <summary>The most notices that it is given at once.</summary>
    int MaxNotices => 1;

    /// <summary>The most messages in a minute; null: no limit.</summary>
    int? PerMinute => null;

    /// <summary>Sends notices once, as one message. What prevents it is in the answer, not an exception.</summary>
    /// <param name="notices">At least one, oldest first.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<DeliveryAnswer> SendAsync(IReadOnlyList<NoticeContent> notices, CancellationToken cancellationToken);
}

/// <summary>What became of an attempt.</summary>
internal enum DeliveryOutcome
{
    /// <summary>The receiver has it.</summary>
    Accepted,

    /// <summary>The receiver will not take it, however often it is sent.</summary>
    Refused,

    /// <summary>It may succeed later.</summary>
    Failed,
}

internal static class DeliveryOutcomeText
{
    public static string ToText(this DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Accepted => "accepted",
        DeliveryOutcome.Refused => "refused",
        _ => "failed",
    };
}

/// <summary>The answer of a receiver.</summary>
/// <param name="Outcome">What became of the attempt.</param>
/// <param name="Text">The answer in words, such as <c>HTTP 204</c>; without addresses and secrets.</param>
/// <param name="RetryAfter">How long the receiver asks to be left alone; null: it does not say.</param>
internal sealed record DeliveryAnswer(DeliveryOutcome Outcome, string Text, TimeSpan? RetryAfter = null)
{
    /// <summary>How many of the notices the message held, from the first on.</summary>
    public int Covered { get; init; } = 1;
}

/// <summary>The list of notices, which has every notice anyway: page and API show it.</summary>
internal sealed class PageChannel : INoticeChannel
{
    /// <summary>The name by which routes mean it. It needs no settings.</summary>
    public const string Name = "page";

    public Task<DeliveryAnswer> SendAsync(IReadOnlyList<NoticeContent> notices, CancellationToken cancellationToken) =>
        Task.FromResult(new DeliveryAnswer(DeliveryOutcome.Accepted, "shown"));
}
