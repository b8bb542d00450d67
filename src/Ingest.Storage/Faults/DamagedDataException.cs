namespace XilinIngest.Storage;

/// <summary>
/// Stored data is not in the format that this program writes. No submission caused it, so no submission is refused or dead-lettered for it.
/// </summary>
/// <param name="message">What is damaged, and the remedy.</param>
/// <param name="inner">The exception that revealed the damage.</param>
public sealed class DamagedDataException(string message, Exception? inner = null) : Exception(message, inner);
