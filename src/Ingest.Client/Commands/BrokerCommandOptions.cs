using XilinIngest.ClientLibrary;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Commands;

/// <summary>Reads the message queue from the command line and the environment.</summary>
internal static class BrokerCommandOptions
{
    /// <param name="address">The address, with or without a password.</param>
    /// <param name="passwordFile">A file whose first line is the password; null: it is in the address or the environment, or there is
    /// none.</param>
    /// <param name="authorityFile">The PEM file of a certification authority; null: the system's.</param>
    /// <param name="certificateFile">The PEM file of the office's certificate.</param>
    /// <param name="keyFile">The certificate's private key.</param>
    /// <exception cref="CommandException">The address is malformed, has no user, or a file cannot be read.</exception>
    public static BrokerConnectionSettings Read(
        string address, string? passwordFile, string? authorityFile, string? certificateFile, string? keyFile)
    {
        try
        {
            var password = passwordFile is not null ? File.ReadLines(passwordFile).FirstOrDefault()?.Trim() : PasswordOf(address);
            if (password is null && certificateFile is null && BrokerAddress.TryParse(address, out _))
            {
                throw new CommandException(
                    ExitCodes.Usage, "没有消息队列的密码：请放在 --password-file 或 XILIN_BUS_PASSWORD。",
                    "There is no password for the message queue: put it into --password-file or XILIN_BUS_PASSWORD.");
            }

            return BrokerConnectionSettings.Create(address, password, authorityFile, certificateFile, keyFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                ExitCodes.Usage, $"密码文件无法读取：{exception.Message}", $"The password file cannot be read: {exception.Message}");
        }
        catch (ClientConfigurationException exception)
        {
            throw new CommandException(ExitCodes.Usage, exception.MessageZh, exception.Message);
        }
    }

    private static string? PasswordOf(string address) =>
        (BrokerAddress.TryParse(address, out var parsed) ? parsed.Password : null)
        ?? (Environment.GetEnvironmentVariable("XILIN_BUS_PASSWORD") is { Length: > 0 } given ? given : null);
}
