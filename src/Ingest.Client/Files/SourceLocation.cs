using XilinIngest.Contracts;

namespace XilinIngest.Client.Files;

/// <summary>A position in an office's files.</summary>
/// <param name="File">The file's name as it was given.</param>
/// <param name="Sheet">The sheet of a workbook.</param>
/// <param name="Row">The row or line as the program that wrote the file counts it, from 1.</param>
/// <param name="Column">The column's heading.</param>
internal sealed record SourceLocation(string File, string? Sheet = null, int? Row = null, string? Column = null)
{
    /// <summary>The position in Chinese and English, for a finding that names a second position.</summary>
    public (string Zh, string En) Description => (Describe(new ConsoleOutput(english: false)), Describe(new ConsoleOutput(english: true)));

    public string Describe(ConsoleOutput output)
    {
        var text = File;
        text += Sheet is null ? "" : output.Text($" 工作表“{Sheet}”", $" sheet '{Sheet}'");
        text += Row is null ? "" : output.Text($" 第 {Row} 行", $" row {Row}");
        return text + (Column is null ? "" : output.Text($" “{Column}”", $" '{Column}'"));
    }
}

/// <summary>A finding and its position.</summary>
internal sealed record LocatedFinding(SourceLocation Location, Finding Finding);
