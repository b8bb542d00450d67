using XilinIngest.Hosting.Access;
using XilinIngest.Messaging;

namespace XilinIngest.Worker.Submissions.Intake;

// Apart, so that the offices' client can ask the rest what its user may send without a bus.
internal sealed partial record SenderIdentity
{
    /// <summary>On a broker: the user that it checked, who is named after the office's code.</summary>
    public static SenderIdentity From(DeliveryInfo? delivery) => delivery is null ? Local : new() { Name = delivery.Sender ?? "" };

    /// <summary>Over HTTP: who signed in.</summary>
    public static SenderIdentity From(Caller caller) => caller.IsLocalTrusted ? Http
        : new() { Name = caller.Name, IsTrusted = caller.MayAdminister, Units = caller.MayEnter ? caller.Units : [], RejectsImmediately = true };
}

/// <summary>Some of what was sent is another unit's: none of it is taken.</summary>
internal sealed class SenderNotAuthorisedException(string units) : Exception($"{units} is not the sender's.")
{
    /// <summary>Whose it is, as it was written.</summary>
    public string Units { get; } = units;
}
