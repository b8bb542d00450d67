using System.Text;
using System.Text.Json;

namespace XilinIngest.Hosting.Access;

/// <summary>
/// The caller on whose behalf the pages send a request. Their own key has every right; the API authorises the request as that caller, so
/// that the access rules are applied in one place.
/// </summary>
public static class Impersonation
{
    public const string Header = "Xilin-Viewer";

    /// <summary>A response header: the response is the same for every caller with a right.</summary>
    public const string SharedHeader = "Xilin-Shared";

    /// <summary>Encodes the caller, because names may be Chinese and a header is ASCII.</summary>
    public static string Encode(Caller caller) =>
        Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(caller with { Key = null, ExpiresAt = null, Session = null }));

    /// <summary>Decodes the caller; anonymous if the header is malformed.</summary>
    public static Caller Decode(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Caller>(Encoding.UTF8.GetString(Convert.FromBase64String(text))) is
            {
                Name.Length: > 0,
                Units: not null
            } caller && !caller.Units.Contains(null!) ? caller : Caller.Anonymous;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return Caller.Anonymous;
        }
    }
}
