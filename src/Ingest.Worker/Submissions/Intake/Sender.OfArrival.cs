using XilinIngest.Messaging;

namespace XilinIngest.Worker.Submissions.Intake;

// Apart, so that the offices' client can ask the rest what its user may send without a bus.
internal sealed partial record Sender
{
    /// <summary>On a broker: the user that it checked, who is named after the office's code.</summary>
    public static Sender Of(Arrival? arrival) => arrival is null ? Local : new() { Name = arrival.Sender ?? "" };
}
