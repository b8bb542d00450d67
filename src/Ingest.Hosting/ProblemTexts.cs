using Microsoft.AspNetCore.Http;

namespace XilinIngest.Hosting;

/// <summary>
/// The texts of problem responses that the framework creates (RFC 9457), in Chinese and English, with the remedy. A response with a text of
/// its own keeps it.
/// </summary>
internal static class ProblemTexts
{
    public static void Complete(ProblemDetailsContext context)
    {
        var (problem, http) = (context.ProblemDetails, context.HttpContext);
        problem.Status ??= http.Response.StatusCode;
        if (Titles.TryGetValue(problem.Status.Value, out var title) && problem.Title?.Contains(" / ", StringComparison.Ordinal) != true)
        {
            problem.Title = title;
        }

        problem.Detail ??= problem.Status switch
        {
            StatusCodes.Status400BadRequest =>
                "请求无法理解。请对照 /scalar 中的说明改正后重试。 / The request cannot be understood. Compare it with the description at /scalar and "
                + "send it again.",
            StatusCodes.Status404NotFound =>
                $"没有 {QuotedInput.Truncate(http.Request.Path)} 这个地址。现有的地址见 /scalar。 / There is nothing "
                + $"at {QuotedInput.Truncate(http.Request.Path)}. What there is, /scalar lists.",
            StatusCodes.Status405MethodNotAllowed =>
                MethodNotAllowed(HeadRequests.MethodOf(http), http.Response.Headers.Allow.ToString()),
            StatusCodes.Status415UnsupportedMediaType =>
                "正文的类型不受支持。请以 Content-Type: application/json 发送 UTF-8 编码的 JSON。 / The body's media type is not supported. Send JSON in "
                + "UTF-8 with Content-Type: application/json.",
            StatusCodes.Status500InternalServerError =>
                "服务内部出错，已记入日志。请稍后重试；重发同一份报表不会重复计入。 / The service failed; its log says why. Try again later: a submission sent again "
                + "counts once.",
            _ => null,
        };
    }

    private static string MethodNotAllowed(string method, string allowed) =>
        $"此地址不接受 {method}，请改用 {allowed.Replace(", ", "、", StringComparison.Ordinal)}。 / {method} is not allowed here; use {allowed}.";

    private static readonly Dictionary<int, string> Titles = new()
    {
        [StatusCodes.Status400BadRequest] = "请求有误 / Bad request",
        [StatusCodes.Status401Unauthorized] = "需要登录 / Sign-in needed",
        [StatusCodes.Status403Forbidden] = "拒绝访问 / Forbidden",
        [StatusCodes.Status404NotFound] = "未找到 / Not found",
        [StatusCodes.Status405MethodNotAllowed] = "方法不允许 / Method not allowed",
        [StatusCodes.Status413PayloadTooLarge] = "正文过大 / Content too large",
        [StatusCodes.Status415UnsupportedMediaType] = "类型不受支持 / Unsupported media type",
        [StatusCodes.Status429TooManyRequests] = "过于频繁 / Too many requests",
        [StatusCodes.Status500InternalServerError] = "内部错误 / Internal error",
        [StatusCodes.Status503ServiceUnavailable] = "暂不可用 / Unavailable",
    };
}

/// <summary>Formats a caller's input for a message to the same caller.</summary>
internal static class QuotedInput
{
    private const int MaxLength = 40;

    public static string Truncate(string? text) => $"“{(text?.Length > MaxLength ? text[..MaxLength] + "…" : text)}”";
}
