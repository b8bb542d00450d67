using XilinIngest.ClientLibrary;

namespace XilinIngest.Client.Commands;

/// <summary>Adds the options of this command that remedy a failure of the client library.</summary>
internal static class TransportRemedy
{
    public static (string Zh, string En) Describe(TransportUnavailableException failure) => failure.Failure switch
    {
        TransportFailure.UnknownAccessKey => (
            $"{failure.MessageZh} 请用 XILIN_ACCESS_KEY 或 --access-key-file 给出访问密钥。",
            $"{failure.Message} Give the access key with XILIN_ACCESS_KEY or --access-key-file."),
        TransportFailure.RefusedByBroker => (
            $"{failure.MessageZh} 也可用 --catalogue 给出目录后再报。", $"{failure.Message} Or name the catalogue with --catalogue and send again."),
        _ => (failure.MessageZh, failure.Message),
    };
}
