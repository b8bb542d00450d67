using System.Security.Cryptography;
using System.Text;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard.SignIn;

/// <summary>The keys of what a page keeps in a tab of the browser until it is sent or saved.</summary>
internal static class TabStorage
{
    /// <summary>
    /// A key that names the caller, because a tab outlives a sign-in that expired or was revoked, and the next caller must not be offered
    /// the input of the last one.
    /// </summary>
    public static string KeyFor(Caller caller, string content) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(caller.Key ?? caller.Name)))[..16]} {content}";
}
