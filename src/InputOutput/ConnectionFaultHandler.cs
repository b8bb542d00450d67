using System.Net.Sockets;

namespace XilinIngest.InputOutput;

/// <summary>
/// Reports every connection that fails as an <see cref="HttpRequestException"/>, as <see cref="HttpClient"/> promises. A service that
/// ends just after it has taken a connection otherwise shows as a <see cref="SocketException"/>: .NET 10 asks the new connection for
/// its remote address outside of the code that translates faults.
/// </summary>
/// <param name="inner">Sends the requests.</param>
public sealed class ConnectionFaultHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>With the handler that a new <see cref="HttpClient"/> has.</summary>
    public ConnectionFaultHandler()
        : this(new SocketsHttpHandler())
    {
    }

    /// <exception cref="HttpRequestException">No connection could be made, or it was lost.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (SocketException exception)
        {
            throw new HttpRequestException(
                HttpRequestError.ConnectionError, $"{exception.Message} ({request.RequestUri?.Authority})", exception);
        }
    }
}
