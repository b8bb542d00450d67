using System.Text;

namespace XilinIngest.SignedNotes.Tests;

public sealed class A_trust_policy
{
    private static readonly DateTimeOffset Noon = new(2026, 8, 1, 4, 0, 0, TimeSpan.Zero);
    private static readonly NoteSigner Log = New("stats.example.cn/xilin", NoteAlgorithm.Ed25519);
    private static readonly NoteSigner[] Signers =
        [.. Enumerable.Range(1, 6).Select(number => New($"w{number}.example/witness", NoteAlgorithm.Cosignature))];

    private static readonly string Witnesses = string.Concat(
        Signers.Select((signer, i) => $"witness {"XXXYYY"[i]}{i % 3 + 1}\t {signer.Verifier}  https://{signer.Verifier.Name}\n"));

    // The example of c2sp.org/tlog-policy.
    private static readonly string Nested =
        $"""
          # 两个单位的见证人
        log {Log.Verifier}

        {Witnesses}
        group X-witnesses 2 X1 X2 X3
        group Y-witnesses any Y1 Y2 Y3
        group X-and-Y all X-witnesses Y-witnesses
        quorum X-and-Y
        """;

    public static TheoryData<string, int, string> Faulty => new()
    {
        { "", 0, "no line quorum" },
        { "quorum\n", 1, "not understood" },
        { "quorums none\n", 1, "not understood" },
        { "quorum none\nquorum none\n", 2, "Line 1 has the quorum already" },
        { "\n# x\nquorum A\n", 3, "no line before this one has a witness or a group A" },
        { $"quorum A\nwitness A {Signers[0].Verifier}\n", 1, "a group A" },
        { $"witness A {Log.Verifier}\nquorum none\n", 1, "no key for this line" },
        { $"log {Signers[0].Verifier}\nquorum none\n", 1, "no key for this line" },
        { "log example.com+00000000+AAAA\nquorum none\n", 1, "no key for this line" },
        { $"log {Log.Verifier}\nlog {Renamed(Log)}\nquorum none\n", 2, "has this key already" },
        { $"witness A {Signers[0].Verifier}\nwitness B {Renamed(Signers[0])}\nquorum A\n", 2, "a witness counts once" },
        { $"witness A {Signers[0].Verifier}\nwitness A {Signers[1].Verifier}\nquorum A\n", 2, "The name A is taken" },
        { $"witness none {Signers[0].Verifier}\nquorum none\n", 1, "reserved" },
        { $"witness A {Signers[0].Verifier}\ngroup G 2 A\nquorum G\n", 2, "has to be any, all, or 1 to 1" },
        { $"witness A {Signers[0].Verifier}\ngroup G 0 A\nquorum G\n", 2, "has to be any, all, or 1 to 1" },
        { $"witness A {Signers[0].Verifier}\ngroup G 01 A\nquorum G\n", 2, "has to be any, all, or 1 to 1" },
        { $"witness A {Signers[0].Verifier}\ngroup G any A A\nquorum G\n", 2, "each counts once" },
        { $"witness A {Signers[0].Verifier}\ngroup G any A\ngroup H any A\nquorum H\n", 3, "each counts once" },
        { $"witness A {Signers[0].Verifier}\ngroup G any none\nquorum G\n", 2, "a group none" },
        { "group G any G\nquorum G\n", 1, "a group G" },
        { "quorum none\r\n", 1, "line feeds (LF)" },
        { "quorum\u00a0none\n", 1, "not understood" },
        { new string('#', TrustPolicyReader.MaxBytes + 1), 0, "text in UTF-8" },
    };

    [Theory]
    [InlineData("X1 X2 Y1", true)]
    [InlineData("X1 X3 Y3", true)]
    [InlineData("X1 X2 X3 Y1 Y2 Y3", true)]
    [InlineData("X1 X2 X3", false)]
    [InlineData("X1 Y1 Y2 Y3", false)]
    [InlineData("", false)]
    public void Takes_the_cosignatures_that_its_groups_demand(string witnesses, bool isMet)
    {
        var policy = Read(Nested);
        var signers = Signers.Where((_, i) => witnesses.Contains(policy.Witnesses[i].Name, StringComparison.Ordinal));
        var result = policy.Check(Sign(Log, signers));
        Assert.Equal((isMet, true), (result.IsMet, result.IsOfLog));
        Assert.Equal(witnesses, string.Join(' ', result.Cosigned.Select(each => each.Witness.Name)));
        Assert.All(result.Cosigned, each => Assert.Equal(Noon, each.Time));
    }

    [Fact]
    public void Does_not_count_one_witness_twice() =>
        Assert.False(Read(Nested).Check(Sign(Log, [Signers[0], Signers[0], Signers[3]])).IsMet);

    [Fact]
    public void Refuses_a_log_that_it_does_not_name()
    {
        var other = New(Log.Verifier.Name, NoteAlgorithm.Ed25519);
        Assert.False(Read(Nested).Check(Sign(other, Signers)).IsMet);
        Assert.True(Read($"{Witnesses}quorum X1\n").Check(Sign(other, Signers)).IsMet);
    }

    [Fact]
    public void Refuses_a_key_of_a_log_for_another_log()
    {
        var other = Renamed(Log);
        var text = CheckpointText.Create(Log.Verifier.Name, 1, new byte[32]).ToString();
        Assert.False(Read($"log {other.Text}\nquorum none\n").Check(SignedNote.Create(text, [Log.Sign(text)])).IsMet);
    }

    [Fact]
    public void Refuses_a_checkpoint_with_a_forged_cosignature()
    {
        var (right, other) = (Sign(Log, Signers), Sign(Log, Signers, size: 8));
        var result = Read(Nested).Check(SignedNote.Create(right.Text, [right.Signatures[0], .. other.Signatures.Skip(1)]));
        Assert.False(result.IsMet);
        Assert.NotNull(result.Forged);
    }

    [Fact]
    public void Without_a_quorum_takes_what_the_log_signed() => Assert.True(
        Read($"log {Log.Verifier}\nquorum none").Check(Sign(Log, [])).IsMet);

    [Theory, MemberData(nameof(Faulty))]
    public void Is_refused_with_the_line_that_is_wrong(string text, int line, string reason)
    {
        var (policy, faults) = TrustPolicyReader.Read(Encoding.UTF8.GetBytes(text));
        Assert.Null(policy);
        Assert.Equal(line, faults[0].Line);
        Assert.Contains(reason, faults[0].En, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(line == 0 ? "策略文件：" : $"策略文件第 {line} 行", faults[0].Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_refused_if_it_is_no_UTF8() => Assert.Null(TrustPolicyReader.Read([0xff, .. Encoding.UTF8.GetBytes(Nested)]).Policy);

    private static TrustPolicy Read(string text)
    {
        var (policy, faults) = TrustPolicyReader.Read(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n")));
        Assert.True(policy is not null, string.Join('\n', faults));
        return policy;
    }

    private static SignedNote Sign(NoteSigner log, IEnumerable<NoteSigner> witnesses, long size = 7)
    {
        var text = CheckpointText.Create(log.Verifier.Name, size, new byte[32]).ToString();
        return SignedNote.Create(text, [log.Sign(text), .. witnesses.Select(witness => witness.Cosign(text, Noon))]);
    }

    private static NoteSigner New(string name, NoteAlgorithm algorithm) => NoteSigner.FromPem(NoteSigner.CreatePem(), name, algorithm);

    private static NoteVerifier Renamed(NoteSigner signer) =>
        NoteVerifier.Create("other.example/x", signer.Verifier.Algorithm, signer.Verifier.PublicKey);
}
