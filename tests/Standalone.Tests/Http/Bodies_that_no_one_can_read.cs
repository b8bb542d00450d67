using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;

namespace XilinIngest.Standalone.Tests.Http;

/// <summary>400, 413 or 415 as problem details at the edge, and no row in the ledger.</summary>
public sealed class Bodies_that_no_one_can_read(InProcessService service) : IClassFixture<InProcessService>
{
    private const int TenMegabytes = 10 * 1024 * 1024;

    private static readonly string[] Fields =
        ["submissionId", "unit", "period", "revision", "submittedAt", "values", "value", "explanations", "correction", "submissions", "x"];

    // A case has a body's name: the runner would write the bytes of a long one into its texts.
    private static readonly Dictionary<string, byte[]> Bodies = new()
    {
        ["empty"] = [],
        ["null"] = "null"u8.ToArray(),
        ["an array"] = "[{}]"u8.ToArray(),
        ["a number"] = "42"u8.ToArray(),
        ["a text"] = "\"x\""u8.ToArray(),
        ["not JSON"] = "<submission/>"u8.ToArray(),
        ["half of it"] = Encoding.UTF8.GetBytes(XilinSubmissions.ValidSubmission().ToJsonString()[..^20]),
        ["two of them"] =
            Encoding.UTF8.GetBytes(XilinSubmissions.ValidSubmission().ToJsonString() + XilinSubmissions.ValidSubmission().ToJsonString()),
        ["a bare NaN"] =
            Encoding.UTF8.GetBytes(
                XilinSubmissions.ValidSubmission().ToJsonString().Replace("\"value\":3", "\"value\":NaN", StringComparison.Ordinal)),
        ["the same field twice"] = "{\"unit\":\"a\",\"unit\":\"b\"}"u8.ToArray(),
        ["GB 18030"] = [.. "{\"unit\":\""u8, 0xCE, 0xF7, 0xC1, 0xD6, .. "\"}"u8],
        ["UTF-16"] = Encoding.Unicode.GetBytes("{}"),
        ["100,000 brackets"] = Encoding.ASCII.GetBytes(new string('[', 100_000)),
        ["100,000 nested objects"] = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 100_000))),
        ["a pack of nothing"] = "{\"submissions\":[]}"u8.ToArray(),
        ["a pack that is none"] = "{\"submissions\":{}}"u8.ToArray(),
        ["a pack of 501"] = Encoding.ASCII.GetBytes($"{{\"submissions\":[{string.Join(',', Enumerable.Repeat("{}", 501))}]}}"),
    };

    public static TheoryData<string> Kinds => [.. Bodies.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Are_answered_400_with_the_reason_and_recorded_nowhere(string what)
    {
        var rows = await RowsAsync();
        using var answer = await service.Client.PostAsync("/api/submissions", XilinSubmissions.Body(Bodies[what]));
        await ProblemAssertions.AssertAsync(answer, HttpStatusCode.BadRequest, what);
        Assert.Equal(rows, await RowsAsync());
    }

    [Fact]
    public async Task Get_413_when_they_say_that_they_are_10_megabytes()
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Post, "/api/submissions") { Content = XilinSubmissions.Body(new byte[TenMegabytes]) };
        request.Headers.ExpectContinue = true;
        using var answer = await service.Client.SendAsync(request);
        await ProblemAssertions.AssertAsync(answer, HttpStatusCode.RequestEntityTooLarge, "10 MB");
    }

    [Fact]
    public async Task Get_413_when_they_turn_out_to_be_10_megabytes()
    {
        // By hand: a client of the framework may give up while it still writes.
        using var socket = new TcpClient();
        await socket.ConnectAsync(service.Client.BaseAddress!.Host, service.Client.BaseAddress.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes("POST /api/submissions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"));
        var chunk = Encoding.ASCII.GetBytes($"10000\r\n{new string(' ', 0x10000)}\r\n");
        var answer = ReadAsync(stream);
        try
        {
            for (var sent = 0; sent < TenMegabytes && !answer.IsCompleted; sent += 0x10000)
            {
                await stream.WriteAsync(chunk);
            }
        }
        catch (IOException)
        {
            // It has answered and closed.
        }

        Assert.StartsWith("HTTP/1.1 413", await answer.WaitAsync(TimeSpan.FromSeconds(10)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_415_when_they_are_not_sent_as_JSON()
    {
        // A page of another site may send a form or plain text without asking; JSON it may not.
        foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x" })
        {
            using var content = new StringContent(XilinSubmissions.ValidSubmission().ToJsonString());
            content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
            using var answer = await service.Client.PostAsync("/api/submissions", content);
            await ProblemAssertions.AssertAsync(answer, HttpStatusCode.UnsupportedMediaType, type);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("gzip, identity")]
    public async Task Get_415_when_they_are_compressed_and_no_row(string coding)
    {
        var rows = await RowsAsync();
        using var packed = new MemoryStream();
        await using (var gzip =
            new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(XilinSubmissions.ValidSubmission().ToJsonString()));
        }

        using var content = XilinSubmissions.Body(packed.ToArray());
        content.Headers.Add("Content-Encoding", coding);
        using var answer = await service.Client.PostAsync("/api/submissions", content);
        var problem = await ProblemAssertions.AssertAsync(answer, HttpStatusCode.UnsupportedMediaType, coding);
        Assert.Contains("Content-Encoding", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Equal(["identity"], answer.Headers.GetValues("Accept-Encoding"));
        Assert.Equal(rows, await RowsAsync());
    }

    [Fact]
    public async Task Random_ones_never_fail_the_service_and_it_still_takes_a_good_one()
    {
        var good = Encoding.UTF8.GetBytes(XilinSubmissions.ValidSubmission().ToJsonString());
        var mutated = Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte).Array[1, 6].Select(changes =>
        {
            var body = good.ToArray();
            foreach (var (at, value) in changes)
            {
                body[at] = value;
            }

            return body;
        });
        var cut = Gen.Int[0, good.Length].Select(length => good[..length]);
        var json = Gen.Recursive<JsonNode?>((depth, inner) => depth >= 3
            ? Gen.OneOf(Gen.Const((JsonNode?)null), Gen.Decimal.Select(number => (JsonNode?)number),
                Gen.String.Select(text => (JsonNode?)text), Gen.Bool.Select(yes => (JsonNode?)yes))
            : Gen.OneOf(
                inner.Array[0, 4].Select(all => (JsonNode?)new JsonArray([.. all.Select(node => node?.DeepClone())])),
                Gen.Select(Gen.Int[0, Fields.Length - 1].Select(i => Fields[i]), inner).Array[0, 8]
                    .Select(fields =>
                        (JsonNode?)new JsonObject(
                            fields.DistinctBy(field => field.Item1)
                            .Select(field => KeyValuePair.Create(field.Item1, field.Item2?.DeepClone()))))));
        await Gen.OneOf(mutated, cut, Gen.Byte.Array[0, 200], json.Select(node => Encoding.UTF8.GetBytes(node?.ToJsonString() ?? "null")))
            .SampleAsync(async body =>
        {
            using var answer = await service.Client.PostAsync("/api/submissions", XilinSubmissions.Body(body));
            Assert.True((int)answer.StatusCode < 500, $"{answer.StatusCode}: {Convert.ToHexString(body)}");
        }, iter: 2_000, threads: 4);
        Assert.Equal(HttpStatusCode.OK, (await service.PostAsync(XilinSubmissions.ValidSubmission().Body())).Status);
    }

    private async Task<long> RowsAsync() =>
        (await service.GetAsync("/api/submissions?limit=1")).AsArray() is [var row] ? (long)row!["sequence"]! : 0;

    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        var buffer = new byte[4096];
        try
        {
            return Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer));
        }
        catch (IOException exception)
        {
            return exception.Message;
        }
    }
}
