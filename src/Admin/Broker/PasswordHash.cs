using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace XilinIngest.Admin.Broker;

/// <summary>Password hashes in RabbitMQ's format (<c>rabbit_password_hashing_sha256</c>).</summary>
internal static class PasswordHash
{
    public const string Algorithm = "rabbit_password_hashing_sha256";
    private const int SaltBytes = 4;
    private const int PasswordBytes = 18;

    /// <summary>A password of 144 random bits in 24 characters, which need no escape in an address or a shell.</summary>
    public static string NewPassword() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(PasswordBytes));

    /// <summary>base64(salt + sha256(salt + password)), with a new salt.</summary>
    public static string Compute(string password) => Compute(password, RandomNumberGenerator.GetBytes(SaltBytes));

    public static string Compute(string password, byte[] salt) =>
        Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);

    public static bool Matches(string password, string hash) => Compute(password, Convert.FromBase64String(hash)[..SaltBytes]) == hash;
}
