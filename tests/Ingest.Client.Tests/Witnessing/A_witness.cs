using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using XilinIngest.SignedNotes;

namespace XilinIngest.Client.Tests.Witnessing;

/// <summary><c>xilin witness</c> as a process, asked over HTTP.</summary>
public sealed class A_witness : IAsyncLifetime, IDisposable
{
    private readonly TestLog _log = TestLog.New("stats.example.cn/xilin");
    private readonly TestLog _other = TestLog.New("stats.example.cn/other");
    private WitnessProcess _witness = null!;

    public async Task InitializeAsync()
    {
        _witness = new WitnessProcess("audit.example.org/witness", $"# 台账\n{_log.Key}\n\n{_other.Key}\n");
        await _witness.StartAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _witness.Dispose();

    [Fact]
    public async Task Cosigns_a_log_that_grows_and_the_same_checkpoint_again()
    {
        foreach (var (old, size) in new[] { (0, 3), (3, 4), (4, 4), (4, 300), (300, 1000) })
        {
            await CosignAsync(_log, old, size);
        }

        await CosignAsync(_other, 0, 7);
        Assert.StartsWith("stats.example.cn/xilin\n1000\n", await _witness.GetAsync("checkpoint?log=stats.example.cn/xilin"));
        Assert.Equal($"{_witness.Key}\n", await _witness.GetAsync("key"));
        Assert.Equal("ok 2\n", await _witness.GetAsync("health"));
    }

    [Fact]
    public async Task Cosigns_an_empty_log_and_what_grows_from_it()
    {
        await CosignAsync(_log, 0, 0);
        await CosignAsync(_log, 0, 5);
    }

    [Theory]
    [InlineData(0, 9)]
    [InlineData(4, 9)]
    [InlineData(6, 9)]
    [InlineData(4, 4)]
    public async Task Tells_its_size_to_who_goes_on_from_another_one(int old, int size)
    {
        await CosignAsync(_log, 0, 5);
        Assert.Equal((HttpStatusCode.Conflict, "5\n", "text/x.tlog.size"), await _witness.AskAsync(_log.Ask(old, size)));
    }

    [Fact]
    public async Task Tells_0_where_it_cosigned_nothing() =>
        Assert.Equal((HttpStatusCode.Conflict, "0\n", "text/x.tlog.size"), await _witness.AskAsync(_log.Ask(4, 9)));

    [Fact]
    public async Task Refuses_a_log_that_it_does_not_know() =>
        Assert.Equal(HttpStatusCode.NotFound, (await _witness.AskAsync(TestLog.New("stats.example.cn/x").Ask(0, 1))).Status);

    [Fact]
    public async Task Refuses_a_key_that_it_does_not_know() =>
        Assert.Equal(HttpStatusCode.Forbidden, (await _witness.AskAsync(TestLog.New(_log.Key.Name).Ask(0, 1))).Status);

    [Fact]
    public async Task Refuses_a_checkpoint_whose_signature_is_forged()
    {
        var (one, two) = (_log.CheckpointOf(1), _log.CheckpointOf(2));
        var forged = new WitnessRequest(0, [], SignedNote.Create(one.Text, two.Signatures)).ToString();
        Assert.Equal(HttpStatusCode.Forbidden, (await _witness.AskAsync(forged)).Status);
    }

    [Fact]
    public async Task Refuses_a_proof_that_does_not_verify()
    {
        await CosignAsync(_log, 0, 5);
        var right = _log.Ask(5, 9).Split('\n');
        var proof = Convert.FromBase64String(right[1]);
        proof[0] ^= 1;
        var wrong = string.Join('\n', [right[0], Convert.ToBase64String(proof), .. right[2..]]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _witness.AskAsync(wrong)).Status);
        var missing = string.Join('\n', [right[0], .. right[2..]]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _witness.AskAsync(missing)).Status);
        await CosignAsync(_log, 5, 9);
    }

    [Fact]
    public async Task Refuses_a_proof_where_there_is_nothing_to_prove()
    {
        var lines = _log.Ask(0, 5).Split('\n');
        var body = string.Join('\n', [lines[0], Convert.ToBase64String(new byte[32]), .. lines[1..]]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _witness.AskAsync(body)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("old 0\n\nx\n")]
    [InlineData("old 00\n\n")]
    [InlineData("new 0\n\n")]
    public async Task Refuses_what_is_no_request(string body) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await _witness.AskAsync(body)).Status);

    [Fact]
    public async Task Refuses_a_request_that_goes_back() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await _witness.AskAsync(_log.Ask(9, 5))).Status);

    [Fact]
    public async Task Refuses_a_body_that_is_too_large()
    {
        var body = new StringBuilder().Insert(0, new string('x', WitnessRequest.MaxBytes)).Append(_log.Ask(0, 1)).ToString();
        Assert.Equal(HttpStatusCode.BadRequest, (await _witness.AskAsync(body)).Status);
        await CosignAsync(_log, 0, 1);
    }

    [Fact]
    public async Task Answers_while_others_send_half_a_request_and_no_more()
    {
        var half = new List<TcpClient>();
        for (var i = 0; i < 20; i++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, _witness.Address.Port);
            await client.GetStream().WriteAsync("POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nold"u8.ToArray());
            half.Add(client);
        }

        await CosignAsync(_log, 0, 1);
        half.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Cosigns_nothing_that_it_cannot_write()
    {
        await CosignAsync(_log, 0, 3);

        // A folder in the place of the file: nothing can be moved there.
        File.Delete(_witness.StateFile);
        Directory.CreateDirectory(_witness.StateFile);
        Assert.Equal(HttpStatusCode.InternalServerError, (await _witness.AskAsync(_log.Ask(3, 5))).Status);
        Assert.Contains("cannot be written", _witness.Output, StringComparison.Ordinal);
        Directory.Delete(_witness.StateFile);
        await CosignAsync(_log, 3, 4);
    }

    [Fact]
    public async Task Never_cosigns_a_second_history()
    {
        await CosignAsync(_log, 0, 5);
        var fork = _log.Fork(after: 4);

        // The same size, a larger one from that size, and one that leaves out where they part.
        Assert.Equal(HttpStatusCode.Conflict, (await _witness.AskAsync(fork.Ask(5, 5))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _witness.AskAsync(fork.Ask(5, 9))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await _witness.AskAsync(fork.Ask(4, 9))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await _witness.AskAsync(fork.Ask(0, 9))).Status);
        Assert.Contains("two histories", _witness.Output, StringComparison.Ordinal);

        // What it keeps proves it: two checkpoints of one size, both signed by the log.
        var kept = File.ReadAllText(Assert.Single(Directory.EnumerateFiles(_witness.Data, "two-histories-*")));
        Assert.StartsWith(_log.CheckpointOf(5).ToString(), kept);
        Assert.EndsWith(fork.CheckpointOf(5).ToString(), kept, StringComparison.Ordinal);
        await CosignAsync(_log, 5, 9);
    }

    [Fact]
    public async Task Cosigns_one_of_two_histories_that_are_shown_at_once()
    {
        await CosignAsync(_log, 0, 5);
        for (var size = 6; size < 30; size++)
        {
            var (one, two) = (_log.Ask(size - 1, size), _log.Fork(after: size - 1).Ask(size - 1, size));
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => _witness.AskAsync(i % 2 == 0 ? one : two)));
            Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Conflict));
            if (Assert.Single(Enumerable.Range(0, 8), i => answers[i].Status == HttpStatusCode.OK) % 2 == 1)
            {
                return;
            }
        }
    }

    private async Task CosignAsync(TestLog log, int old, int size)
    {
        var (status, text, _) = await _witness.AskAsync(log.Ask(old, size));
        Assert.True(status == HttpStatusCode.OK, $"{status} {text} {_witness.Output}");
        Assert.True(NoteSignature.TryParse(text.TrimEnd('\n'), out var cosignature));
        var note = log.CheckpointOf(size);
        Assert.True(_witness.Key.Verify(note.Text, cosignature));
        Assert.False(_witness.Key.Verify(log.CheckpointOf(size + 1).Text, cosignature));
        Assert.Equal(size.ToString(CultureInfo.InvariantCulture), note.Text.Split('\n')[1]);
    }
}
