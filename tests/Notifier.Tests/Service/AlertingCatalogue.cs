using System.Globalization;
using System.Text.Json.Nodes;

namespace XilinIngest.Notifier.Tests.Service;

/// <summary>
/// The shipped catalogue with open months, in which each of some firms has a target of its own, so that its February raises an alert or
/// clears it.
/// </summary>
internal sealed class AlertingCatalogue : IDisposable
{
    private const string Header = "route,unit,scope,indicators,level,channel,language,group,wait,interval,repeat,quiet,days,to\n";
    private const int Target = 1200;
    private readonly TestFolder _folder = TestFolder.CatalogueWithOpenMonths();
    private int _submissions;

    /// <param name="routes">The lines of routes.csv.</param>
    internal AlertingCatalogue(params string[] routes)
    {
        _folder.Edit("targets.csv", text => text.Split('\n')[0] + "\n" + string.Concat(
            Firms.Select(firm => $"{firm},INDUSTRIAL_OUTPUT,2022,amount,{Target},\n")));
        _folder.Edit("rules.csv", text => text.Split('\n')[0] + "\n");
        _folder.Edit("colours.csv", text => text.Split('\n')[0] + "\nenterprise,pace,2,5,0,no\n");
        WriteRoutes(routes);
    }

    /// <summary>Firms of one village.</summary>
    internal static IReadOnlyList<string> Firms { get; } =
        [.. File.ReadLines(Path.Combine(RepositoryFiles.Catalogue, "units.csv")).Select(line => line.Split(','))
            .Where(cells => cells.Contains("320404004202") && cells.Any(cell => cell.Contains("industry", StringComparison.Ordinal)))
            .Select(cells => cells[0]).Distinct().Take(3)];

    internal string Folder => _folder.Path;

    internal void WriteRoutes(params string[] routes) =>
        File.WriteAllText(_folder.In("routes.csv"), Header + string.Concat(routes.Select(route => route + "\n")));

    internal void WriteContacts(params string[] contacts) => File.WriteAllText(
        _folder.In("contacts.csv"), "unit,role,name,telephone,mail\n" + string.Concat(contacts.Select(line => line + "\n")));

    /// <summary>A February (with January) whose output is far behind the plan, or on it.</summary>
    internal JsonObject February(string firm, bool isBehind)
    {
        var sheet = TestSubmissions.NewSubmission(firm, "2022-02", TestSubmissions.Value(
            "INDUSTRIAL_OUTPUT", isBehind ? 1 : Target / 6, "万元"));
        sheet["revision"] = ++_submissions;
        sheet["submittedAt"] = string.Create(
            CultureInfo.InvariantCulture, $"2022-08-03T09:{_submissions / 60:00}:{_submissions % 60:00}+08:00");
        return sheet;
    }

    public void Dispose() => _folder.Dispose();
}
