using Microsoft.AspNetCore.Http;

namespace XilinIngest.Dashboard.Formatting;

/// <summary>The language a page is written in: Chinese, unless the reader has switched.</summary>
/// <param name="English">Whether it is English.</param>
public sealed record Lang(bool English)
{
    /// <summary>Keeps the choice: zh or en.</summary>
    public const string Cookie = "xilin-lang";

    /// <summary>The one of two texts that the reader reads.</summary>
    public string T(string zh, string en) => English ? en : zh;

    /// <summary>What a request asks for.</summary>
    public static Lang Of(HttpContext? context) => new(context?.Request.Cookies[Cookie] == "en");
}
