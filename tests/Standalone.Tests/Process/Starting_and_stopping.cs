using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using XilinIngest.InputOutput;

namespace XilinIngest.Standalone.Tests;

public sealed partial class Starting_and_stopping
{
    [Fact]
    public async Task Exit_without_sample_is_refused_with_what_to_do()
    {
        using var program = new StandaloneProcess("--exit");
        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains("--exit goes with --sample.", program.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh", "不是空的")]
    [InlineData("en", "needs an empty data folder")]
    public async Task A_sample_into_a_folder_with_something_in_it_is_refused(string language, string words)
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.In("mine.txt"), "mine");
        using var program = new StandaloneProcess("--sample", "--exit", "--data", folder.Path, "--lang", language);
        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains(words, program.Errors, StringComparison.Ordinal);
        Assert.Equal([folder.In("mine.txt")], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_second_process_on_the_same_folder_is_refused_with_what_to_do()
    {
        using var folder = new TestFolder();
        using var first = new StandaloneProcess("--data", folder.Path, "--port", "0", "--lang", "en");
        await first.ServingAsync();
        using var second = new StandaloneProcess("--data", folder.Path, "--port", "0", "--lang", "en");
        Assert.Equal(1, await second.ExitAsync());
        Assert.Contains("Stop it first, or name another folder with --data.", second.Errors, StringComparison.Ordinal);
        Assert.False(first.HasExited);
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_what_to_do()
    {
        using var folder = new TestFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var program = new StandaloneProcess("--data", folder.Path, "--port", $"{port}", "--lang", "en");
        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains($"127.0.0.1:{port} cannot be used", program.Errors, StringComparison.Ordinal);
        Assert.Contains("--port", program.Errors, StringComparison.Ordinal);
        AssertNoStackTrace(program);
    }

    [Theory]
    [InlineData("zh", "目录有 2 处错误")]
    [InlineData("en", "The catalogue has 2 faults")]
    public async Task A_faulty_catalogue_is_refused_with_every_fault(string language, string words)
    {
        using var folder = new TestFolder();
        using var catalogue = TestFolder.CopyOfCatalogue();
        catalogue.Edit("targets.csv",
            text => text.Replace("TRADE_CATERING_SALES,2022,growth,7,\n", "TRADE_CATERING_SALES,2022,growth,seven,\n",
                StringComparison.Ordinal));
        catalogue.Edit("calendar.csv",
            text => text
            + "2099-13,2021-02-01T00:00:00+08:00,2021-02-08T18:00:00+08:00,2021-03-20T18:00:00+08:00,2022-06-30T18:00:00+08:00\n");
        using var program = new StandaloneProcess("--data", folder.Path, "--catalogue", catalogue.Path, "--port", "0", "--lang", language);
        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains("seven", program.Errors, StringComparison.Ordinal);
        Assert.Contains("2099-13", program.Errors, StringComparison.Ordinal);
        Assert.Contains(words, program.Errors, StringComparison.Ordinal);
        AssertNoStackTrace(program);
    }

    [Fact]
    public async Task A_data_folder_that_is_a_file_is_refused_in_words()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.In("file"), "");
        using var program = new StandaloneProcess("--data", folder.In("file"), "--port", "0", "--lang", "en");
        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains("--data", program.Errors, StringComparison.Ordinal);
        AssertNoStackTrace(program);
    }

    [Fact]
    public async Task A_signing_key_that_is_none_is_refused_in_words()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.In("ledger-key.pem"), "lost");
        using var program = new StandaloneProcess("--data", folder.Path, "--port", "0", "--lang", "en");
        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains("Restore it from a backup", program.Errors, StringComparison.Ordinal);
        AssertNoStackTrace(program);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_signal_stops_it_cleanly_while_a_stream_is_open(bool interrupt)
    {
        using var folder = new TestFolder();
        using var program = new StandaloneProcess("--data", folder.Path, "--port", "0");
        using var client = new HttpClient { BaseAddress = await program.ServingAsync() };
        await using var stream = await client.GetStreamAsync("/api/results/stream").WaitAsync(TimeSpan.FromSeconds(10));
        if (interrupt)
        {
            program.Interrupt();
        }
        else
        {
            program.Terminate();
        }

        Assert.Equal(0, await program.ExitAsync(seconds: 5));
        Assert.False(Regex.IsMatch(program.Output, "(fail|crit):"), program.Output);
        Assert.Empty(program.Errors.Trim());
    }

    [Fact]
    public async Task A_signal_under_load_leaves_no_sender_without_an_answer_and_every_receipt_in_the_ledger()
    {
        using var folder = new TestFolder();
        using var program = new StandaloneProcess("--data", folder.Path, "--port", "0", "--lang", "en");
        using var client =
            new HttpClient(new ConnectionFaultHandler()) { BaseAddress = await program.ServingAsync(), Timeout = TimeSpan.FromSeconds(20) };
        var answered = 0;
        var senders = Enumerable.Range(0, 32).Select(async _ =>
        {
            // Until the service says that it stops, or is there no more; one that does not answer is a failure.
            for (var status = HttpStatusCode.OK; status != HttpStatusCode.ServiceUnavailable;)
            {
                try
                {
                    using var answer = await client.PostAsync("/api/submissions", XilinSubmissions.ValidSubmission().Body());
                    status = answer.StatusCode;
                    Assert.True(status is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity or HttpStatusCode.ServiceUnavailable,
                        $"{status}");
                    Interlocked.Add(ref answered, status == HttpStatusCode.ServiceUnavailable ? 0 : 1);
                }
                catch (HttpRequestException)
                {
                    return;
                }
            }
        }).ToList();
        await InProcessService.EventuallyAsync(() => Task.FromResult(Volatile.Read(ref answered) > 200));
        program.Terminate();
        Assert.Equal(0, await program.ExitAsync(seconds: 15));
        await Task.WhenAll(senders);
        Assert.DoesNotMatch("(fail|crit):", program.Output);

        using var again = new StandaloneProcess("--data", folder.Path, "--port", "0");
        using var next = new HttpClient { BaseAddress = await again.ServingAsync() };
        var last = System.Text.Json.Nodes.JsonNode.Parse(await next.GetStringAsync("/api/submissions?limit=1"))!;
        Assert.InRange((long)last[0]!["sequence"]!, answered, answered + 32);
    }

    [Fact]
    public async Task An_interrupt_while_the_sample_is_sent_stops_it_without_a_stack_trace()
    {
        using var folder = new TestFolder();
        using var program = new StandaloneProcess("--sample", "--exit", "--data", folder.In("data"), "--port", "0");
        for (var i = 0; i < 600 && !program.Output.Contains("1951", StringComparison.Ordinal); i++)
        {
            await Task.Delay(20);
        }

        program.Interrupt();
        Assert.NotEqual(0, await program.ExitAsync(seconds: 5));
        AssertNoStackTrace(program);
    }

    [Fact]
    public async Task It_listens_on_loopback_alone()
    {
        using var folder = new TestFolder();
        using var program = new StandaloneProcess("--data", folder.Path, "--port", "0");
        var port = (await program.ServingAsync()).Port;
        var listeners =
            System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(end => end.Port == port);
        Assert.Equal([IPAddress.Loopback], listeners.Select(end => end.Address));
    }

    internal static void AssertNoStackTrace(StandaloneProcess program)
    {
        var said = program.Errors + program.Output;
        Assert.False(StackFrame().IsMatch(said), said);
    }

    [GeneratedRegex(@"\sat (XilinIngest|Microsoft|System)\.")]
    private static partial Regex StackFrame();
}
