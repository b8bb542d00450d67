using XilinIngest.Contracts;
using XilinIngest.Simulation.Tests.Bus;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Simulation.Tests.Processes;

/// <summary>A message of the intake until its receipts are published.</summary>
internal sealed class AcceptedDelivery(SimulatedDelivery delivery)
{
    private Task<PendingSubmission[]> _pending = null!;

    public SimulatedDelivery Delivery => delivery;

    public bool IsPack { get; private set; }

    /// <summary>The ledger could not be written; the message is taken again once it can.</summary>
    public bool IsRefusedForFault => Failure is LedgerUnavailableException { IsStopping: false };

    /// <summary>Its rows are not decided, or were refused.</summary>
    public bool IsUndecided => Receipts is null;

    public IReadOnlyList<SubmissionReceipt>? Receipts =>
        _pending.IsCompletedSuccessfully && Array.TrueForAll(_pending.Result, pending => pending.Receipt.Task.IsCompletedSuccessfully)
            ? [.. _pending.Result.Select(pending => pending.Receipt.Task.Result)] : null;

    private Exception? Failure => _pending.IsFaulted
        ? _pending.Exception!.InnerException
        : _pending.Result.Select(pending => pending.Receipt.Task.Exception?.InnerException).OfType<Exception>().FirstOrDefault();

    public void Accept(Task<PendingSubmission[]> pending, bool isPack) => (_pending, IsPack) = (pending, isPack);

    public bool MayContinue(bool isWritable) =>
        Failure is null ? Receipts is not null : !IsRefusedForFault || isWritable;
}
