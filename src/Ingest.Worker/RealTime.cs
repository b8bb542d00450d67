using System.Diagnostics.CodeAnalysis;

// The types that may read the system's clock and use timers and threads. All others are stepped by a simulation (docs/simulation.md).
[assembly: SuppressMessage("ApiDesign", "RS0030", Scope = "type", Target = "~T:XilinIngest.Worker.Program",
    Justification = "A host names the system's clock.")]
[assembly: SuppressMessage("ApiDesign", "RS0030", Scope = "type", Target = "~T:XilinIngest.Worker.Ledger.LedgerWriter",
    Justification = "The loop around the steps commits on another thread, and ends its grace.")]
[assembly: SuppressMessage("ApiDesign", "RS0030", Scope = "type", Target = "~T:XilinIngest.Worker.Ledger.LedgerAvailability",
    Justification = "It shows for how long a call hangs, and waits between two probes.")]
[assembly: SuppressMessage("ApiDesign", "RS0030", Scope = "type", Target = "~T:XilinIngest.Worker.Ledger.Witnessing.WitnessService",
    Justification = "Witnesses are asked by the clock of the system, beside the ledgers.")]
[assembly: SuppressMessage("ApiDesign", "RS0030", Scope = "type", Target = "~T:XilinIngest.Worker.Ledger.Witnessing.WitnessHealth",
    Justification = "It shows for how long a witness is away.")]
[assembly: SuppressMessage("ApiDesign", "RS0030", Scope = "type", Target = "~T:XilinIngest.Worker.Ledger.SubmissionQueue",
    Justification = "The loop waits for the queue no longer than until the next probe.")]
[assembly: SuppressMessage("ApiDesign", "RS0030", Scope = "type", Target = "~T:XilinIngest.Worker.Intake.SubmissionConsumer",
    Justification = "A message that failed returns to its queue after a delay.")]
[assembly: SuppressMessage("ApiDesign", "RS0030", Scope = "type", Target = "~T:XilinIngest.Worker.Intake.SubmissionsApi",
    Justification = "A request over HTTP looks now and then whether the ledger answers.")]
