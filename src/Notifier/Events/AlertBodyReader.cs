using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Messaging;

namespace XilinIngest.Notifier.Events;

/// <summary>Reads an alert event. A body does not name its contract, so the fields tell which of the three it is.</summary>
internal static class AlertBodyReader
{
    /// <exception cref="JsonException">It is no alert event.</exception>
    public static AlertEvent Read(ReadOnlySpan<byte> body)
    {
        // Only the first event of an alert has no colour before it. Another contract lacks required fields, and is refused here.
        if (body.IndexOf("\"previousColour\""u8) < 0)
        {
            return MessageJson.Read<AlertRaised>(body);
        }

        var changed = MessageJson.Read<AlertChanged>(body);
        return changed.Colour == TargetColour.Green ? MessageJson.Read<AlertCleared>(body) : changed;
    }

    public static AlertKey KeyOf(AlertEvent alert) => new(alert.Unit, alert.Indicator, alert.Year);
}
