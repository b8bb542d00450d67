using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using XilinIngest.Dashboard.SignIn;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard.Data;

/// <summary>Queries the services on behalf of the caller. The services withhold what the caller may not read.</summary>
internal sealed class ServiceClient(ServiceTransport http, ResponseCache cache, CurrentCaller current)
{
    /// <summary>The response to a GET, cached until the next notification.</summary>
    /// <param name="path">The path from <c>/api</c> on, with any user input escaped.</param>
    public Task<ServiceResponse<T>> GetAsync<T>(string path)
        where T : class => ForCallerAsync(caller => cache.GetAsync(path, caller, () => SendAsync<T>(HttpMethod.Get, path, caller, null)));

    /// <summary>The response to a GET that bypasses the cache.</summary>
    /// <param name="path">The path from <c>/api</c> on, with any user input escaped.</param>
    public Task<ServiceResponse<T>> GetUncachedAsync<T>(string path)
        where T : class => ForCallerAsync(async caller => (await SendAsync<T>(HttpMethod.Get, path, caller, null)).Answer);

    /// <summary>A file that a service gives.</summary>
    /// <param name="path">The path from <c>/api</c> on, with any user input escaped.</param>
    public Task<ServiceResponse<ServiceFile>> GetFileAsync(string path) => ForCallerAsync(async caller =>
        (await SendAsync(HttpMethod.Get, path, caller, null, ServiceFile.ReadAsync)).Answer);

    /// <summary>The response to a POST. The response to a refused submission is its receipt.</summary>
    /// <param name="path">The path from <c>/api</c> on.</param>
    /// <param name="json">The body.</param>
    public Task<ServiceResponse<T>> PostAsync<T>(string path, string json)
        where T : class => ForCallerAsync(async caller => (await SendAsync<T>(HttpMethod.Post, path, caller, json)).Answer);

    // A caller whose sign-in has ended gets no response, not even a cached one.
    private async Task<ServiceResponse<T>> ForCallerAsync<T>(Func<Caller, Task<ServiceResponse<T>>> ask)
        where T : class => await current.GetAsync() is { IsAnonymous: false } caller
            ? await ask(caller)
            : new(null, ServiceProblem.Parse(AccessDenials.NotSignedIn().Detail, AccessDenials.NotSignedIn().StatusCode));

    private Task<(ServiceResponse<T> Answer, bool IsShared)> SendAsync<T>(HttpMethod method, string path, Caller caller, string? json)
        where T : class => SendAsync(method, path, caller, json,
            (content, cancellationToken) => content.ReadFromJsonAsync<T>(ApiJson.Options, cancellationToken));

    private async Task<(ServiceResponse<T> Answer, bool IsShared)> SendAsync<T>(
        HttpMethod method, string path, Caller caller, string? json, Func<HttpContent, CancellationToken, Task<T?>> read)
        where T : class
    {
        var timeLimit = json is null ? ServiceTransport.RequestTimeout : ServiceTransport.SubmitTimeout;
        try
        {
            using var timeout = new CancellationTokenSource(timeLimit);
            using var answer =
                await http.SendAsync(method, path, caller, timeout.Token, request => request.Content = json is null
                    ? null : new StringContent(json, Encoding.UTF8, "application/json"));
            if (answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.UnprocessableEntity)
            {
                return (new(await read(answer.Content, timeout.Token), null),
                    answer.Headers.Contains(Impersonation.SharedHeader));
            }

            if (answer.StatusCode == HttpStatusCode.Unauthorized)
            {
                // The caller is signed in, so the key that the service does not know is the key of the pages.
                return (new(null,
                    new("后台服务不认识网页服务的密钥。请系统管理员在 Services__Key 中写入具有 admin 权限的密钥，并重新启动。",
                        "The services do not know the key of the pages. Whoever runs the system writes one with the right admin into "
                        + "Services__Key, and starts again.", StatusCodes.Status503ServiceUnavailable)), false);
            }

            var problem = await answer.Content.ReadFromJsonAsync<ProblemDetails>(timeout.Token);
            return (new(null, ServiceProblem.Parse(problem?.Detail ?? problem?.Title ?? "?", (int)answer.StatusCode)), false);
        }
        catch (OperationCanceledException)
        {
            var seconds = timeLimit.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
            return (new(null, new(
                $"服务在 {seconds} 秒内没有答复。请稍候；若持续如此，请系统管理员检查后台服务的 /health/ready。",
                $"The service did not answer within {seconds} s. Wait a little; if this stays so, whoever runs the system looks at "
                + "/health/ready of the services.", 0)), false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            return (new(null,
                new($"服务暂时无法访问：{exception.Message}。稍后会自动重试。",
                    $"The service cannot be reached: {exception.Message}. It is asked again by itself.", 0)), false);
        }
    }
}
