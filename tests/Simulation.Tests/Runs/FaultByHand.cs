namespace XilinIngest.Simulation.Tests.Runs;

/// <summary>A fault that a run has on purpose, to show that the promises are asked in earnest.</summary>
internal enum FaultByHand
{
    None,

    /// <summary>A worker acknowledges a message when it has read it, and not when it is committed and answered.</summary>
    AcknowledgeBeforeCommit,

    /// <summary>An aggregator marks results as published when they are stored, and not when the bus has confirmed them.</summary>
    MarkBeforeConfirm,

    /// <summary>An aggregator commits its position in the ledger before what it has applied.</summary>
    PositionBeforeResults,

    /// <summary>An aggregator writes to the cube without asking whether it still holds it.</summary>
    WriteWithoutLease,

    /// <summary>An aggregator writes to a cube without asking whether the epoch is its own; between writes it asks.</summary>
    WriteWithoutEpoch,

    /// <summary>A worker acknowledges a message over several ledgers when one of them has committed.</summary>
    AcknowledgeAfterOneLedger,

    /// <summary>A worker closes and reopens months in the ledger of the topmost unit alone.</summary>
    MonthInOneLedger,

    /// <summary>A cube orders what another has sent by its number alone, and not by the epoch in which that was counted.</summary>
    RollUpWithoutEpoch,
}
