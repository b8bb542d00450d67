using System.Data.Common;
using Dapper;
using XilinIngest.SignedNotes;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger.Witnessing;

/// <summary>A cosignature that was verified.</summary>
/// <param name="Size">The number of rows of the checkpoint.</param>
/// <param name="Witness">The key of the witness, as a vkey.</param>
/// <param name="Line">The signature line.</param>
internal sealed record Cosignature(long Size, string Witness, string Line)
{
    /// <summary>When it was made; null: the line was altered by hand.</summary>
    public DateTimeOffset? FindTime(PolicyWitness witness, SignedNote checkpoint) =>
        NoteSignature.TryParse(Line, out var signature)
            && SignedNote.Create(checkpoint.Text, [signature]).Verify([witness.Key]).Valid is [var valid] ? valid.Time : null;
}

/// <summary>
/// The cosignatures of a ledger's newest checkpoints. Kept are the newest one of each witness and those of the newest checkpoint that has
/// a quorum: a later tree begins with the earlier ones, so that a cosignature vouches for all rows before it.
/// </summary>
internal sealed class CosignatureStore(LedgerStore store, TrustPolicy policy)
{
    internal static readonly BulkTable<Cosignature> Table = new(
        "ledger_cosignature", 2,
        new("tree_size", ColumnType.Number, row => row.Size),
        new("witness", ColumnType.Text, row => row.Witness),
        new("signature", ColumnType.Text, row => row.Line));

    internal static readonly SqlStatement All =
        new("SELECT tree_size AS Size, witness, signature AS Line FROM ledger_cosignature ORDER BY tree_size, witness");

    /// <summary>Those of the witnesses of the policy, by size.</summary>
    public IReadOnlyList<Cosignature> Read(DbConnection connection, DbTransaction? transaction = null) =>
        [.. ReadAll(connection, transaction).Where(row => Find(row) is not null)];

    /// <summary>The size of the newest checkpoint whose cosignatures are enough; null: there is none.</summary>
    public long? FindQuorum(IEnumerable<Cosignature> rows) => rows.GroupBy(row => row.Size).OrderByDescending(rows => rows.Key)
        .FirstOrDefault(rows => policy.IsQuorum(witness => rows.Any(row => row.Witness == witness.Key.Text)))?.Key;

    /// <summary>Adds one, and deletes those that newer ones make superfluous. Adding it again changes nothing.</summary>
    public void Add(Cosignature added)
    {
        using var connection = store.Open();
        using var transaction = Database.BeginWrite(connection);
        var stored = ReadAll(connection, transaction);
        var rows = stored.Where(row => row.Size != added.Size || row.Witness != added.Witness).Append(added).ToList();
        var known = rows.Where(row => Find(row) is not null).ToList();
        var quorum = FindQuorum(known);
        var kept = known.GroupBy(row => row.Witness).Select(rows => rows.MaxBy(row => row.Size)!)
            .Concat(known.Where(row => row.Size == quorum)).ToHashSet();
        Table.Write(connection, transaction, WriteMode.Upsert, kept.Contains(added) ? [added] : []);
        Table.Write(connection, transaction, WriteMode.Delete, stored.Where(row => !kept.Contains(row) && Key(row) != Key(added)));
        transaction.Commit();
    }

    private static List<Cosignature> ReadAll(DbConnection connection, DbTransaction? transaction) =>
        connection.Query<(long Size, string Witness, string Line)>(All.For(connection), transaction: transaction)
            .Select(row => new Cosignature(row.Size, row.Witness, row.Line)).ToList();

    private static (long Size, string Witness) Key(Cosignature row) => (row.Size, row.Witness);

    private PolicyWitness? Find(Cosignature row) => policy.Witnesses.FirstOrDefault(witness => witness.Key.Text == row.Witness);
}
