using System.Collections.Concurrent;
using System.Net;
using XilinIngest.InputOutput;

namespace XilinIngest.Standalone.Tests.Crashes;

/// <summary>Sends bodies until each has its receipt, whatever dies meanwhile; some twice on purpose.</summary>
internal sealed class RetryingSender(IReadOnlyList<byte[]> bodies, Func<Uri> address, int seed)
{
    private const int Offices = 24;
    private int _next = -1;

    /// <summary>By the body's hash: the receipt, as the bytes that came.</summary>
    internal ConcurrentDictionary<string, string> Receipts { get; } = [];

    /// <summary>Receipts of one body that were not the same to the byte.</summary>
    internal ConcurrentQueue<string> Contradictions { get; } = [];

    internal int Retried;

    internal int SentAgain;

    internal Task SendAllAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(
            Enumerable.Range(0, Offices)
            .Select(office => Task.Run(() => OfficeAsync(new Random(seed + office), cancellationToken), cancellationToken)));

    private async Task OfficeAsync(Random random, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new ConnectionFaultHandler()) { Timeout = TimeSpan.FromSeconds(20) };
        while (Interlocked.Increment(ref _next) is var next && next < bodies.Count)
        {
            await SendAsync(client, bodies[next], cancellationToken);
            if (random.Next(20) == 0)
            {
                Interlocked.Increment(ref SentAgain);
                await SendAsync(client, bodies[random.Next(next + 1)], cancellationToken);
            }
        }
    }

    private async Task SendAsync(HttpClient client, byte[] body, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                using var answer =
                    await client.PostAsync(new Uri(address(), "/api/submissions"), XilinSubmissions.Body(body), cancellationToken);
                var text = await answer.Content.ReadAsStringAsync(cancellationToken);
                if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity)
                {
                    if (Receipts.GetOrAdd(CrashWorkload.IdOf(body), text) != text)
                    {
                        Contradictions.Enqueue(text);
                    }

                    return;
                }
            }
            catch (Exception exception)
            when (exception is HttpRequestException or IOException
                || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // It died, or is not there yet: the same body once more, as an office would.
            }

            Interlocked.Increment(ref Retried);
            await Task.Delay(25, cancellationToken);
        }
    }
}
