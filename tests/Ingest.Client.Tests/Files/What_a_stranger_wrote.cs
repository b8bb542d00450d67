using System.Text.RegularExpressions;

namespace XilinIngest.Client.Tests.Files;

/// <summary>Files and names with control characters in them, which would otherwise reach the terminal.</summary>
public sealed partial class What_a_stranger_wrote : IDisposable
{
    private readonly XilinProcess _xilin = new();

    public void Dispose() => _xilin.Dispose();

    [Theory]
    [InlineData("""{"\u001b[31mEVIL":1,"\u001b[31mEVIL":2}""", @"\u{1B}[31mEVIL")]
    [InlineData("""{"\u2028\u202eEVIL":1,"\u2028\u202eEVIL":2}""", @"\u{2028}\u{202E}EVIL")]
    public async Task In_a_file_is_shown_as_codes(string json, string shown)
    {
        var told = (await _xilin.RunAsync("submit", _xilin.File("dup.json", json), "--check", "--catalogue",
            RepositoryFiles.Catalogue)).AssertExitCode(1);
        Assert.Contains(shown, told.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch(Harmful(), told.Output + told.Errors);
    }

    [Fact]
    public async Task As_a_files_name_or_an_argument_is_shown_as_codes()
    {
        var none = (await _xilin.RunAsync("submit", "no\u001b[31m\u202e.csv", "--check")).AssertExitCode(2);
        Assert.Contains(@"no\u{1B}[31m\u{202E}.csv", none.Errors, StringComparison.Ordinal);
        var wrong = (await _xilin.RunAsync("report", "\u001b[31m")).AssertExitCode(2);
        Assert.DoesNotMatch(Harmful(), none.Errors + wrong.Errors);
        if (!OperatingSystem.IsWindows())
        {
            var told = (await _xilin.RunAsync("submit", _xilin.File("a\u001b]0;t\u0007.csv", "unit,period\n"), "--check")).AssertExitCode(
                1);
            Assert.Contains(@"a\u{1B}]0;t\u{7}.csv", told.Output, StringComparison.Ordinal);
            Assert.DoesNotMatch(Harmful(), told.Output);
        }
    }

    [GeneratedRegex("[\\u0000-\\u0009\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u2028\\u2029\\u202a-\\u202e]")]
    private static partial Regex Harmful();
}
