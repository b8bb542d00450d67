using System.Runtime.Versioning;
using XilinIngest.InputOutput;
using XilinIngest.SignedNotes;

namespace XilinIngest.Admin.Tests.Doctor;

/// <summary><c>xilin-admin key rotate</c>.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class A_signing_key_that_is_replaced
{
    [Fact]
    public async Task Is_printed_with_its_fingerprint_and_found_in_order()
    {
        await using var installation = await CheckedInstallation.CreateAsync();
        var (log, time) = (KeyIn("ledger-key.pem"), KeyIn("ledger-key-time.pem"));

        var result = (await RotateAsync(installation)).AssertSucceeded();
        Assert.Contains("a new key, fingerprint ", result.Output, StringComparison.Ordinal);
        Assert.True(NoteVerifier.TryParse(result.Output.Split('\n')[0], out var printed));
        Assert.Equal(Convert.ToHexString(printed.PublicKey), KeyIn("ledger-key.pem"));
        Assert.NotEqual(log, KeyIn("ledger-key.pem"));
        Assert.Equal(time, KeyIn("ledger-key-time.pem"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(installation.In("ledger-key.pem")));

        Assert.Contains("/time+", (await RotateAsync(installation, "--time")).AssertSucceeded().Output, StringComparison.Ordinal);
        Assert.NotEqual(time, KeyIn("ledger-key-time.pem"));
        Assert.Equal("fine", (string?)CheckedInstallation.ChecksOf(await installation.RunAsync("--json"))["key"]["state"]);

        string KeyIn(string file) =>
            Convert.ToHexString(NoteSigner.FromPem(File.ReadAllText(installation.In(file)), "any").Verifier.PublicKey);
    }

    [Fact]
    public async Task Is_not_made_while_a_service_runs_on_the_folder_nor_where_there_is_no_ledger()
    {
        await using var installation = await CheckedInstallation.CreateAsync();
        using (FileLock.TryAcquire(installation.In("in-use.lock")))
        {
            var busy = await RotateAsync(installation);
            Assert.Equal(1, busy.ExitCode);
            Assert.Contains("Stop the service first", busy.Errors, StringComparison.Ordinal);
        }

        File.Delete(installation.In("ledger.db"));
        var gone = await RotateAsync(installation);
        Assert.Equal(1, gone.ExitCode);
        Assert.Contains("There is no ledger", gone.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_named_by_the_doctor_until_it_is_finished()
    {
        await using var installation = await CheckedInstallation.CreateAsync();
        var former = await File.ReadAllTextAsync(installation.In("ledger-key.pem"));
        (await RotateAsync(installation)).AssertSucceeded();
        File.Move(installation.In("ledger-key.pem"), installation.In("ledger-key.pem.next"));
        await File.WriteAllTextAsync(installation.In("ledger-key.pem"), former);
        File.SetUnixFileMode(installation.In("ledger-key.pem"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var found = CheckedInstallation.ChecksOf(await installation.RunAsync("--json"))["key"];
        Assert.Equal("fault", (string?)found["state"]);
        Assert.Contains("key rotate again", AdminProgram.Readable(found), StringComparison.Ordinal);
    }

    private static Task<ProgramResult> RotateAsync(CheckedInstallation installation, params string[] arguments) =>
        AdminProgram.RunAdminAsync(
            ["key", "rotate", "--data", installation.Data, "--catalogue", installation.Catalogue.Path, "--lang", "en", .. arguments]);
}
