using System.Net;
using System.Security.Cryptography;
using XilinIngest.SignedNotes;

namespace XilinIngest.Standalone.Tests;

/// <summary>
/// A ledger that two keys have signed can be checked with neither, so the first row that another key would sign is one too many.
/// </summary>
public sealed class A_signing_key_that_is_wrong
{
    private const string Key = "ledger-key.pem";
    private const string KeyOfTimes = "ledger-key-time.pem";

    // One after the other on one ledger, which takes a further row in the end.
    [Fact]
    public async Task Is_refused_at_the_start_whatever_is_wrong_with_it()
    {
        using var folder = new TestFolder();
        await ServeAsync(folder, 1);
        const string Another = "is not the key of the ledger", AnotherZh = "不是台账";
        const string None = "holds no private Ed25519 key", NoneZh = "没有 Ed25519 私钥";
        await RefusedAsync(folder.In(Key), _ => NoteSigner.CreatePem(), Another, AnotherZh);
        await RefusedAsync(folder.In(KeyOfTimes), _ => NoteSigner.CreatePem(), Another, AnotherZh);
        await RefusedAsync(folder.In(Key), PublicHalf, None, NoneZh);
        await RefusedAsync(
            folder.In(KeyOfTimes), _ => ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem(), None, NoneZh);
        await ServeAsync(folder, 2);
    }

    private static string PublicHalf(string pem)
    {
        // The fixed beginning of every public Ed25519 key in DER.
        byte[] der = [.. Convert.FromHexString("302a300506032b6570032100"), .. NoteSigner.FromPem(pem, "any").Verifier.PublicKey];
        return PemEncoding.WriteString("PUBLIC KEY", der);
    }

    private static async Task RefusedAsync(string file, Func<string, string> other, string en, string zh)
    {
        var own = File.ReadAllText(file);
        File.WriteAllText(file, other(own));
        using (var program = new StandaloneProcess("--data", Path.GetDirectoryName(file)!, "--port", "0", "--lang", "en"))
        {
            Assert.Equal(1, await program.ExitAsync());
            Assert.Contains(en, program.Errors, StringComparison.Ordinal);
            Assert.Contains(zh, program.Errors, StringComparison.Ordinal);
            Starting_and_stopping.AssertNoStackTrace(program);
        }

        File.WriteAllText(file, own);
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
