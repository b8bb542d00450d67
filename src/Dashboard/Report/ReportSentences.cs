namespace XilinIngest.Dashboard.Report;

/// <summary>Splits the paragraph of a report at its figures, so that each can be a link. The text itself is not changed.</summary>
internal static class ReportSentences
{
    /// <summary>The pieces of each line. A piece that is an indicator's phrase has the row of the indicator.</summary>
    public static IEnumerable<IReadOnlyList<(string Text, ReportRow? Row)>> Split(AnnualReport report, bool english)
    {
        var rows = new Queue<ReportRow>(report.Rows);
        foreach (var line in (english ? report.ParagraphEn : report.ParagraphZh).Split('\n'))
        {
            var pieces = new List<(string, ReportRow?)>();
            var at = 0;
            while (rows.TryPeek(out var row) && line.IndexOf(Phrase(row), at, StringComparison.Ordinal) is >= 0 and var from)
            {
                pieces.Add((line[at..from], null));
                pieces.Add((Phrase(row), row));
                at = from + Phrase(row).Length;
                rows.Dequeue();
            }

            pieces.Add((line[at..], null));
            yield return pieces;
        }

        string Phrase(ReportRow row) => english ? row.PhraseEn : row.PhraseZh;
    }
}
