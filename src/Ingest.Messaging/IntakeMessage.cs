namespace XilinIngest.Messaging;

/// <summary>
/// What arrives at the intake, untouched: any body, from any client. The worker reads it itself, with its own bounds and
/// all findings at once; a serializer would stop at the first fault and lose the bytes that the ledger keeps.
/// </summary>
/// <param name="Body">UTF-8 JSON: one submission, or a pack.</param>
public sealed record IntakeMessage(ReadOnlyMemory<byte> Body);
