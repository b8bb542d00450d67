using System.Text.Json;
using XilinIngest.Client.Proofs;
using XilinIngest.SignedNotes;

namespace XilinIngest.Client.Tests.Staff;

/// <summary>The file <c>trust/ledger-keys.txt</c>, and the lists of keys that a service gives afterwards.</summary>
public sealed class The_keys_that_an_office_pinned : IDisposable
{
    private const string Origin = "stats.example/xilin";
    private readonly TestFolder _outbox = new();
    private readonly NoteSigner[] _logs = [.. Enumerable.Range(0, 4).Select(_ => NoteSigner.FromPem(NoteSigner.CreatePem(), Origin))];
    private readonly NoteVerifier[] _times = [.. Enumerable.Range(0, 2).Select(_ => NewTime())];

    public void Dispose() => _outbox.Dispose();

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Lead_to_the_newest_ones_however_often_these_were_replaced(int rotations)
    {
        Pin(Rotated(0));
        Assert.True(Pin([.. Rotated(rotations), Time(_times[1], rotations * 10, _times[0], _logs[rotations])]).IsReplaced);
        var lines = File.ReadAllLines(Path.Combine(_outbox.Path, "trust", "ledger-keys.txt"));
        Assert.Equal([_logs[rotations].Verifier.Text, _times[1].Text, "former"], lines[..3]);
        Assert.Contains(_logs[0].Verifier.Text, lines[3..]);
    }

    [Fact]
    public void Do_not_lead_to_one_whose_introduction_is_missing_or_of_another()
    {
        Pin(Rotated(0));
        var keys = Rotated(3);
        Refuse([.. keys[..2], .. keys[3..]]);
        Refuse([.. keys[..2], keys[2] with { Introduction = null }, .. keys[3..]]);
        Refuse([.. keys[..2], keys[2] with { Introduction = keys[3].Introduction }, .. keys[3..]]);
        Refuse([.. keys[..2], keys[3], keys[2], keys[4]]);
        Refuse(keys[2..]);
        Pin(keys);
    }

    [Fact]
    public void Do_not_lead_to_a_key_of_times_that_a_former_key_introduces()
    {
        Pin(Rotated(1));
        var stolen = Time(_times[1], 0, _times[0], _logs[0]);
        Refuse([.. Rotated(0), stolen, .. Rotated(1)[2..]]);
        Refuse([Rotated(0)[0], Time(_times[1], 0, null, _logs[0]), .. Rotated(1)[2..]]);
        Pin([.. Rotated(1), Time(_times[1], 10, _times[0], _logs[1])]);
    }

    private PinnedKeys Pin(params LogKey[] keys) => PinnedKeys.Pin(_outbox.Path, JsonSerializer.Serialize(new[]
    {
        new { origin = Origin, keys = keys.Select(key => new { key = key.Key.Text, after = key.After, introduction = key.Introduction }) },
    }));

    private void Refuse(params LogKey[] keys) => Assert.Throws<CommandException>(() => Pin(keys));

    private LogKey[] Rotated(int times) =>
    [
        new(_logs[0].Verifier, 0, null), Time(_times[0], 0, null, _logs[0]),
        .. Enumerable.Range(1, times).Select(i => Introduced(
            new(Origin, i * 10, _logs[i - 1].Verifier, _logs[i].Verifier), _logs[i - 1], _logs[i])),
    ];

    private static LogKey Time(NoteVerifier key, long after, NoteVerifier? former, NoteSigner log) =>
        Introduced(new(Origin, after, former, key), log);

    private static LogKey Introduced(KeyIntroduction said, params NoteSigner[] signers) => new(said.Key, said.After,
        SignedNote.Create(said.ToString(), [.. signers.Select(signer => signer.Sign(said.ToString()))]).ToString());

    private static NoteVerifier NewTime() =>
        NoteSigner.FromPem(NoteSigner.CreatePem(), $"{Origin}/time", NoteAlgorithm.Cosignature).Verifier;
}
