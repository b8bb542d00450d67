namespace XilinIngest.Client;

/// <summary>Prints in one language: results to standard output, everything else to standard error.</summary>
internal sealed class ConsoleOutput(bool english)
{
    public bool IsEnglish => english;

    public string Text(string zh, string en) => english ? en : zh;

    // Each line is written as a whole, because a wrapping console would break a path or an id in two. Control characters from files, file
    // names and the service are escaped.
    public void WriteLine(string zh, string en) => Console.Out.WriteLine(TerminalText.ToSingleLine(Text(zh, en)));

    public void WriteErrorLine(string zh, string en) => Console.Error.WriteLine(TerminalText.ToSingleLine(Text(zh, en)));

    /// <summary>A text of several lines from this program or the service. Its line breaks are kept.</summary>
    public void WriteParagraph(string zh, string en) => Console.Out.WriteLine(LinesOf(Text(zh, en)));

    public void WriteErrorParagraph(string zh, string en) => Console.Error.WriteLine(LinesOf(Text(zh, en)));

    private static string LinesOf(string text) =>
        string.Join(Environment.NewLine, text.ReplaceLineEndings("\n").Replace('\t', ' ').Split('\n').Select(TerminalText.ToSingleLine));

    public int WriteFailure(int exit, string zh, string en)
    {
        WriteErrorLine(zh, en);
        return exit;
    }
}

/// <summary>The exit codes that scripts may rely on; <c>--help</c> lists them.</summary>
internal static class ExitCodes
{
    public const int Accepted = 0;
    public const int Refused = 1;
    public const int Usage = 2;
    public const int NotSent = 3;
    public const int Local = 4;

    /// <summary>Nothing failed, but no figure of at least one submission became effective, because a later one is.</summary>
    public const int Superseded = 5;
}

/// <summary>A fault that the user can correct, with its texts.</summary>
internal sealed class CommandException(int exit, string zh, string en) : Exception(en)
{
    public int ExitCode { get; } = exit;

    public string MessageZh { get; } = zh;
}
