using XilinIngest.SubmissionFiles.Rows;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Dashboard.DataEntry;

/// <summary>The findings in an uploaded workbook for the page, which has a form to download and no commands.</summary>
internal static class UploadFindings
{
    private const string Client = "xilin ";

    private static readonly string UnknownColumn = FileFindings.UnknownColumn("").Rule;

    /// <summary>The columns of another program's workbook are all unknown, so that they are one finding.</summary>
    public static List<LocatedFinding> Of(IReadOnlyList<LocatedFinding> findings)
    {
        var columns = findings.Where(found => found.Finding.Rule == UnknownColumn).ToList();
        var others = findings.Where(found => found.Finding.Rule != UnknownColumn).Select(found => ForPage(found));
        return columns is [var first, .. var more] ? [ForPage(first, more.Count), .. others] : [.. others];
    }

    private static LocatedFinding ForPage(LocatedFinding first, int more) => first with
    {
        Finding = first.Finding with
        {
            MessageZh = more == 0 ? first.Finding.MessageZh : $"{first.Finding.MessageZh.TrimEnd('。')}，这样的列另有 {more} 列。",
            MessageEn = more == 0 ? first.Finding.MessageEn : $"{first.Finding.MessageEn.TrimEnd('.')}, and {more} more of the kind.",
            RemedyZh = "请用“下载本月 Excel 表”下载本单位本月的表填写；多余的列请删去。",
            RemedyEn = "Download the Excel form of this unit and month and fill it in; delete what is not one of its columns.",
        },
    };

    private static LocatedFinding ForPage(LocatedFinding found) => !found.Finding.RemedyZh.Contains(Client, StringComparison.Ordinal)
        ? found
        : found with
        {
            Finding = found.Finding with
            {
                RemedyZh = "请用“下载本月 Excel 表”下载本单位本月的表填写。",
                RemedyEn = "Download the Excel form of this unit and month and fill it in.",
            },
        };
}
