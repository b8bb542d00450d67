using System.Text.Json.Nodes;
using XilinIngest.Client.Outbox;
using XilinIngest.Client.Sending;
using XilinIngest.ClientLibrary;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Commands;

/// <summary>Prints the outcome of the submissions: verdicts, and findings by file, sheet and row.</summary>
internal sealed class SubmissionReport(ConsoleOutput output)
{
    private int _accepted;
    private int _superseded;
    private int _refused;
    private int _waiting;

    /// <summary>The number of faults found before anything was sent.</summary>
    public int FaultCount { get; private set; }

    public void AddFault(LocatedFinding located)
    {
        FaultCount++;
        PrintFinding("✗ ", located.Location, located.Finding);
    }

    public void AddNotice(LocatedFinding located) => PrintFinding("! ", located.Location, located.Finding);

    public void PrintCheckSummary(int count, bool withCatalogue)
    {
        if (!withCatalogue)
        {
            output.WriteErrorLine("没有目录（--catalogue 或 --server），只检查了格式。",
                "Without a catalogue (--catalogue or --server) the form alone was checked.");
        }

        output.WriteLine($"检查完毕：{count} 份可以报送，发现 {FaultCount} 处问题。", $"Checked: {count} may be sent, {FaultCount} faults found.");
    }

    /// <param name="draft">The submission in the file.</param>
    /// <param name="enrolled">The result of adding it to the outbox.</param>
    /// <param name="sent">The result of the sending.</param>
    public void PrintSubmission(SubmissionDraft draft, EnqueueResult enrolled, SendResult sent)
    {
        var from = draft.Location.Describe(output.IsEnglish);
        if (enrolled.ConfirmedByRows is { } effective)
        {
            PrintAlreadyEffective(draft.Unit, draft.Period, from, effective);
            return;
        }

        var entry = enrolled.Entry!;
        if (!enrolled.IsNew && entry.Receipt?.Verdict == Verdict.Accepted)
        {
            PrintReplaced(entry, from, enrolled.ReplacedBy);
            return;
        }

        if (sent.AlreadyEffective.TryGetValue(entry.Id, out var rows))
        {
            PrintAlreadyEffective(entry.Unit, entry.Period, from, rows);
            return;
        }

        var answered = enrolled.IsNew ? sent.Answered.GetValueOrDefault(entry.Id) : entry;
        PrintVerdict(answered, entry, sent.Unsent.GetValueOrDefault(entry.Id), from, isKnown: !enrolled.IsNew);
        foreach (var finding in answered?.Receipt?.Findings ?? [])
        {
            var place = finding.Indicator is { } indicator && draft.IndicatorLocations.TryGetValue(indicator, out var row)
                ? row : draft.Location;
            PrintFinding("    ", place, finding);
        }
    }

    /// <summary>Prints the entries that had been waiting before this command.</summary>
    public void PrintEarlierEntries(IReadOnlyList<OutboxEntry> older, SendResult sent)
    {
        foreach (var entry in older)
        {
            if (sent.AlreadyEffective.TryGetValue(entry.Id, out var rows))
            {
                PrintAlreadyEffective(entry.Unit, entry.Period, entry.Origin, rows);
                continue;
            }

            var answered = sent.Answered.GetValueOrDefault(entry.Id);
            PrintVerdict(answered, entry, sent.Unsent.GetValueOrDefault(entry.Id), entry.Origin, isKnown: false);
            foreach (var finding in answered?.Receipt?.Findings ?? [])
            {
                PrintFinding("    ", new SourceLocation(entry.Origin), finding);
            }
        }
    }

    /// <param name="outbox">The entries that are still waiting.</param>
    /// <param name="user">The sender; null: over HTTP.</param>
    /// <param name="sent">The result of the sending.</param>
    public int PrintSummary(OutboxFolder outbox, string? user, SendResult sent)
    {
        if (sent.Outage is { } down)
        {
            var (zh, en) = TransportRemedy.Describe(down);
            output.WriteErrorLine(zh, en);
        }

        var (left, others) = (outbox.PendingFor(user).Count, outbox.Pending().Where(entry => !entry.BelongsTo(user)).ToList());
        output.WriteLine(
            $"接收 {_accepted} 份{(_superseded > 0 ? $"，已被更正取代 {_superseded} 份" : "")}，退回 {_refused} 份，本地检查发现 {FaultCount} 处问题，"
            + $"未送出 {_waiting} 份。",
            $"{_accepted} accepted{(_superseded > 0 ? $", {_superseded} superseded (a later submission stands)" : "")}, {_refused} "
            + $"refused, {FaultCount} faults found here, {_waiting} not sent.");
        if (left > 0)
        {
            output.WriteErrorLine($"发件箱 {outbox.Path} 里还有 {left} 份，恢复后用 xilin outbox send 或下次报送时自动送出。",
                $"{left} are in the outbox {outbox.Path}; xilin outbox send, or the next submit, sends them.");
        }

        if (others.Count > 0)
        {
            var whose = string.Join(", ", others.Select(entry => entry.User).Distinct());
            output.WriteErrorLine($"发件箱里另有 {others.Count} 份是别的用户（{whose}）的，没有动：要用该用户报送。",
                $"{others.Count} more in the outbox are of other users ({whose}) and were left alone: they go out under those users.");
        }

        return _waiting > 0
            ? ExitCodes.NotSent
            : _refused + FaultCount > 0 ? ExitCodes.Refused : _superseded > 0 ? ExitCodes.Superseded : ExitCodes.Accepted;
    }

    private void PrintAlreadyEffective(string unit, string period, string from, IReadOnlyList<long> rows)
    {
        _accepted++;
        var row = string.Join('、', rows);
        output.WriteLine(
            $"✓ 以前已报，经服务确认现在仍有效，不再重复：{unit} {period}（{from}）{(rows.Count > 0 ? $"，台账第 {row} 号" : "")}",
            $"✓ sent before and confirmed by the service to stand, not sent again: {unit} {period} "
            + $"({from}){(rows.Count > 0 ? $", ledger row {string.Join(", ", rows)}" : "")}");
    }

    // The submission was accepted earlier under its own revision, which cannot be used again.
    private void PrintReplaced(OutboxEntry entry, string from, IReadOnlyList<(string Zh, string En)> by)
    {
        _superseded++;
        var row = entry.Receipt!.Sequence;
        if (by.Count == 0)
        {
            output.WriteLine(
                $"? 以前已报（台账第 {row} 号，当时已接收），现在是否仍有效这里问不到：{entry.Unit} {entry.Period} 修订 {entry.Revision}（{from}）。要确保以本份为准，请删去或加大修订号后再报。",
                $"? sent before (ledger row {row}, accepted then); whether it still stands cannot be asked "
                + $"here: {entry.Unit} {entry.Period} revision {entry.Revision} ({from}). To make sure of it, delete or raise the "
                + "revision and submit again.");
            return;
        }

        output.WriteLine(
            $"! 以前已报（台账第 {row} 号），但现在有效的是别的数：{entry.Unit} {entry.Period} 修订 {entry.Revision}（{from}）；"
            + $"现有 {string.Join('、', by.Take(3).Select(one => one.Zh))}。如应以本份为准，请删去或加大修订号后再报。",
            $"! sent before (ledger row {row}), but other figures stand now: {entry.Unit} {entry.Period} revision {entry.Revision} "
            + $"({from}); now {string.Join(", ", by.Take(3).Select(one => one.En))}. If this one is right, delete or raise the revision "
            + "and submit again.");
    }

    private string DescribeWithdrawn(OutboxEntry entry)
    {
        var all = (JsonNode.Parse(entry.Body)?["values"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(value => (Indicator: value["indicator"]?.ToString(), Figures: DescribeWithdrawnFigures(value)))
            .Where(value => value.Figures is not null).ToList();
        return all.Count == 0
            ? "" : output.Text("，撤回 ", ", withdrawn ")
            + string.Join(output.Text("、", ", "), all.Select(value => value.Indicator + value.Figures));
    }

    private string? DescribeWithdrawnFigures(JsonObject value)
    {
        var names = (value["withdraw"] as JsonArray ?? []).Select(name => name?.ToString()).ToList();
        var isWhole =
            names.Contains(FigureNames.Value)
            || (names.Count == 0 && value.ContainsKey("value")
                && !value.Any(field => field.Key is "value" or "yearToDate" or "lastYear" or "numerator" or "denominator" or "date"
                    && field.Value is not null));
        return isWhole
            ? "" : names.Count == 0 ? null : output.Text("的", " ") + string.Join(output.Text("、", ", "), names.Select(name => name switch
        {
            FigureNames.YearToDate => output.Text("1—本月累计", "year-to-date"),
            FigureNames.LastYear => output.Text("上年同期", "last year"),
            var other => other,
        }));
    }

    private void PrintVerdict(OutboxEntry? answered, OutboxEntry entry, TransportUnavailableException? stayed, string from, bool isKnown)
    {
        var what = output.Text($"{entry.Unit} {entry.Period} 修订 {entry.Revision}（{from}）",
            $"{entry.Unit} {entry.Period} revision {entry.Revision} ({from})");
        var before = isKnown ? output.Text("以前已报，不再重复：", "sent before, not sent again: ") : "";
        switch (answered)
        {
            case { Receipt: { Verdict: Verdict.Refused } receipt }:
                _refused++;
                output.WriteLine($"✗ {before}已退回 {what}，台账第 {receipt.Sequence} 号",
                    $"✗ {before}refused {what}, ledger row {receipt.Sequence}");
                break;
            case { Receipt: { Verdict: Verdict.Superseded } receipt }:
                _superseded++;
                output.WriteLine($"! {before}已被更正取代 {what}，台账第 {receipt.Sequence} 号",
                    $"! {before}superseded, no figure took {what}, ledger row {receipt.Sequence}");
                break;
            case { Receipt: { } receipt }:
                _accepted++;
                output.WriteLine($"✓ {before}已接收 {what}，台账第 {receipt.Sequence} 号{DescribeWithdrawn(entry)}",
                    $"✓ {before}accepted {what}, ledger row {receipt.Sequence}{DescribeWithdrawn(entry)}");
                break;
            case { Problem: { } problem }:
                _refused++;
                output.WriteLine($"✗ {before}服务无法读取 {what}：{problem}", $"✗ {before}the service cannot read {what}: {problem}");
                break;
            default:
                _waiting++;
                var uncertain = entry.IsPossibleDuplicate
                    ? output.Text("（以前已报过同样的数，现在是否仍有效，连上服务后再核对）",
                        " (the same was accepted before; whether it still stands is asked when the service is back)") : "";
                var (reasonZh, reasonEn) = stayed is null ? ("", "") : TransportRemedy.Describe(stayed);
                output.WriteLine(
                    $"… 未送出，留在发件箱 {what}{uncertain}{(stayed is null ? "" : "：" + reasonZh)}",
                    $"… not sent, kept in the outbox: {what}{uncertain}{(stayed is null ? "" : $": {reasonEn}")}");
                break;
        }
    }

    private void PrintFinding(string mark, SourceLocation place, Finding finding)
    {
        var kind = finding.Severity switch
        {
            FindingSeverity.Question =>
            output.Text("核实", "question"),
            FindingSeverity.Explained =>
                output.Text("已说明", "explained"),
            FindingSeverity.Notice => output.Text("提示", "notice"),
            _ => output.Text("错误", "error")
        };
        output.WriteLine(
            $"{mark}{place.Describe(output.IsEnglish)}：[{finding.Rule} {kind}] {finding.MessageZh}{finding.RemedyZh}",
            $"{mark}{place.Describe(output.IsEnglish)}: [{finding.Rule} {kind}] {finding.MessageEn} {finding.RemedyEn}");
    }
}
