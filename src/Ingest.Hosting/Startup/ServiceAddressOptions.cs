using Microsoft.Extensions.Options;

namespace XilinIngest.Hosting;

/// <summary>The other services over HTTP: <c>Services:Results</c>, <c>Services:Intake</c> and <c>Services:Notices</c>.</summary>
internal sealed class ServiceAddressOptions
{
    public string? Results { get; set; }

    public string? Intake { get; set; }

    public string? Notices { get; set; }

    public string? AddressesOf(string service) => service switch
    {
        nameof(Results) => Results,
        nameof(Intake) => Intake,
        _ => Notices,
    };

    /// <summary>The addresses, separated by semicolons; null: one of them is not an address.</summary>
    internal static IReadOnlyList<Uri>? TryParse(string text)
    {
        var urls = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(TryParseUrl).ToList();
        return urls.Count > 0 && !urls.Contains(null) ? [.. urls.OfType<Uri>()] : null;
    }

    private static Uri? TryParseUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0
            ? address : null;
}

/// <summary>Validates the addresses of one service.</summary>
internal sealed class ServiceAddressValidator(string service) : IValidateOptions<ServiceAddressOptions>
{
    public ValidateOptionsResult Validate(string? name, ServiceAddressOptions options)
    {
        var faults = new SettingFaults();
        faults.Check(
            $"Services:{service}", options.AddressesOf(service), text => ServiceAddressOptions.TryParse(text) is not null,
            "http(s)://主机：端口，多个用分号分隔", "http(s)://host:port, several with semicolons");
        return faults.Result;
    }
}

/// <summary>Reads the addresses of other services at the start.</summary>
public static class ServiceAddressStartup
{
    private const string Section = "Services";

    /// <summary>The addresses of a service, which are equivalent; null: a fault.</summary>
    /// <param name="options">The service's options.</param>
    /// <param name="name">Results, Intake or Notices.</param>
    /// <param name="defaultValue">The address without a setting.</param>
    public static IReadOnlyList<Uri>? ServiceUrls(this StartupOptions options, string name, string defaultValue)
    {
        var text = options.Bind(new ServiceAddressValidator(name), Section).AddressesOf(name);
        return ServiceAddressOptions.TryParse(string.IsNullOrEmpty(text) ? defaultValue : text);
    }

    /// <summary>
    /// The key with which a program asks the services: the pages need the right admin, the notifier the right read. Null: none, which
    /// services without sign-in accept.
    /// </summary>
    public static string? ServiceAccessKey(this StartupOptions options) =>
        options.Read("Services:Key")?.Trim() is { Length: > 0 } key ? key : null;
}
