using XilinIngest.Contracts;

namespace XilinIngest.SubmissionFiles.Rows;

/// <summary>A position in an office's files.</summary>
/// <param name="File">The file's name as it was given.</param>
/// <param name="Sheet">The sheet of a workbook.</param>
/// <param name="Row">The row or line as the program that wrote the file counts it, from 1.</param>
/// <param name="Column">The column's heading.</param>
/// <param name="Cell">The cell of a workbook, such as D7.</param>
internal sealed record SourceLocation(string File, string? Sheet = null, int? Row = null, string? Column = null, string? Cell = null)
{
    /// <summary>The position in Chinese and English, for a finding that names a second position.</summary>
    public (string Zh, string En) Description => (Describe(english: false), Describe(english: true));

    public string Describe(bool english)
    {
        var text = File;
        text += Sheet is null ? "" : english ? $" sheet '{Sheet}'" : $" 工作表“{Sheet}”";
        text += Row is null ? "" : english ? $" row {Row}" : $" 第 {Row} 行";
        return text + (Column is null ? "" : english ? $" '{Column}'" : $" “{Column}”");
    }
}

/// <summary>A finding and its position.</summary>
internal sealed record LocatedFinding(SourceLocation Location, Finding Finding);
