using XilinIngest.Standalone.Tests.Api;
using XilinIngest.Standalone.Tests.Foreign;
using static XilinIngest.TestServices.WitnessedLedger;

namespace XilinIngest.Standalone.Tests.Witnesses;

/// <summary>What witnesses sign, as Go's <c>crypto/ed25519</c> verifies it, and what Go's program asks a witness.</summary>
[Collection(SampleYearsCollection.Name)]
public sealed class Cosignatures_verified_by_Go(GoVerifier go)
{
    [Fact]
    public async Task Are_accepted_as_they_are_and_refused_when_altered()
    {
        await using var ledger = new WitnessedLedger("district", "audit");
        await ledger.StartWitnessesAsync();
        var service = await ledger.StartServiceAsync();
        await SubmitAsync(service, 1);
        await SubmitAsync(service, 2);
        await ledger.WaitUntilWitnessedAsync(service, 2);
        var note = (await CheckpointAsync(service)).ToString();
        var keys = Save("keys", $"{ledger.LogKey}\n");
        var witnesses = Save("witnesses", $"{ledger.Witnesses[0].Key}\n{ledger.Witnesses[1].Key}\n");

        var (code, said) = await go.RunWitnessAsync("cosigned", keys, witnesses, Save("checkpoint", note));
        Assert.True(code == 0, said);
        Assert.Equal(2, said.Split("verified: ").Length - 1);

        // A digit of the time, of the key's number, of the signature; a cosignature that is missing; the text of another size.
        var line = note.Split('\n').Single(each => each.StartsWith("— audit.", StringComparison.Ordinal));
        foreach (var (place, reason) in new[] { (11, "is forged"), (1, "did not cosign"), (60, "is forged") })
        {
            var (start, bytes) = (line[..(line.LastIndexOf(' ') + 1)], Convert.FromBase64String(line.Split(' ')[2]));
            bytes[place] ^= 1;
            await RefuseAsync(note.Replace(line, start + Convert.ToBase64String(bytes), StringComparison.Ordinal), reason);
        }

        await RefuseAsync(note.Replace(line + "\n", "", StringComparison.Ordinal), "did not cosign");
        await RefuseAsync(note.Replace("\n2\n", "\n3\n", StringComparison.Ordinal), "invalid signature");

        async Task RefuseAsync(string altered, string reason)
        {
            var (code, said) = await go.RunWitnessAsync("cosigned", keys, witnesses, Save("altered", altered));
            Assert.Equal(1, code);
            Assert.Contains(reason, said, StringComparison.Ordinal);
        }

        string Save(string name, string text)
        {
            File.WriteAllText(ledger.In(name), text);
            return ledger.In(name);
        }
    }

    [Fact]
    public async Task Are_given_to_who_asks_for_them_in_Go()
    {
        await using var ledger = new WitnessedLedger("district", "audit");
        await ledger.StartWitnessesAsync("any");
        ledger.Witnesses[1].Kill();
        var service = await ledger.StartServiceAsync();
        await SubmitAsync(service, 1);
        await ledger.WaitUntilWitnessedAsync(service, 1);
        var older = await SaveAsync("/checkpoint", "older");
        await SubmitAsync(service, 2);
        await SubmitAsync(service, 3);
        await ledger.WaitUntilWitnessedAsync(service, 3);
        var newer = await SaveAsync("/checkpoint", "newer");
        var proof = await SaveAsync("/api/ledger/consistency?first=1&second=3", "proof");
        await ledger.Witnesses[1].StartAsync();
        var audit = new Uri(ledger.Witnesses[1].Address, "/").ToString();

        // The service brings it up to date by itself in a while: the size is what it is then.
        await Eventually.IsTrueAsync(
            async () => (long)(await ReportAsync(service, "audit")).Witness["cosignedSize"]! == 3, () => service.Output, seconds: 60);
        await AssertAsync("409 3\n", "ask", audit, "0", newer);
        await AssertAsync("409 3\n", "ask", audit, "1", newer, proof);
        await AssertAsync("400 ", "ask", audit, "3", older);
        await AssertAsync("422 ", "ask", audit, "3", newer, proof);
        await AssertAsync("200 — audit.example.org/witness ", "ask", audit, "3", newer);

        async Task AssertAsync(string answer, params string[] arguments)
        {
            var (code, said) = await go.RunWitnessAsync(arguments);
            Assert.Equal(0, code);
            Assert.StartsWith(answer, said);
        }

        async Task<string> SaveAsync(string path, string name)
        {
            using var client = new HttpClient();
            File.WriteAllText(ledger.In(name), await client.GetStringAsync(new Uri(await service.ServingAsync(), path)));
            return ledger.In(name);
        }
    }

    [Fact]
    public async Task Are_asked_for_in_Go_with_a_proof_that_grows()
    {
        // The service knows no witness here: Go alone asks.
        await using var ledger = new WitnessedLedger("district");
        await ledger.StartWitnessesAsync();
        var policy = File.ReadAllText(ledger.PolicyFile);
        var nobody = policy.Replace($"{ledger.Witnesses[0].Address}", "http://127.0.0.1:9/", StringComparison.Ordinal);
        File.WriteAllText(ledger.PolicyFile, nobody);
        var service = await ledger.StartServiceAsync();
        await SubmitAsync(service, 1);
        var older = await SaveAsync("/checkpoint", "older");
        for (var revision = 2; revision <= 7; revision++)
        {
            await SubmitAsync(service, revision);
        }

        var newer = await SaveAsync("/checkpoint", "newer");
        var proof = await SaveAsync("/api/ledger/consistency?first=1&second=7", "proof");
        var other = await SaveAsync("/api/ledger/consistency?first=2&second=7", "other");
        var witness = ledger.Witnesses[0].Address.ToString();
        Assert.StartsWith("200 — ", (await go.RunWitnessAsync("ask", witness, "0", older)).Said);
        Assert.StartsWith("422 ", (await go.RunWitnessAsync("ask", witness, "1", newer, other)).Said);
        Assert.StartsWith("422 ", (await go.RunWitnessAsync("ask", witness, "1", newer)).Said);
        Assert.StartsWith("200 — ", (await go.RunWitnessAsync("ask", witness, "1", newer, proof)).Said);
        Assert.Equal("409 7\n", (await go.RunWitnessAsync("ask", witness, "1", newer, proof)).Said);

        async Task<string> SaveAsync(string path, string name)
        {
            using var client = new HttpClient();
            File.WriteAllText(ledger.In(name), await client.GetStringAsync(new Uri(await service.ServingAsync(), path)));
            return ledger.In(name);
        }
    }
}
