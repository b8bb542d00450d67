using System.Security.Cryptography;
using System.Text;

namespace XilinIngest.Notifier.Channels;

/// <summary>
/// The signature of a webhook: HMAC-SHA256 over the time and the body, so that neither can be changed, and an old request cannot be sent
/// again by another.
/// </summary>
internal static class WebhookSignature
{
    public const string Header = "Xilin-Signature";

    /// <summary><c>t=seconds,v1=hex</c>.</summary>
    /// <param name="secret">The key.</param>
    /// <param name="time">When it is sent.</param>
    /// <param name="body">The body.</param>
    public static string Create(string secret, DateTimeOffset time, ReadOnlySpan<byte> body)
    {
        var seconds = FormattableString.Invariant($"{time.ToUnixTimeSeconds()}");
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.ASCII.GetBytes(seconds));
        hash.AppendData("."u8);
        hash.AppendData(body);
        return $"t={seconds},v1={Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
