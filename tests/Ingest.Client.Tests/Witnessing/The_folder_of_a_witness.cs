using System.Globalization;
using System.Net;
using XilinIngest.SignedNotes;

namespace XilinIngest.Client.Tests.Witnessing;

/// <summary>What a witness keeps, over kills, and where it is damaged.</summary>
public sealed class The_folder_of_a_witness : IAsyncLifetime, IDisposable
{
    private readonly TestLog _log = TestLog.New("stats.example.cn/xilin");
    private WitnessProcess _witness = null!;

    public async Task InitializeAsync()
    {
        _witness = new WitnessProcess("audit.example.org/witness", $"{_log.Key}\n");
        await _witness.StartAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _witness.Dispose();

    [Fact]
    public async Task Has_what_was_cosigned_after_a_kill_at_any_time()
    {
        var key = _witness.Key;
        var (size, random) = (1, new Random(7));
        Assert.Equal(HttpStatusCode.OK, (await _witness.AskAsync(_log.Ask(0, 1))).Status);
        for (var kills = 0; kills < 5; kills++)
        {
            // Killed while requests are on their way: what was answered is remembered, and perhaps the one that was not.
            var answered = size;
            var asking = Task.Run(async () =>
            {
                for (var next = size + 1; ; next++)
                {
                    if ((await _witness.AskAsync(_log.Ask(next - 1, next))).Status != HttpStatusCode.OK)
                    {
                        return;
                    }

                    Volatile.Write(ref answered, next);
                }
            });
            await Task.Delay(random.Next(20, 300));
            _witness.Kill();
            await Assert.ThrowsAsync<HttpRequestException>(() => asking);
            await _witness.StartAsync();
            Assert.Equal(key, _witness.Key);

            var (status, text, _) = await _witness.AskAsync(_log.Ask(0, 1));
            Assert.Equal(HttpStatusCode.Conflict, status);
            size = int.Parse(text, CultureInfo.InvariantCulture);
            Assert.InRange(size, answered, answered + 1);
        }
    }

    [Fact]
    public async Task Is_not_used_by_two_at_once()
    {
        var (code, said) = await _witness.RefuseToStartAsync();
        Assert.Equal(4, code);
        Assert.Contains("Another xilin witness uses", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a byte of the state", true)]
    [InlineData("half of the state", true)]
    [InlineData("an empty state", true)]
    [InlineData("no state", true)]
    [InlineData("no key", true)]
    [InlineData("another key", true)]
    [InlineData("no key, where nothing was cosigned", false)]
    public async Task Is_refused_with_what_to_do_if_damaged(string damage, bool isRefused)
    {
        if (isRefused)
        {
            Assert.Equal(HttpStatusCode.OK, (await _witness.AskAsync(_log.Ask(0, 5))).Status);
        }

        Assert.Equal(0, await _witness.StopAsync());
        var (state, key) = (File.ReadAllText(_witness.StateFile), Path.Combine(_witness.Data, "witness-key.pem"));
        Action act = damage switch
        {
            "a byte of the state" => () => File.WriteAllText(
                _witness.StateFile, state.Replace("\\n5\\n", "\\n4\\n", StringComparison.Ordinal)),
            "half of the state" => () => File.WriteAllText(_witness.StateFile, state[..(state.Length / 2)]),
            "an empty state" => () => File.WriteAllText(_witness.StateFile, ""),
            "no state" => () => File.Delete(_witness.StateFile),
            "another key" => () => File.WriteAllText(key, NoteSigner.CreatePem()),
            _ => () => File.Delete(key),
        };
        act();
        if (!isRefused)
        {
            await _witness.StartAsync();
            return;
        }

        var (code, said) = await _witness.RefuseToStartAsync();
        Assert.Equal(4, code);
        Assert.Contains("Do not put an older copy there", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_its_name()
    {
        await _witness.StopAsync();
        var (code, said) = await _witness.RefuseToStartAsync("other.example/witness");
        Assert.Equal(2, code);
        Assert.Contains("audit.example.org/witness", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_not_made_without_a_name()
    {
        using var xilin = new XilinProcess();
        var logs = xilin.File("logs", $"{_log.Key}\n");
        var result = await xilin.RunAsync("witness", "--data", xilin.In("w"), "--logs", logs, "--listen", "127.0.0.1:0");
        Assert.Contains("第一次启动须用 --name", result.AssertExitCode(2).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "has no key of a log")]
    [InlineData("x\n", "Line 1 of")]
    public async Task Is_not_used_with_a_file_of_no_keys(string logs, string reason)
    {
        await _witness.StopAsync();
        _witness.SetLogs(logs);
        var (code, said) = await _witness.RefuseToStartAsync();
        Assert.Equal(2, code);
        Assert.Contains(reason, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goes_on_with_the_new_key_of_a_log_and_not_with_the_former_one()
    {
        Assert.Equal(HttpStatusCode.OK, (await _witness.AskAsync(_log.Ask(0, 5))).Status);
        await _witness.StopAsync();

        // As /api/ledger/key has them after a rotation: the newest first.
        var rotated = TestLog.New(_log.Key.Name);
        _witness.SetLogs($"{rotated.Key}\n{_log.Key}\n");
        await _witness.StartAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await _witness.AskAsync(_log.Ask(5, 6))).Status);
        Assert.Equal(HttpStatusCode.OK, (await _witness.AskAsync(rotated.Ask(5, 7))).Status);
    }
}
