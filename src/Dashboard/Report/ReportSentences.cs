using XilinIngest.Contracts;

namespace XilinIngest.Dashboard.Report;

/// <summary>The paragraph of a report cut where it speaks of a figure, so that each can be a link. No word of it is written here.</summary>
internal static class ReportSentences
{
    /// <summary>A list of pieces for each line; a piece that is an indicator's phrase comes with its row.</summary>
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
