using System.Text;
using System.Text.Json;

namespace XilinIngest.Hosting.Access;

/// <summary>
/// For whom the pages ask: they have a key that opens everything, and say with each request whose eyes the answer is for. The API
/// answers as it would answer that one, so that the rule stands once.
/// </summary>
public static class OnBehalf
{
    public const string Header = "Xilin-Viewer";

    /// <summary>In an answer: it is the same for everyone with a right.</summary>
    public const string SharedHeader = "Xilin-Shared";

    /// <summary>Names may be Chinese, and a header is ASCII.</summary>
    public static string Write(Viewer viewer) => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(viewer with { Key = null, Until = null, Session = null }));

    /// <summary>No one, where it is malformed.</summary>
    public static Viewer Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Viewer>(Encoding.UTF8.GetString(Convert.FromBase64String(text))) is { Name.Length: > 0, Units: not null } viewer && !viewer.Units.Contains(null!) ? viewer : Viewer.NoOne;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return Viewer.NoOne;
        }
    }
}
