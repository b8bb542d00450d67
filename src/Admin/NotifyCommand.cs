using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Notifier.Routing;
using XilinIngest.Notifier.Templates;

namespace XilinIngest.Admin;

/// <summary>Says for an alert what would be sent, to whom, when and why.</summary>
internal static class NotifyCommand
{
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    public static Command Create()
    {
        var alert = new Argument<FileInfo>("alert")
        {
            Description = "A file with the alert as it was published, or the answer of /api/alerts/history, of which the first is taken.",
        };
        var catalogue = new Option<DirectoryInfo>("--catalogue")
        {
            Description = "The folder of routes.csv and the catalogue (default: ./catalogue).",
            DefaultValueFactory = _ => new("catalogue")
        };
        var language =
            new Option<string>("--lang") { Description = "zh or en: the language of what is printed.", DefaultValueFactory = _ => "zh" };
        language.AcceptOnlyFromAmong("zh", "en");
        var silences = new Option<FileInfo?>("--silences")
        {
            Description = "A file with the answer of /api/silences: which of them holds the alert back.",
        };
        var others = new Option<FileInfo?>("--alerts")
        {
            Description = "A file with the answer of /api/alerts: which alert of a unit above is told instead, where a route says inhibit.",
        };
        var preview = new Command(
            "preview",
            "What each route of routes.csv would do with an alert, and why. Sends nothing.\n\nExample:\n"
            + "  xilin-admin notify preview alert.json --silences silences.json --alerts alerts.json")
        {
            alert, catalogue, silences, others, language,
        };
        preview.SetAction(result => RunAsync(
            new ServiceConsole(result.GetValue(language) == "en"), result.GetRequiredValue(alert).FullName,
            result.GetRequiredValue(catalogue).FullName, result.GetValue(silences)?.FullName, result.GetValue(others)?.FullName));
        return new Command("notify", "Notices of alerts: see what would be sent, test a channel, send again.")
        {
            preview, NotifyTestCommand.Create(), NotifyReplayCommand.Create(),
        };
    }

    private static Task<int> RunAsync(ServiceConsole console, string file, string folder, string? silenceFile, string? alertFile) =>
        console.RunGuardedAsync(folder, "--catalogue", () =>
        {
            var now = TimeProvider.System.GetUtcNow();
            if (PreviewFiles.ReadSilences(silenceFile, now) is not { } silences)
            {
                return Task.FromResult(console.Fail(
                    $"{silenceFile} 中没有静默清单。请写入 /api/silences 的返回内容。",
                    $"{silenceFile} has no list of silences: write the answer of /api/silences to it."));
            }

            if (PreviewFiles.ReadAlerts(alertFile, now) is not { } others)
            {
                return Task.FromResult(console.Fail(
                    $"{alertFile} 中没有预警清单。请写入 /api/alerts 的返回内容。",
                    $"{alertFile} has no list of alerts: write the answer of /api/alerts to it."));
            }

            if (PreviewFiles.ReadAlert(file) is not { } alert)
            {
                return Task.FromResult(console.Fail(
                    $"{file} 中没有预警。请写入一条已发布的预警（JSON），或 /api/alerts/history 的返回内容。",
                    $"{file} has no alert. Write one to it as it was published (JSON), or the answer of /api/alerts/history."));
            }

            using var catalogues = new CatalogueSource(
                new CatalogueSourceOptions { Folder = folder }, TimeProvider.System, NullLogger<CatalogueSource>.Instance);
            var (routing, faults) = RouteSource.ReadFolder(folder, catalogues.Current);
            var templates = new TemplateSource(catalogues, NullLogger<TemplateSource>.Instance);
            faults = [.. faults, .. templates.Faults];
            foreach (var fault in faults)
            {
                console.WriteLine($"✗ {fault.ToStringZh()}", $"✗ {fault}");
            }

            var contacts = new ContactSource(catalogues, NullLogger<ContactSource>.Instance).Current;
            var previews = NoticePreview.Of(
                alert, routing, catalogues.Current, contacts, silences, others, templates.Write, now);
            if (previews.Count == 0)
            {
                console.WriteLine("routes.csv 中没有可用的路由，不会发送任何通知。", "routes.csv has no route: nothing would be sent.");
            }

            foreach (var preview in previews)
            {
                Print(console, preview);
            }

            return Task.FromResult(faults.Count == 0 ? 0 : 1);
        });

    private static void Print(ServiceConsole console, NoticePreview preview)
    {
        var (route, why) = (preview.Route, preview.Decision);
        if (preview is not { Notice: { } notice, At: { } at })
        {
            console.WriteLine($"– {route.Name}：不通知，{ReasonZh(why)}。", $"– {route.Name}: tells nothing, {ReasonEn(why)}.");
            return;
        }

        var time = Time(at);
        var group = preview.Group.Length == 0 ? console.Localize("全部", "all") : preview.Group;
        console.WriteLine(
            $"✓ {route.Name}：经渠道 {route.Channel} 通知，分组 {group}，最早 {time} 发送。",
            $"✓ {route.Name}: by channel {route.Channel}, in the group {group}, at {time} at the earliest.");
        if (preview.Addresses.Count > 0)
        {
            console.WriteLine($"  收件人：{string.Join('、', preview.Addresses)}", $"  To: {string.Join(", ", preview.Addresses)}");
        }

        foreach (var line in notice.Text.Split('\n').Prepend(notice.Title))
        {
            console.WriteLine($"  {line}", $"  {line}");
        }
    }

    private static string ReasonZh(RouteDecision decision) => decision switch
    {
        { Silence: { } silence } =>
            $"第 {silence.Number} 号静默至 {Time(silence.EndsAt)}（{silence.Reason}）",
        { Parent: { } parent } => $"该路由改为通知上级 {parent.Unit} 的同一指标预警（inhibit）",
        { Verdict: RouteVerdict.OtherUnit } => "不是该路由的单位",
        { Verdict: RouteVerdict.OtherIndicator } => "不是该路由的指标",
        { Verdict: RouteVerdict.Silenced } => "上级已预警，静默",
        _ => "未达到该路由的级别",
    };

    private static string ReasonEn(RouteDecision decision) => decision switch
    {
        { Silence: { } silence } => $"silence {silence.Number} holds it back until {Time(silence.EndsAt)} ({silence.Reason})",
        { Parent: { } parent } => $"the alert of {parent.Unit} above it is told instead (inhibit)",
        { Verdict: RouteVerdict.OtherUnit } => "it is not of the route's unit",
        { Verdict: RouteVerdict.OtherIndicator } => "it is not of the route's indicators",
        { Verdict: RouteVerdict.Silenced } => "its parent's alert silences it",
        _ => "its colour is below the route's level",
    };

    private static string Time(DateTimeOffset time) =>
        time.ToOffset(ChinaOffset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
