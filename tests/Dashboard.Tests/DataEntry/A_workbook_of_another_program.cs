using XilinIngest.Dashboard.DataEntry;
using XilinIngest.SubmissionFiles.Rows;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Dashboard.Tests.DataEntry;

public sealed class A_workbook_of_another_program
{
    [Fact]
    public void Has_one_finding_for_all_its_columns_and_no_command_to_type()
    {
        var place = new SourceLocation("other.xlsx");
        var (name, telephone) = (FileFindings.UnknownColumn("姓名"), FileFindings.UnknownColumn("电话"));
        var found = UploadFindings.Of([new(place, name), new(place, telephone), new(place, FileFindings.NoFigures())]);
        Assert.Equal(2, found.Count);
        Assert.Equal("不认识的列“姓名”，这样的列另有 1 列。", found[0].Finding.MessageZh);
        Assert.Contains("下载本月 Excel 表", found[0].Finding.RemedyZh, StringComparison.Ordinal);
        Assert.DoesNotContain("xilin", found[0].Finding.RemedyZh + found[0].Finding.RemedyEn, StringComparison.Ordinal);
    }
}
