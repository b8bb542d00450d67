namespace XilinIngest.Dashboard.Formatting;

/// <summary>The language of a page: Chinese, unless the reader has chosen English.</summary>
/// <param name="English">Whether the language is English.</param>
public sealed record Lang(bool English)
{
    /// <summary>The cookie that keeps the choice: zh or en.</summary>
    public const string Cookie = "xilin-lang";

    /// <summary>Returns the text in the reader's language.</summary>
    public string T(string zh, string en) => English ? en : zh;

    /// <summary>The language that a request asks for.</summary>
    public static Lang Of(HttpContext? context) => new(context?.Request.Cookies[Cookie] == "en");
}
