namespace XilinIngest.Storage;

/// <summary>
/// What the database holds is not what this program wrote. No submission is the cause, so none is refused or parked for it.
/// </summary>
/// <param name="message">What is damaged, and the remedy.</param>
/// <param name="inner">How it was noticed.</param>
public sealed class DamagedDataException(string message, Exception? inner = null) : Exception(message, inner);
