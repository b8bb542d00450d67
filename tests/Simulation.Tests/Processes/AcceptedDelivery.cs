using XilinIngest.Contracts;
using XilinIngest.Simulation.Tests.Bus;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Simulation.Tests.Processes;

/// <summary>A message of the intake until its receipts are published.</summary>
internal sealed class AcceptedDelivery(SimulatedDelivery delivery)
{
    private Task<IReadOnlyList<SubmissionReceipt>> _receipts = null!;

    public SimulatedDelivery Delivery => delivery;

    public bool IsPack { get; private set; }

    /// <summary>A ledger could not be written; the message is taken again once it can.</summary>
    public bool IsRefusedForFault => Failure is LedgerUnavailableException { IsStopping: false };

    /// <summary>Its rows are not decided, or were refused.</summary>
    public bool IsUndecided => Receipts is null;

    public IReadOnlyList<SubmissionReceipt>? Receipts => _receipts.IsCompletedSuccessfully ? _receipts.Result : null;

    public bool MayContinue => _receipts.IsCompleted
        && (!IsRefusedForFault || (Failure as LedgerUnavailableException)?.Ledger?.WriteFault is null);

    private Exception? Failure => _receipts.Exception?.InnerException;

    public void Accept(Task<IReadOnlyList<SubmissionReceipt>> receipts, bool isPack) => (_receipts, IsPack) = (receipts, isPack);
}
