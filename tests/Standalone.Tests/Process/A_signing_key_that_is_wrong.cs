using System.Net;
using System.Security.Cryptography;

namespace XilinIngest.Standalone.Tests;

/// <summary>
/// A ledger that two keys have signed can be checked with neither, so the first row that another key would sign is one too many.
/// </summary>
public sealed class A_signing_key_that_is_wrong
{
    [Fact]
    public Task That_is_another_ledgers_is_refused_at_the_start() => RefusedAsync(
        _ => ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem(), "is not the key of the ledger", "不是台账");

    [Fact]
    public Task That_is_the_public_half_alone_is_refused_at_the_start() =>
        RefusedAsync(PublicHalf, "cannot sign: it holds a public key alone", "只有公钥");

    [Fact]
    public Task That_is_of_another_curve_is_refused_at_the_start() => RefusedAsync(
        _ => ECDsa.Create(ECCurve.NamedCurves.nistP384).ExportPkcs8PrivateKeyPem(), "no ECDSA P-256 private key", "不是 ECDSA P-256 私钥");

    [Fact]
    public Task That_is_of_another_kind_is_refused_at_the_start() => RefusedAsync(
        _ => RSA.Create(2048).ExportPkcs8PrivateKeyPem(), "holds no private key", "没有私钥");

    private static string PublicHalf(string pem)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return key.ExportSubjectPublicKeyInfoPem();
    }

    private static async Task RefusedAsync(Func<string, string> other, string en, string zh)
    {
        using var folder = new TestFolder();
        var file = folder.In("ledger-key.pem");
        await ServeAsync(folder, 1);
        var own = File.ReadAllText(file);
        File.WriteAllText(file, other(own));
        using (var program = new StandaloneProcess("--data", folder.Path, "--port", "0", "--lang", "en"))
        {
            Assert.Equal(1, await program.ExitAsync());
            Assert.Contains(en, program.Errors, StringComparison.Ordinal);
            Assert.Contains(zh, program.Errors, StringComparison.Ordinal);
            Starting_and_stopping.AssertNoStackTrace(program);
        }

        File.WriteAllText(file, own);
        await ServeAsync(folder, 2);
    }

    private static async Task ServeAsync(TestFolder folder, int revision)
    {
        using var program = new StandaloneProcess("--data", folder.Path, "--port", "0", "--lang", "en");
        using var client = new HttpClient { BaseAddress = await program.ServingAsync() };
        using (var answer = await client.PostAsync("/api/submissions", XilinSubmissions.ValidSubmission().Set("revision", revision).Body()))
        {
            Assert.True(answer.StatusCode == HttpStatusCode.UnprocessableEntity, await answer.Content.ReadAsStringAsync() + program.Output);
        }

        program.Terminate();
        Assert.Equal(0, await program.ExitAsync());
    }
}
