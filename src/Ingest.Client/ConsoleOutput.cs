namespace XilinIngest.Client;

/// <summary>What the command says, in one language: results to standard output, all else to standard error.</summary>
internal sealed class ConsoleOutput(bool english)
{
    public bool IsEnglish => english;

    public string Text(string zh, string en) => english ? en : zh;

    // Written whole: a console that wraps would break a path or an id in two. Whatever a file, a file's name or a service put into it
    // is shown and does nothing.
    public void WriteLine(string zh, string en) => Console.Out.WriteLine(TerminalText.ToSingleLine(Text(zh, en)));

    public void WriteErrorLine(string zh, string en) => Console.Error.WriteLine(TerminalText.ToSingleLine(Text(zh, en)));

    /// <summary>A text of several lines, of this program or of the service: its line breaks are meant.</summary>
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

/// <summary>What a script may rely on; listed in <c>--help</c>.</summary>
internal static class ExitCodes
{
    public const int Accepted = 0;
    public const int Refused = 1;
    public const int Usage = 2;
    public const int NotSent = 3;
    public const int Local = 4;

    /// <summary>Nothing went wrong, but no figure of some submission took: a later one stands.</summary>
    public const int Superseded = 5;
}

/// <summary>A fault that the person at the keyboard can mend, in words.</summary>
internal sealed class CommandException(int exit, string zh, string en) : Exception(en)
{
    public int ExitCode { get; } = exit;

    public string MessageZh { get; } = zh;
}
