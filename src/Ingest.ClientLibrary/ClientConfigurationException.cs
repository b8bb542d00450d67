namespace XilinIngest.ClientLibrary;

/// <summary>
/// The options are incomplete, contradict each other or name a file that cannot be read. <see cref="Exception.Message"/> is English.
/// </summary>
public sealed class ClientConfigurationException : Exception
{
    internal ClientConfigurationException(string messageZh, string messageEn, Exception? inner = null)
        : base(messageEn, inner) => MessageZh = messageZh;

    /// <summary>The message in Chinese.</summary>
    public string MessageZh { get; }
}
