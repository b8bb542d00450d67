using XilinIngest.Contracts;
using XilinIngest.SignedNotes;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Verification;

namespace XilinIngest.Worker.Tests.Ledger;

/// <summary><c>xilin-admin key rotate</c>, and what the former key signed.</summary>
public sealed class A_signing_key_that_is_rotated : IDisposable
{
    private readonly LedgerFixture _ledger = new();
    private readonly SubmissionReceipt _before;
    private int _revision;

    public A_signing_key_that_is_rotated() => _before = Send(_ledger.Committer);

    public void Dispose() => _ledger.Dispose();

    [Theory, InlineData(false), InlineData(true)]
    public void Signs_from_then_on_and_what_the_former_one_signed_stays_valid(bool ofTimes)
    {
        Rotate(ofTimes);
        var signer = Load();
        Assert.True(signer.Verify(_before.Checkpoint));
        var after = SendWith(signer);
        Assert.True(signer.Verify(after.Checkpoint));
        Assert.Equal((3, 1L), (signer.Keys.All.Count, signer.Keys.All[^1].After));
        Assert.NotEqual(KeysOf(_before.Checkpoint), KeysOf(after.Checkpoint));
        Assert.Equal(_before.Checkpoint.Origin, after.Checkpoint.Origin);
        Assert.Empty(Verify(signer).Faults);
    }

    [Fact]
    public void Is_introduced_by_the_former_one_so_that_who_knows_either_knows_both()
    {
        Rotate();
        Rotate(ofTimes: true);
        Rotate();
        var keys = Load().Keys;
        Assert.All(
            keys.All.Where(key => key.Key.Algorithm == NoteAlgorithm.Ed25519),
            known => Assert.Null(keys.FindFault(known.Key.Equals)));
        Assert.NotNull(keys.FindFault(_ => false));
    }

    [Fact]
    public void Is_refused_for_what_the_other_one_had_to_sign()
    {
        var former = _ledger.Signer;
        Rotate();
        var signer = Load();
        var later = SendWith(signer).Checkpoint;
        var root = Convert.FromHexString(later.Root);
        Assert.True(signer.Verify(signer.Sign(later.TreeSize, root, later.Time)));
        Assert.False(signer.Verify(former.Sign(later.TreeSize, root, later.Time)));
        Assert.False(signer.Verify(signer.Sign(1, Convert.FromHexString(_before.Checkpoint.Root), _before.Checkpoint.Time)));
    }

    [Fact]
    public void Keeps_a_process_that_still_has_the_former_one_from_writing()
    {
        Rotate();
        var refused = Assert.Throws<SigningKeyReplacedException>(() => Send(_ledger.Committer));
        Assert.Contains("重新启动服务", refused.Fault.RemedyZh, StringComparison.Ordinal);
        Assert.Single(_ledger.Rows());
        SendWith(Load());
        Assert.Equal(2, _ledger.Rows().Count);
    }

    [Fact]
    public void Is_refused_at_the_start_while_the_rotation_is_not_finished_and_finished_by_another_run()
    {
        // As if the process had ended before the new key took the place of the former one.
        var former = File.ReadAllText(_ledger.KeyPath);
        Rotate();
        File.Move(_ledger.KeyPath, SigningKeyFiles.NextOf(_ledger.KeyPath));
        File.WriteAllText(_ledger.KeyPath, former);
        var refused = Assert.Throws<InvalidOperationException>(Load);
        Assert.Contains("Run xilin-admin key rotate again", refused.Message, StringComparison.Ordinal);

        Rotate();
        Assert.Equal(3, Load().Keys.All.Count);
        Assert.False(File.Exists(SigningKeyFiles.NextOf(_ledger.KeyPath)));
        Assert.Empty(Verify(Load()).Faults);
    }

    [Fact]
    public void Names_the_key_of_times_where_that_one_is_to_be_finished()
    {
        var time = new SigningKeyFiles(_ledger.KeyPath).Time;
        var former = File.ReadAllText(time);
        Rotate(ofTimes: true);
        File.Move(time, SigningKeyFiles.NextOf(time));
        File.WriteAllText(time, former);
        Assert.Contains(
            "Run xilin-admin key rotate --time again", Assert.Throws<InvalidOperationException>(Load).Message, StringComparison.Ordinal);
        Assert.Contains(
            "Run xilin-admin key rotate --time again", Assert.Throws<InvalidOperationException>(() => Rotate()).Message,
            StringComparison.Ordinal);
        Rotate(ofTimes: true);
        Assert.Empty(Verify(Load()).Faults);
    }

    [Fact]
    public void Is_not_to_be_finished_with_a_new_key_that_the_ledger_never_had()
    {
        // As when a backup of before was restored beside what an interrupted rotation left.
        var former = File.ReadAllText(_ledger.KeyPath);
        Rotate();
        File.WriteAllText(_ledger.KeyPath, former);
        File.WriteAllText(SigningKeyFiles.NextOf(_ledger.KeyPath), NoteSigner.CreatePem());
        Assert.Contains(
            "is not the key of the ledger", Assert.Throws<InvalidOperationException>(Load).Message, StringComparison.Ordinal);
        Assert.Contains(
            "is not the key of the ledger", Assert.Throws<InvalidOperationException>(() => Rotate()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_for_another_rotation_of_the_same_ledgers()
    {
        Task rotation;
        using (_ledger.Store.AcquireLease(LedgerStartup.Lease))
        {
            rotation = Task.Run(() => Rotate());
            await Task.Delay(TimeSpan.FromSeconds(1));
            Assert.False(rotation.IsCompleted);
            Assert.False(File.Exists(SigningKeyFiles.NextOf(_ledger.KeyPath)));
        }

        await rotation.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(3, Load().Keys.All.Count);
    }

    [Fact]
    public void Is_refused_where_no_service_has_opened_a_ledger_yet()
    {
        _ledger.ExecuteSql("DELETE FROM ledger_key");
        Assert.Contains(
            "Start the service once", Assert.Throws<InvalidOperationException>(() => Rotate()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_refused_for_a_new_ledger_where_it_is_the_key_of_times_too()
    {
        _ledger.ExecuteSql("DELETE FROM ledger_key");
        File.Copy(_ledger.KeyPath, new SigningKeyFiles(_ledger.KeyPath).Time, overwrite: true);
        Assert.Contains(
            "hold the same key",
            Assert.Throws<InvalidOperationException>(() => CheckpointSigner.LoadOrCreate(_ledger.KeyPath, _ledger.Store)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Is_not_made_for_a_ledger_with_another_key()
    {
        File.WriteAllText(_ledger.KeyPath, NoteSigner.CreatePem());
        Assert.Contains(
            "is not the key of the ledger", Assert.Throws<InvalidOperationException>(() => Rotate()).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(SigningKeyFiles.NextOf(_ledger.KeyPath)));
    }

    [Theory]
    [InlineData("DELETE FROM ledger_key WHERE number = 1")]
    [InlineData("UPDATE ledger_key SET after_size = 0 WHERE number = 3")]
    [InlineData("UPDATE ledger_key SET introduction = NULL WHERE number = 3")]
    [InlineData("UPDATE ledger_key SET vkey = (SELECT vkey FROM ledger_key WHERE number = 3) WHERE number = 1")]
    public void Cannot_be_altered_by_hand_without_being_found(string sql)
    {
        Rotate();
        var signer = Load();
        SendWith(signer);
        _ledger.ExecuteSql(sql);
        Assert.Contains(
            Verify(CheckpointSigner.Load(_ledger.KeyPath, _ledger.Store)).Faults,
            fault => fault.StartsWith("the keys (table ledger_key) were altered by hand", StringComparison.Ordinal));
    }

    private void Rotate(bool ofTimes = false) => new KeyRotation(_ledger.KeyPath, [_ledger.Store]).Rotate(ofTimes);

    private CheckpointSigner Load() => CheckpointSigner.LoadMatching(_ledger.KeyPath, _ledger.Store);

    private LedgerVerificationResult Verify(CheckpointSigner signer) =>
        new LedgerVerifier(_ledger.Store, signer, _ledger.Catalogues).Verify();

    private SubmissionReceipt SendWith(CheckpointSigner signer)
    {
        using var committer = new LedgerCommitter(_ledger.Store, signer, _ledger.Catalogues, _ledger.Clock);
        return Send(committer);
    }

    private SubmissionReceipt Send(LedgerCommitter committer) =>
        committer.Commit([_ledger.Prepare(ValidSubmission().Set("revision", ++_revision).Bytes())]).Receipts.Single().Receipt;

    private static List<string> KeysOf(Checkpoint checkpoint) =>
        [.. checkpoint.Signatures.Select(line => NoteSignature.TryParse(line, out var read) ? $"{read.Name}+{read.KeyId}" : line)];
}
