using XilinIngest.Admin.Federation;
using XilinIngest.SignedNotes;

namespace XilinIngest.Admin.Tests.Federation;

/// <summary>The file of <c>--ledger-key</c>, against the keys that the lower installation gives now.</summary>
public sealed class The_kept_keys_of_a_lower_ledger
{
    private const string Origin = "stats.example/xilin";
    private readonly NoteSigner _first = New(), _second = New();
    private readonly string _timePem = NoteSigner.CreatePem();

    private NoteVerifier Time => NoteSigner.FromPem(_timePem, $"{Origin}/time", NoteAlgorithm.Cosignature).Verifier;

    [Fact]
    public void Accept_what_follows_from_the_newest_one()
    {
        Assert.Null(CheckpointProof.FindFault(Keys(_first), [_first.Verifier, Time]));
        Assert.Null(CheckpointProof.FindFault(Rotated(), [_first.Verifier, Time]));
        Assert.Null(CheckpointProof.FindFault(Rotated(), [_second.Verifier, _first.Verifier, Time]));
        Assert.Null(CheckpointProof.FindFault(Rotated(), [_second.Verifier]));
    }

    [Fact]
    public void Refuse_what_follows_from_a_former_one_alone() =>
        Assert.NotNull(CheckpointProof.FindFault(Keys(_first), [_second.Verifier, _first.Verifier, Time]));

    [Fact]
    public void Refuse_a_ledger_that_is_signed_with_the_key_of_its_times() =>
        Assert.NotNull(CheckpointProof.FindFault(Keys(NoteSigner.FromPem(_timePem, Origin)), [_first.Verifier, Time]));

    private static NoteSigner New() => NoteSigner.FromPem(NoteSigner.CreatePem(), Origin);

    private LogKeys Keys(NoteSigner log, params LogKey[] more) =>
        new(Origin, [new(log.Verifier, 0, null), new(Time, 0, Note(new(Origin, 0, null, Time), log)), .. more]);

    private LogKeys Rotated() => Keys(
        _first, new LogKey(_second.Verifier, 5, Note(new(Origin, 5, _first.Verifier, _second.Verifier), _first, _second)));

    private static string Note(KeyIntroduction said, params NoteSigner[] signers) =>
        SignedNote.Create(said.ToString(), [.. signers.Select(signer => signer.Sign(said.ToString()))]).ToString();
}
