using System.Text;
using XilinIngest.SignedNotes;
using XilinIngest.Worker.Ledger.Witnessing;

namespace XilinIngest.Worker.Tests.Ledger;

/// <summary>Which cosignatures are kept.</summary>
public sealed class The_cosignatures_of_a_ledger : IDisposable
{
    private static readonly NoteSigner[] Signers =
        [.. "abc".Select(letter => NoteSigner.FromPem(NoteSigner.CreatePem(), $"{letter}.example/w", NoteAlgorithm.Cosignature))];

    private readonly LedgerFixture _ledger = new();
    private readonly CosignatureStore _store;

    public The_cosignatures_of_a_ledger() => _store = NewStore("group g 2 a b c\nquorum g\n");

    public void Dispose() => _ledger.Dispose();

    [Theory]
    [InlineData("a1", "a1", null)]
    [InlineData("a1 a2 a3", "a3", null)]
    [InlineData("a1 b1", "a1 b1", 1L)]
    [InlineData("a1 b1 a2 a3", "a1 b1 a3", 1L)]
    [InlineData("a1 b1 a2 a3 b3", "a3 b3", 3L)]
    [InlineData("a1 b1 c1 a2 c2", "b1 a2 c2", 2L)]
    [InlineData("a1 b1 a1 b1 a1", "a1 b1", 1L)]
    [InlineData("a3 b3 a1 b1", "a3 b3", 3L)]
    [InlineData("a3 b1", "b1 a3", null)]
    public void Are_the_newest_of_each_witness_and_those_of_the_newest_quorum(string added, string kept, long? quorum)
    {
        foreach (var each in added.Split(' '))
        {
            _store.Add(Make(each));
        }

        using var connection = _ledger.Store.Open();
        var rows = _store.Read(connection);
        Assert.Equal(kept, string.Join(' ', rows.Select(Describe)));
        Assert.Equal(quorum, _store.FindQuorum(rows));
    }

    [Fact]
    public void Are_replaced_by_a_newer_one_of_the_same_size()
    {
        _store.Add(Make("a1"));
        _store.Add(Make("a1") with { Line = "— a.example/w newer" });
        using var connection = _ledger.Store.Open();
        Assert.Equal("— a.example/w newer", Assert.Single(_store.Read(connection)).Line);
    }

    [Fact]
    public void Of_a_witness_that_the_policy_names_no_more_do_not_count_and_go()
    {
        _store.Add(Make("a1"));
        _store.Add(Make("b1"));
        var other = NewStore("group g all a c\nquorum g\n", "ac");
        using var connection = _ledger.Store.Open();
        Assert.Equal("a1", string.Join(' ', other.Read(connection).Select(Describe)));
        other.Add(Make("c1"));
        Assert.Equal("a1 c1", string.Join(' ', _store.Read(connection).Select(Describe)));
    }

    private CosignatureStore NewStore(string quorum, string witnesses = "abc")
    {
        var lines = witnesses.Select(letter => $"witness {letter} {Signers[letter - 'a'].Verifier}\n");
        return new CosignatureStore(
            _ledger.Store, TrustPolicyReader.Read(Encoding.UTF8.GetBytes(string.Concat(lines) + quorum)).Policy!);
    }

    private static Cosignature Make(string text) =>
        new(text[1] - '0', Signers[text[0] - 'a'].Verifier.Text, $"— {text[0]}.example/w AAAA");

    private static string Describe(Cosignature row) => $"{row.Witness[0]}{row.Size}";
}
