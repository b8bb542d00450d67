using System.Runtime.Versioning;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Access.Tests.Keys;

/// <summary>The file is a link to ..data/…, and ..data a link to a folder that is exchanged as a whole.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class A_key_in_a_secret_of_Kubernetes : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-secret-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Opens_nothing_once_it_is_taken_back()
    {
        var (secret, key) = AccessKeyFile.Create("someone who leaves", ["read"], [], DateTimeOffset.UnixEpoch);
        var (other, otherKey) = AccessKeyFile.Create("someone who stays", ["read"], [], DateTimeOffset.UnixEpoch);
        Mount("first", key, otherKey);
        var keys = new AccessKeyRegistry(
            new AccessOptions { KeyFile = Path.Combine(_folder, "access-keys.json") }, NullLogger<AccessKeyRegistry>.Instance);
        Assert.Equal("someone who leaves", keys.FindCaller(secret)?.Name);

        Mount("second", otherKey);
        Assert.Null(keys.FindCaller(secret));
        Assert.Equal("someone who stays", keys.FindCaller(other)?.Name);
    }

    private void Mount(string version, params AccessKey[] keys)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, $"..{version}")).FullName;
        Assert.True(AccessKeyFile.Change(Path.Combine(folder, "access-keys.json"), _ => keys));
        var (data, file) = (Path.Combine(_folder, "..data"), Path.Combine(_folder, "access-keys.json"));
        if (Directory.Exists(data))
        {
            Directory.Delete(data);
        }
        else
        {
            File.CreateSymbolicLink(file, Path.Combine("..data", "access-keys.json"));
        }

        Directory.CreateSymbolicLink(data, $"..{version}");
    }
}
