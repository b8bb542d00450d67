using System.Net;
using System.Security.Cryptography;
using XilinIngest.SignedNotes;

namespace XilinIngest.Standalone.Tests;

/// <summary>
/// A ledger that two keys have signed can be checked with neither, so the first row that another key would sign is one too many.
/// </summary>
public sealed class A_signing_key_that_is_wrong
{
    [Theory, InlineData("ledger-key.pem"), InlineData("ledger-key-time.pem")]
    public Task That_is_another_ledgers_is_refused_at_the_start(string file) =>
        RefusedAsync(file, _ => NoteSigner.CreatePem(), "is not the key of the ledger", "不是台账");

    [Fact]
    public Task That_is_the_public_half_alone_is_refused_at_the_start() => RefusedAsync(
        "ledger-key.pem", PublicHalf, "holds no private Ed25519 key", "没有 Ed25519 私钥");

    [Fact]
    public Task That_is_of_another_kind_is_refused_at_the_start() => RefusedAsync(
        "ledger-key-time.pem", _ => ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem(), "holds no private Ed25519 key",
        "没有 Ed25519 私钥");

    private static string PublicHalf(string pem)
    {
        // The fixed beginning of every public Ed25519 key in DER.
        byte[] der = [.. Convert.FromHexString("302a300506032b6570032100"), .. NoteSigner.FromPem(pem, "any").Verifier.PublicKey];
        return PemEncoding.WriteString("PUBLIC KEY", der);
    }

    private static async Task RefusedAsync(string name, Func<string, string> other, string en, string zh)
    {
        using var folder = new TestFolder();
        var file = folder.In(name);
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
