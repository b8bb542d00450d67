namespace XilinIngest.Simulation.Tests.Stores;

/// <summary>The process that runs a statement is killed. What its code does after this has no effect.</summary>
internal sealed class ProcessDiedException() : Exception("The process was killed.");
