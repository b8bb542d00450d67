using Microsoft.AspNetCore.Http;

namespace XilinIngest.Hosting;

/// <summary>
/// Answers HEAD as GET would be answered, without the body. The request is routed as GET; the server still leaves out the body, because it
/// decides by the method that the client sent.
/// </summary>
public static class HeadRequests
{
    private static readonly object Key = new();

    /// <summary>Runs before routing.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Items[Key] = true;
            context.Request.Method = HttpMethods.Get;
        }

        return next(context);
    }

    /// <summary>Whether the client sent HEAD. A route whose body does not end answers it without one.</summary>
    public static bool IsHead(HttpContext context) => context.Items.ContainsKey(Key);

    /// <summary>The method that the client sent.</summary>
    internal static string MethodOf(HttpContext context) => IsHead(context) ? HttpMethods.Head : context.Request.Method;
}
