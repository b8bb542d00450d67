namespace XilinIngest.Messaging;

/// <summary>
/// A body at the intake, unchanged, from any client. The worker parses it itself, with its own limits, and reports all findings at once. A
/// serializer would stop at the first fault and lose the bytes that the ledger stores.
/// </summary>
/// <param name="Body">UTF-8 JSON: one submission, or a pack.</param>
public sealed record IntakeMessage(ReadOnlyMemory<byte> Body);
