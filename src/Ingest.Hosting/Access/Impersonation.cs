using System.Text;
using System.Text.Json;

namespace XilinIngest.Hosting.Access;

/// <summary>
/// For whom the pages ask: they have a key that opens everything, and say with each request whose eyes the answer is for. The API
/// answers as it would answer that one, so that the rule stands once.
/// </summary>
public static class Impersonation
{
    public const string Header = "Xilin-Viewer";

    /// <summary>In an answer: it is the same for everyone with a right.</summary>
    public const string SharedHeader = "Xilin-Shared";

    /// <summary>Names may be Chinese, and a header is ASCII.</summary>
    public static string Encode(Caller caller) => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(caller with { Key = null, ExpiresAt = null, Session = null }));

    /// <summary>No one, where it is malformed.</summary>
    public static Caller Decode(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Caller>(Encoding.UTF8.GetString(Convert.FromBase64String(text))) is { Name.Length: > 0, Units: not null } caller && !caller.Units.Contains(null!) ? caller : Caller.Anonymous;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return Caller.Anonymous;
        }
    }
}
