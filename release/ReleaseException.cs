namespace XilinIngest.Release;

/// <summary>A release cannot be made: the message says why, and what to do.</summary>
internal sealed class ReleaseException(string message) : Exception(message);
