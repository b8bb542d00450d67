using System.Reflection;
using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Revisions;

namespace XilinIngest.Submissions.Tests;

/// <summary>The findings of all checks, of files and of maps, each made of sample arguments.</summary>
public sealed class Every_finding
{
    private static readonly Indicator Sales = SubmissionTestReader.Catalogue.Indicators[0];
    private static readonly Period July = new(2022, 7);
    private static readonly DateTimeOffset Now = new(2022, 8, 5, 9, 30, 0, TimeSpan.FromHours(8));
    private static readonly Unit Street = SubmissionTestReader.Catalogue.Units.Topmost!;

    public static TheoryData<string> Names => [.. Makers().Select(maker => $"{maker.DeclaringType!.Name}.{Signature(maker)}")];

    [Theory, MemberData(nameof(Names))]
    public void Says_what_is_wrong_and_what_to_do_in_both_languages(string name)
    {
        var finding = Make(Makers().Single(maker => $"{maker.DeclaringType!.Name}.{Signature(maker)}" == name));
        Assert.Matches("^[CF][0-9]{3}$", finding.Rule);
        Assert.Equal(1, finding.Version);
        Assert.All([finding.MessageZh, finding.RemedyZh], text => Assert.Matches("[一-龥].*。$", text));
        Assert.All([finding.MessageEn, finding.RemedyEn], text => Assert.Matches("^[^一-龥。]*[a-z][^一-龥。]*[.]$", InEnglish(text)));
    }

    [Fact]
    public void Has_an_id_of_its_own_or_that_of_the_same_fault_elsewhere()
    {
        var builtIn = Makers().Where(maker => maker.DeclaringType == typeof(BuiltInFindings)).GroupBy(maker => Make(maker).Rule)
            .Where(rule => rule.Select(maker => maker.Name).Distinct().Count() > 1)
            .Select(rule => $"{rule.Key}: {string.Join(' ', rule.Select(maker => maker.Name).Distinct())}");
        Assert.Equal(["F107: MalformedId MalformedMessageId"], builtIn);
    }

    private static IEnumerable<MethodInfo> Makers() =>
        new[] { typeof(BuiltInFindings), typeof(FileFindings), typeof(MapFindings), typeof(RevisionNotices) }
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(method => method.ReturnType == typeof(Finding));

    private static string Signature(MethodInfo maker) =>
        $"{maker.Name}({string.Join(", ", maker.GetParameters().Select(parameter => parameter.Name))})";

    private static Finding Make(MethodInfo maker) => (Finding)maker.Invoke(
        null, [.. maker.GetParameters().Select(parameter => Sample(parameter.ParameterType, parameter.Name!))])!;

    // The Chinese of the sample arguments does not count.
    private static string InEnglish(string text) => text.Replace("万元", "", StringComparison.Ordinal);

    private static object Sample(Type type, string name) =>
        type == typeof(string) ? name.EndsWith("Zh", StringComparison.Ordinal) || name == "zh" ? "甲。" : "abc."
        : type == typeof(int) || type == typeof(int?) ? 3
        : type == typeof(long) ? 7L
        : type == typeof(bool) ? true
        : type == typeof(decimal) ? 1.5m
        : type == typeof(Guid) ? new Guid("0b9f6a3c-52d1-4d0e-9a57-3f2f6c1d8e01")
        : type == typeof(Period) ? July
        : type == typeof(DateTimeOffset) ? Now
        : type == typeof(DateOnly) ? new DateOnly(2022, 7, 31)
        : type == typeof(Indicator) ? Sales with { NameEn = "Sales" }
        : type == typeof(Unit) ? Street
        : type == typeof(Figures) ? new Figures(name == "before" ? 1 : 2)
        : type == typeof(CalendarWindow) ? new CalendarWindow(July, Now, Now, Now, Now)
        : type == typeof(JsonElement) ? JsonSerializer.SerializeToElement("x")
        : type == typeof(MonthStateChange) ? new MonthStateChange(7, July, MonthAction.Close, Now, null, "http", null)
        : type == typeof(ReportReview) ? new ReportReview(7, 5, Street.Code, July, ReviewAction.Return, Now, "http", null)
        : type == typeof(CheckRule) ? SubmissionTestReader.Catalogue.Rules[0]
        : type == typeof((string, string)) ? ("甲", "abc")
        : type == typeof(IReadOnlyList<Unit>) ? new[] { Street }
        : type == typeof(IReadOnlyList<Indicator>) ? new[] { Sales }
        : type == typeof(IReadOnlyList<Stage>) ? new[] { new Stage("未启动", "not started") }
        : type == typeof(IReadOnlyList<Finding>) ? new[] { BuiltInFindings.ReasonMissing() }
        : type == typeof(IReadOnlyList<SupersededField>)
            ? new[] { new SupersededField(Sales, FigureFields.Value, new(new OrderKey(2, 5, Guid.Empty), 7)) }
        : type == typeof(IReadOnlyDictionary<string, decimal>) ? new Dictionary<string, decimal>()
        : throw new NotSupportedException($"Add a sample of {type} for '{name}'.");
}
