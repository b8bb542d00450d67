using XilinIngest.Hosting.Access;
using XilinIngest.Messaging;
using XilinIngest.Submissions.Senders;

namespace XilinIngest.Worker.Intake;

/// <summary>Creates the sender of a submission from the identity that the transport has authenticated.</summary>
internal static class SenderIdentityFactory
{
    /// <summary>On a broker: the authenticated user, who is named after the office's code.</summary>
    /// <param name="delivery">Null: the message came over the bus inside this process.</param>
    public static SenderIdentity From(DeliveryInfo? delivery) =>
        delivery is null ? SenderIdentity.Local : SenderIdentity.OfOffice(delivery.Sender ?? "");

    /// <summary>Over HTTP: the caller that has signed in.</summary>
    public static SenderIdentity From(Caller caller) => caller.IsLocalTrusted
        ? SenderIdentity.Http
        : SenderIdentity.OfAccount(caller.Name, caller.MayAdminister, caller.MayEnter ? caller.Units : [], caller.MayCloseMonths,
            caller.MayReview ? caller.Units : null);
}

/// <summary>
/// A part of the request is for a unit that the sender has no right to, or closes a month or reviews a report without the right; nothing of
/// it is accepted.
/// </summary>
internal sealed class SenderNotAuthorisedException(string units, Rights? missingRight)
    : Exception($"The sender may not submit for {units}.")
{
    /// <summary>The right that the request takes; null: the right to the unit.</summary>
    public Rights? MissingRight { get; } = missingRight;

    /// <summary>The units as they were written.</summary>
    public string Units { get; } = units;
}
