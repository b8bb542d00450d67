using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using XilinIngest.Dashboard.SignIn;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard.Data;

/// <summary>Asks the services for whoever looks at the page: what they may not see, the services do not answer.</summary>
internal sealed class ServiceClient(ServiceHttp http, KeptAnswers kept, CurrentViewer current)
{
    /// <summary>The answer to a GET, at most one piece of news old.</summary>
    /// <param name="path">From <c>/api</c> on; what stands in it of a user's is escaped.</param>
    public async Task<Answer<T>> GetAsync<T>(string path)
        where T : class
    {
        var viewer = await current.GetAsync();

        // No answer that is kept is for someone whose sign-in is over.
        return viewer.IsNoOne
            ? new(null, Problem.Of(Refusals.NotSignedIn().Words, Refusals.NotSignedIn().StatusCode))
            : await kept.GetAsync(path, viewer, () => AskAsync<T>(path, viewer));
    }

    private async Task<(Answer<T> Answer, bool IsShared)> AskAsync<T>(string path, Viewer viewer)
        where T : class
    {
        try
        {
            using var patience = new CancellationTokenSource(ServiceHttp.Patience);
            using var answer = await http.SendAsync(HttpMethod.Get, path, viewer, patience.Token);
            if (answer.IsSuccessStatusCode)
            {
                return (new(await answer.Content.ReadFromJsonAsync<T>(ApiJson.Options, patience.Token), null), answer.Headers.Contains(OnBehalf.SharedHeader));
            }

            if (answer.StatusCode == HttpStatusCode.Unauthorized)
            {
                // The viewer is known here; it is the pages themselves that the service does not know.
                return (new(null, new("后台服务不认识网页服务的密钥。请系统管理员在 Services__Key 中写入具有 admin 权限的密钥,并重新启动。", "The services do not know the key of the pages. Whoever runs the system writes one with the right admin into Services__Key, and starts again.", StatusCodes.Status503ServiceUnavailable)), false);
            }

            var problem = await answer.Content.ReadFromJsonAsync<ProblemDetails>(patience.Token);
            return (new(null, Problem.Of(problem?.Detail ?? problem?.Title ?? "?", (int)answer.StatusCode)), false);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or JsonException)
        {
            return (new(null, new($"服务暂时无法访问:{exception.Message}。稍后会自动重试。", $"The service cannot be reached: {exception.Message}. It is asked again by itself.", 0)), false);
        }
    }
}
