using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using XilinIngest.Dashboard.SignIn;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard.Data;

/// <summary>Asks the services for whoever looks at the page: what they may not see, the services do not answer.</summary>
internal sealed class ServiceClient(ServiceTransport http, ResponseCache cache, CurrentCaller current)
{
    /// <summary>The answer to a GET, at most one piece of news old.</summary>
    /// <param name="path">From <c>/api</c> on; what stands in it of a user's is escaped.</param>
    public Task<ServiceResponse<T>> GetAsync<T>(string path)
        where T : class => ForCallerAsync(caller => cache.GetAsync(path, caller, () => SendAsync<T>(HttpMethod.Get, path, caller, null)));

    /// <summary>The answer to a GET as it is at this moment, for this reader alone.</summary>
    /// <param name="path">As above.</param>
    public Task<ServiceResponse<T>> GetUncachedAsync<T>(string path)
        where T : class => ForCallerAsync(async caller => (await SendAsync<T>(HttpMethod.Get, path, caller, null)).Answer);

    /// <summary>The answer to a POST. A submission that is refused has one too: its receipt.</summary>
    /// <param name="path">From <c>/api</c> on.</param>
    /// <param name="json">The body.</param>
    public Task<ServiceResponse<T>> PostAsync<T>(string path, string json)
        where T : class => ForCallerAsync(async caller => (await SendAsync<T>(HttpMethod.Post, path, caller, json)).Answer);

    // No answer, kept or not, is for someone whose sign-in is over.
    private async Task<ServiceResponse<T>> ForCallerAsync<T>(Func<Caller, Task<ServiceResponse<T>>> ask)
        where T : class => await current.GetAsync() is { IsAnonymous: false } caller
            ? await ask(caller)
            : new(null, ServiceProblem.Parse(AccessDenials.NotSignedIn().Detail, AccessDenials.NotSignedIn().StatusCode));

    private async Task<(ServiceResponse<T> Answer, bool IsShared)> SendAsync<T>(HttpMethod method, string path, Caller caller, string? json)
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
                return (new(await answer.Content.ReadFromJsonAsync<T>(ApiJson.Options, timeout.Token), null),
                    answer.Headers.Contains(Impersonation.SharedHeader));
            }

            if (answer.StatusCode == HttpStatusCode.Unauthorized)
            {
                // The viewer is known here; it is the pages themselves that the service does not know.
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
