using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using XilinIngest.Hosting;

namespace XilinIngest.Admin.Doctor;

/// <summary>Prints the results of the checks: a line for each, or JSON.</summary>
internal static class DoctorReport
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>0: all is in order; 1: there are warnings; 2: there are faults.</summary>
    public static int ExitCode(IEnumerable<CheckResult> results) => results.Max(result => result.State) switch
    {
        CheckState.Fault => 2,
        CheckState.Warning => 1,
        _ => 0,
    };

    public static void Write(ServiceConsole console, IReadOnlyList<CheckResult> results)
    {
        foreach (var result in results)
        {
            Write(console, result);
        }

        var (faults, warnings) = (Count(results, CheckState.Fault), Count(results, CheckState.Warning));
        console.WriteLine(
            (faults, warnings) switch
            {
                (0, 0) => $"全部正常：检查了 {results.Count} 项。",
                (0, _) => $"可以使用，{warnings} 项需要留意（共 {results.Count} 项）。",
                _ => $"{faults} 项有故障，{warnings} 项需要留意（共 {results.Count} 项）。",
            },
            (faults, warnings) switch
            {
                (0, 0) => $"All in order: {results.Count} checks.",
                (0, _) => $"In service; {warnings} of {results.Count} checks to be looked at.",
                _ => $"{faults} of {results.Count} checks with faults, {warnings} to be looked at.",
            });
    }

    public static void WriteJson(IReadOnlyList<CheckResult> results) => Console.WriteLine(new JsonObject
    {
        ["state"] = NameOf(results.Max(result => result.State)),
        ["checks"] = new JsonArray([.. results.Select(result => new JsonObject
        {
            ["name"] = result.Check.Name,
            ["state"] = NameOf(result.State),
            ["milliseconds"] = (long)result.Duration.TotalMilliseconds,
            ["findings"] = new JsonArray([.. result.Findings.Select(finding => new JsonObject
            {
                ["state"] = NameOf(finding.State),
                ["zh"] = finding.Zh,
                ["en"] = finding.En,
                ["remedyZh"] = finding.RemedyZh,
                ["remedyEn"] = finding.RemedyEn,
            })]),
        })]),
    }.ToJsonString(Indented));

    private static void Write(ServiceConsole console, CheckResult result)
    {
        var (mark, name) = (Mark(result.State), console.Localize($"{result.Check.Zh}：", $"{result.Check.En}: "));
        if (result.Findings is [var only])
        {
            Console.WriteLine($"{mark} {name}{console.Localize(only.Zh, only.En)}");
            WriteRemedy(console, only);
            return;
        }

        Console.WriteLine($"{mark} {name.TrimEnd()}");
        foreach (var finding in result.Findings)
        {
            Console.WriteLine($"  {Mark(finding.State)} {console.Localize(finding.Zh, finding.En)}");
            WriteRemedy(console, finding);
        }
    }

    private static void WriteRemedy(ServiceConsole console, CheckFinding finding)
    {
        if (finding.RemedyEn.Length > 0)
        {
            console.WriteLine($"    → {finding.RemedyZh}", $"    → {finding.RemedyEn}");
        }
    }

    private static int Count(IEnumerable<CheckResult> results, CheckState state) => results.Count(result => result.State == state);

    private static string Mark(CheckState state) => state switch
    {
        CheckState.Fault => "✗",
        CheckState.Warning => "!",
        CheckState.Fine => "✓",
        _ => "–",
    };

    private static string NameOf(CheckState state) => state switch
    {
        CheckState.Fault => "fault",
        CheckState.Warning => "warning",
        CheckState.Fine => "fine",
        _ => "not-checked",
    };
}
