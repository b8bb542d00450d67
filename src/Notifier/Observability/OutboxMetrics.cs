using System.Diagnostics.Metrics;
using XilinIngest.Notifier.Channels;

namespace XilinIngest.Notifier.Observability;

/// <summary>What the outbox holds and what became of the attempts to send, as metrics.</summary>
internal sealed class OutboxMetrics
{
    /// <summary>The name of the meter.</summary>
    internal const string MeterName = "XilinIngest.Notifier";

    private readonly Counter<long> _attempts;
    private readonly TimeProvider _clock;
    private volatile OutboxState _state = new(0, null);

    public OutboxMetrics(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create(MeterName);
        _attempts = meter.CreateCounter<long>(
            "xilin.notices.attempts", "{attempt}", "Attempts to send a notice, by channel and outcome: accepted, refused or failed.");
        meter.CreateObservableGauge("xilin.notices.pending", () => _state.Pending, "{notice}", "Notices that are not sent yet.");
        meter.CreateObservableGauge(
            "xilin.notices.age", () => Age.TotalSeconds, "s", "For how long the oldest notice that is not sent yet has waited.");
    }

    private TimeSpan Age => _state.Oldest is { } oldest ? _clock.GetUtcNow() - oldest : TimeSpan.Zero;

    /// <summary>Records what the outbox holds now.</summary>
    public void Record(OutboxState state) => _state = state;

    /// <summary>Records an attempt.</summary>
    public void Record(string channel, DeliveryOutcome outcome) =>
        _attempts.Add(1, new("channel", channel), new KeyValuePair<string, object?>("outcome", outcome.ToText()));
}

/// <summary>What the outbox holds.</summary>
/// <param name="Pending">The notices that are not sent yet.</param>
/// <param name="Oldest">When the oldest of them was made; null: there is none.</param>
internal sealed record OutboxState(long Pending, DateTimeOffset? Oldest);
