using System.Text.RegularExpressions;

namespace XilinIngest.Architecture.Tests;

/// <summary>
/// CSV is read and written in one project. Workbooks are written there, with what is special to the form in SubmissionFiles.
/// </summary>
public sealed class The_libraries_of_file_formats
{
    private const string Csv = @"^CsvHelper\.";
    private const string WorkbookFiles = @"^DocumentFormat\.OpenXml\.Packaging\.";
    private const string TextCells = @"^DocumentFormat\.OpenXml\.Spreadsheet\.(InlineString|CellFormula|SharedStringItem)$";

    public static TheoryData<string, string> Others
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var project in SourceTree.Projects.Where(project => project.Name != "TabularFiles"))
            {
                foreach (var library in new[] { Csv, WorkbookFiles, TextCells })
                {
                    data.Add(project.Name, library);
                }
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Others))]
    public void Are_used_in_no_project_but_TabularFiles(string project, string library)
    {
        using var compiled = CompiledProject.Open(SourceTree.Find(project));
        Assert.DoesNotContain(compiled.Types, type => Regex.IsMatch(type, library));
    }

    [Theory, InlineData(Csv), InlineData(WorkbookFiles), InlineData(TextCells)]
    public void Are_found_where_they_are_used(string library)
    {
        using var compiled = CompiledProject.Open(SourceTree.Find("TabularFiles"));
        Assert.Contains(compiled.Types, type => Regex.IsMatch(type, library));
    }
}
