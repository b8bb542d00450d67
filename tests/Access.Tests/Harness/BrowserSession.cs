using System.Net;
using System.Text.RegularExpressions;

namespace XilinIngest.Access.Tests.Harness;

/// <summary>Someone with a browser, without script: cookies are kept, and where a page leads is gone to.</summary>
internal sealed partial class BrowserSession : IDisposable
{
    private readonly HttpClient _client;

    internal BrowserSession(Uri address, IPAddress? from = null)
    {
        var handler = new SocketsHttpHandler { CookieContainer = Cookies };
        if (from is not null)
        {
            handler.ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            };
        }

        _client = new HttpClient(handler) { BaseAddress = address };
    }

    internal CookieContainer Cookies { get; } = new();

    /// <summary>The page that one comes to, its address and its text, entities written out.</summary>
    internal async Task<(HttpStatusCode Status, string Path, string Text)> NavigateAsync(string path)
    {
        using var answer = await _client.GetAsync(path);
        return await ReadAsync(answer);
    }

    /// <summary>Fills in the form that a page has.</summary>
    internal async Task<(HttpStatusCode Status, string Path, string Text)> SubmitFormAsync(
        string page, string action, params IEnumerable<(string Name, string Value)> fields)
    {
        var token = Token().Match((await NavigateAsync(page)).Text).Groups[1].Value;
        using var answer = await PostAsync(action, fields.Append(("__RequestVerificationToken", token)));
        return await ReadAsync(answer);
    }

    internal Task<HttpResponseMessage> PostAsync(string path, params IEnumerable<(string Name, string Value)> fields) =>
        _client.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    public void Dispose() => _client.Dispose();

    private static async Task<(HttpStatusCode Status, string Path, string Text)> ReadAsync(HttpResponseMessage answer) =>
        (answer.StatusCode, answer.RequestMessage!.RequestUri!.PathAndQuery,
            WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)")]
    private static partial Regex Token();
}
