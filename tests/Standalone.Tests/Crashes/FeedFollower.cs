using System.Net.ServerSentEvents;
using XilinIngest.InputOutput;

namespace XilinIngest.Standalone.Tests.Crashes;

/// <summary>Follows the live feed across every death, from the id it saw last.</summary>
internal sealed class FeedFollower(Func<Uri> address)
{
    private readonly List<long> _ids = [];

    internal long Last { get; private set; }

    internal int Connections { get; private set; }

    internal IReadOnlyList<long> Ids => _ids;

    internal async Task FollowAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new ConnectionFaultHandler());
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address(), "/api/results/stream"));
                request.Headers.Add("Last-Event-ID", $"{Last}");
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                answer.EnsureSuccessStatusCode();
                Connections++;
                await foreach (var item in SseParser.Create(await answer.Content.ReadAsStreamAsync(cancellationToken))
                    .EnumerateAsync(cancellationToken))
                {
                    _ids.Add(Last = long.Parse(item.EventId!, System.Globalization.CultureInfo.InvariantCulture));
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                await Task.Delay(25, CancellationToken.None);
            }
        }
    }
}
