using System.Net;
using System.Text;
using XilinIngest.InputOutput;
using XilinIngest.SignedNotes;

namespace XilinIngest.Worker.Ledger.Witnessing;

/// <summary>The answer of a witness: a cosignature, the size that it cosigned last, or the status of a refusal.</summary>
internal readonly record struct WitnessReply(HttpStatusCode Status, NoteSignature? Cosignature = null, long? Size = null);

/// <summary>Asks witnesses over HTTP (c2sp.org/tlog-witness).</summary>
internal sealed class WitnessClient : IDisposable
{
    /// <summary>How long a witness may take to answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private const int MaxAnswer = 64 * 1024;

    private readonly HttpClient _http = new(new ConnectionFaultHandler(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = Timeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
    }))
    { Timeout = Timeout, MaxResponseContentBufferSize = MaxAnswer };

    /// <summary>Asks for a cosignature, which is verified with the key of the witness.</summary>
    /// <exception cref="HttpRequestException">The witness does not answer.</exception>
    /// <exception cref="TaskCanceledException">It does not answer in time.</exception>
    public async Task<WitnessReply> AskAsync(PolicyWitness witness, WitnessRequest request, CancellationToken cancellationToken)
    {
        using var body = new StringContent(request.ToString(), Encoding.UTF8, "text/plain");
        using var answer = await _http.PostAsync(WitnessSettings.AddressOf(witness)!, body, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => new(HttpStatusCode.OK, FindCosignature(witness, request.Checkpoint, text)),
            HttpStatusCode.Conflict when text.EndsWith('\n') => new(HttpStatusCode.Conflict, Size: WitnessRequest.TryParseSize(text[..^1])),
            var status => new(status),
        };
    }

    public void Dispose() => _http.Dispose();

    // A witness may have several keys; those that the policy does not name are ignored.
    private static NoteSignature? FindCosignature(PolicyWitness witness, SignedNote checkpoint, string text) =>
        text.Split('\n').Take(SignedNote.MaxSignatures)
            .Select(line => NoteSignature.TryParse(line, out var signature) ? signature : null)
            .FirstOrDefault(signature => signature is not null && witness.Key.Verify(checkpoint.Text, signature));
}
