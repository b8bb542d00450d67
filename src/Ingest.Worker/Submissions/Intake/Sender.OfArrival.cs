using XilinIngest.Hosting.Access;
using XilinIngest.Messaging;

namespace XilinIngest.Worker.Submissions.Intake;

// Apart, so that the offices' client can ask the rest what its user may send without a bus.
internal sealed partial record Sender
{
    /// <summary>On a broker: the user that it checked, who is named after the office's code.</summary>
    public static Sender Of(Arrival? arrival) => arrival is null ? Local : new() { Name = arrival.Sender ?? "" };

    /// <summary>Over HTTP: who signed in.</summary>
    public static Sender Of(Viewer viewer) => viewer.IsEveryone ? Http
        : new() { Name = viewer.Name, IsTrusted = viewer.MayAdminister, Units = viewer.MayEnter ? viewer.Units : [], IsToldAtOnce = true };
}

/// <summary>Some of what was sent is another unit's: none of it is taken.</summary>
internal sealed class NotForSenderException(string units) : Exception($"{units} is not the sender's.")
{
    /// <summary>Whose it is, as it was written.</summary>
    public string Units { get; } = units;
}
