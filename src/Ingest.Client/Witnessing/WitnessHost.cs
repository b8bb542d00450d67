using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using XilinIngest.SignedNotes;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace XilinIngest.Client.Witnessing;

/// <summary>A witness over HTTP: <c>/add-checkpoint</c>, <c>/key</c>, <c>/checkpoint</c> and <c>/health</c>.</summary>
internal sealed class WitnessHost(Witness witness, ConsoleOutput output)
{
    private const int MaxConnections = 200;
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    // Who sends what a witness refuses can do so again and again.
    private int _contradictions;
    private int _writeFaults;

    /// <summary>Serves until it is told to stop.</summary>
    /// <param name="listen">Where.</param>
    /// <param name="serving">Called with the address.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">It cannot listen there.</exception>
    public async Task RunAsync(IPEndPoint listen, Action<string> serving, CancellationToken cancellationToken)
    {
        // Nothing is read from the environment or a file: what the command line says is all.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, listen));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = RequestTimeout);
        await using var app = builder.Build();
        app.Run(HandleAsync);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            throw new CommandException(ExitCodes.Local,
                $"无法在 {listen} 监听：{exception.Message} 请用 --listen 换一个端口。",
                $"{listen} cannot be listened at: {exception.Message} Name another port with --listen.");
        }

        serving(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private static void Configure(KestrelServerOptions kestrel, IPEndPoint listen)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = WitnessRequest.MaxBytes;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.RequestHeadersTimeout = RequestTimeout;
        kestrel.Listen(listen);
    }

    // The path may have a prefix, which a proxy in front of it may keep.
    private Task HandleAsync(HttpContext context) =>
        (context.Request.Method, context.Request.Path.Value?.Split('/')[^1]) switch
        {
            ("POST", WitnessRequest.Path) => AddCheckpointAsync(context),
            ("GET", "key") => WriteAsync(context, StatusCodes.Status200OK, $"{witness.Key}\n"),
            ("GET", "health") => WriteAsync(context, StatusCodes.Status200OK, $"ok {witness.Logs.Count}\n"),
            ("GET", "checkpoint") => FindCheckpointAsync(context),
            _ => WriteAsync(context, StatusCodes.Status404NotFound, "POST /add-checkpoint, GET /key, /checkpoint?log=NAME, /health\n"),
        };

    private async Task AddCheckpointAsync(HttpContext context)
    {
        var body = await ReadBodyAsync(context);
        WitnessAnswer answer;
        try
        {
            answer = body is null ? new(WitnessVerdict.Malformed) : witness.Answer(body);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (Interlocked.Exchange(ref _writeFaults, 1) == 0)
            {
                output.WriteErrorLine(
                    $"无法写入，不联署：{exception.Message} 请检查磁盘。", $"Nothing is cosigned, for it cannot be written: {exception.Message}");
            }

            await WriteAsync(context, StatusCodes.Status500InternalServerError, "cannot write\n");
            return;
        }

        if (answer.Verdict == WitnessVerdict.Cosigned)
        {
            Volatile.Write(ref _writeFaults, 0);
        }

        Report(answer);
        await (answer.Verdict switch
        {
            WitnessVerdict.Cosigned => WriteAsync(context, StatusCodes.Status200OK, answer.Cosignature!.Line + "\n"),
            WitnessVerdict.OtherSize or WitnessVerdict.OtherRoot => WriteAsync(
                context, StatusCodes.Status409Conflict, answer.Size.ToString(CultureInfo.InvariantCulture) + "\n",
                WitnessRequest.SizeContentType),
            WitnessVerdict.Malformed => WriteAsync(context, StatusCodes.Status400BadRequest, "not an add-checkpoint request\n"),
            WitnessVerdict.UnknownLog => WriteAsync(context, StatusCodes.Status404NotFound, "unknown log\n"),
            WitnessVerdict.NotSigned => WriteAsync(
                context, StatusCodes.Status403Forbidden, "no trusted key signed the checkpoint\n"),
            _ => WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "the consistency proof does not verify\n"),
        });
    }

    private Task FindCheckpointAsync(HttpContext context)
    {
        var log = context.Request.Query["log"].ToString();
        var logs = witness.Logs;
        return logs.FirstOrDefault(each => each.Log.Name == log || log.Length == 0 && logs.Count == 1).Cosigned is { } note
            ? WriteAsync(context, StatusCodes.Status200OK, note.ToString())
            : WriteAsync(context, StatusCodes.Status404NotFound, "no checkpoint of this log is cosigned\n");
    }

    private void Report(WitnessAnswer answer)
    {
        if (answer is { Verdict: WitnessVerdict.OtherRoot, Evidence: { } evidence } && Interlocked.Increment(ref _contradictions) == 1)
        {
            output.WriteErrorLine(
                $"台账 {answer.Log} 签署了两个不同的检查点，都是 {answer.Size} 行：有两套账！两份检查点在 {evidence}，请交给审计人员。",
                $"The log {answer.Log} signed two checkpoints of {answer.Size} rows that differ: it has two histories! Both are in "
                + $"{evidence}: give them to an auditor.");
        }
    }

    private static async Task<string?> ReadBodyAsync(HttpContext context)
    {
        try
        {
            using var reader = new StreamReader(context.Request.Body, new UTF8Encoding(false, throwOnInvalidBytes: true), false);
            return await reader.ReadToEndAsync(context.RequestAborted);
        }
        catch (Exception exception) when (exception is DecoderFallbackException or BadHttpRequestException)
        {
            return null;
        }
    }

    private static Task WriteAsync(HttpContext context, int status, string text, string contentType = "text/plain; charset=utf-8")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
