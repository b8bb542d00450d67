using System.Text.Json.Nodes;
using XilinIngest.Client.Files;
using XilinIngest.Client.Outbox;
using XilinIngest.Client.Sending;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Commands;

/// <summary>Tells what became of the submissions: verdicts, and findings by file, sheet and row.</summary>
internal sealed class Report(Say say)
{
    private int _accepted;
    private int _superseded;
    private int _refused;
    private int _waiting;

    /// <summary>Faults found before anything was sent.</summary>
    public int Faults { get; private set; }

    public void Fault(Located located)
    {
        Faults++;
        Tell("✗ ", located.Place, located.Finding);
    }

    public void Notice(Located located) => Tell("! ", located.Place, located.Finding);

    public void Checked(int count, bool withCatalogue)
    {
        if (!withCatalogue)
        {
            say.Aside("没有目录(--catalogue 或 --server),只检查了格式。", "Without a catalogue (--catalogue or --server) the form alone was checked.");
        }

        say.Line($"检查完毕:{count} 份可以报送,发现 {Faults} 处问题。", $"Checked: {count} may be sent, {Faults} faults found.");
    }

    /// <param name="draft">As it is in the file.</param>
    /// <param name="enrolled">What became of it in the outbox.</param>
    /// <param name="sent">How the sending ended.</param>
    public void Submission(Draft draft, Enrolled enrolled, Sent sent)
    {
        var from = draft.Place.Text(say);
        if (enrolled.StandsBy is { } standing)
        {
            Stands(draft.Unit, draft.Period, from, standing);
            return;
        }

        var entry = enrolled.Entry!;
        if (!enrolled.IsNew && entry.Receipt?.Verdict == Verdicts.Accepted)
        {
            Replaced(entry, from, enrolled.ReplacedBy);
            return;
        }

        if (sent.Standing.TryGetValue(entry.Id, out var rows))
        {
            Stands(entry.Unit, entry.Period, from, rows);
            return;
        }

        var answered = enrolled.IsNew ? sent.Answered.GetValueOrDefault(entry.Id) : entry;
        Verdict(answered, entry, sent.Stayed.GetValueOrDefault(entry.Id), from, isKnown: !enrolled.IsNew);
        foreach (var finding in answered?.Receipt?.Findings ?? [])
        {
            var place = finding.Indicator is { } indicator && draft.Rows.TryGetValue(indicator, out var row) ? row : draft.Place;
            Tell("    ", place, finding);
        }
    }

    /// <summary>What had been waiting from before.</summary>
    public void Older(IReadOnlyList<OutboxEntry> older, Sent sent)
    {
        foreach (var entry in older)
        {
            if (sent.Standing.TryGetValue(entry.Id, out var rows))
            {
                Stands(entry.Unit, entry.Period, entry.From, rows);
                continue;
            }

            var answered = sent.Answered.GetValueOrDefault(entry.Id);
            Verdict(answered, entry, sent.Stayed.GetValueOrDefault(entry.Id), entry.From, isKnown: false);
            foreach (var finding in answered?.Receipt?.Findings ?? [])
            {
                Tell("    ", new Place(entry.From), finding);
            }
        }
    }

    /// <param name="outbox">What is still there.</param>
    /// <param name="user">Who sent; null: over HTTP.</param>
    /// <param name="sent">How it ended.</param>
    public int End(OutboxFolder outbox, string? user, Sent sent)
    {
        if (sent.Down is { } down)
        {
            say.Aside(down.MessageZh, down.Message);
        }

        var (left, others) = (outbox.WaitingOf(user).Count, outbox.Waiting().Where(entry => !entry.IsOf(user)).ToList());
        say.Line(
            $"接收 {_accepted} 份{(_superseded > 0 ? $",未采用 {_superseded} 份(已有更新的报送)" : "")},拒收 {_refused} 份,本地检查发现 {Faults} 处问题,未送出 {_waiting} 份。",
            $"{_accepted} accepted{(_superseded > 0 ? $", {_superseded} superseded (a later submission stands)" : "")}, {_refused} refused, {Faults} faults found here, {_waiting} not sent.");
        if (left > 0)
        {
            say.Aside($"发件箱 {outbox.Path} 里还有 {left} 份,恢复后用 xilin outbox send 或下次报送时自动送出。", $"{left} are in the outbox {outbox.Path}; xilin outbox send, or the next submit, sends them.");
        }

        if (others.Count > 0)
        {
            var whose = string.Join(", ", others.Select(entry => entry.User).Distinct());
            say.Aside($"发件箱里另有 {others.Count} 份是别的用户({whose})的,没有动:要用该用户报送。", $"{others.Count} more in the outbox are of other users ({whose}) and were left alone: they go out under those users.");
        }

        return _waiting > 0 ? Exit.NotSent : _refused + Faults > 0 ? Exit.Refused : _superseded > 0 ? Exit.Superseded : Exit.Accepted;
    }

    private void Stands(string unit, string period, string from, IReadOnlyList<long> rows)
    {
        _accepted++;
        var row = string.Join('、', rows);
        say.Line(
            $"✓ 以前已报，经服务确认现在仍有效，不再重复：{unit} {period}（{from}）{(rows.Count > 0 ? $"，台账第 {row} 号" : "")}",
            $"✓ sent before and confirmed by the service to stand, not sent again: {unit} {period} ({from}){(rows.Count > 0 ? $", ledger row {string.Join(", ", rows)}" : "")}");
    }

    // Accepted once under a revision of its own, which cannot be used again.
    private void Replaced(OutboxEntry entry, string from, IReadOnlyList<(string Zh, string En)> by)
    {
        _superseded++;
        var row = entry.Receipt!.Sequence;
        if (by.Count == 0)
        {
            say.Line(
                $"? 以前已报（台账第 {row} 号，当时已接收），现在是否仍有效这里问不到：{entry.Unit} {entry.Period} 修订 {entry.Revision}（{from}）。要确保以本份为准，请删去或加大修订号后再报。",
                $"? sent before (ledger row {row}, accepted then); whether it still stands cannot be asked here: {entry.Unit} {entry.Period} revision {entry.Revision} ({from}). To make sure of it, delete or raise the revision and submit again.");
            return;
        }

        say.Line(
            $"! 以前已报（台账第 {row} 号），但现在有效的是别的数：{entry.Unit} {entry.Period} 修订 {entry.Revision}（{from}）；现有 {string.Join('、', by.Take(3).Select(one => one.Zh))}。如应以本份为准，请删去或加大修订号后再报。",
            $"! sent before (ledger row {row}), but other figures stand now: {entry.Unit} {entry.Period} revision {entry.Revision} ({from}); now {string.Join(", ", by.Take(3).Select(one => one.En))}. If this one is right, delete or raise the revision and submit again.");
    }

    private string Withdrawn(OutboxEntry entry)
    {
        var all = (JsonNode.Parse(entry.Body)?["values"] as JsonArray ?? []).OfType<JsonObject>().Select(value => (Indicator: value["indicator"]?.ToString(), Figures: WithdrawnOf(value))).Where(value => value.Figures is not null).ToList();
        return all.Count == 0 ? "" : say.Text("，撤回 ", ", withdrawn ") + string.Join(say.Text("、", ", "), all.Select(value => value.Indicator + value.Figures));
    }

    private string? WithdrawnOf(JsonObject value)
    {
        var names = (value["withdraw"] as JsonArray ?? []).Select(name => name?.ToString()).ToList();
        var isWhole = names.Contains(FigureNames.Value) || (names.Count == 0 && value.ContainsKey("value") && !value.Any(field => field.Key is "value" or "yearToDate" or "lastYear" or "numerator" or "denominator" && field.Value is not null));
        return isWhole ? "" : names.Count == 0 ? null : say.Text("的", " ") + string.Join(say.Text("、", ", "), names.Select(name => name switch
        {
            FigureNames.YearToDate => say.Text("1—本月累计", "year-to-date"),
            FigureNames.LastYear => say.Text("上年同期", "last year"),
            var other => other,
        }));
    }

    private void Verdict(OutboxEntry? answered, OutboxEntry entry, LineDownException? stayed, string from, bool isKnown)
    {
        var what = say.Text($"{entry.Unit} {entry.Period} 修订 {entry.Revision}({from})", $"{entry.Unit} {entry.Period} revision {entry.Revision} ({from})");
        var before = isKnown ? say.Text("以前已报,不再重复:", "sent before, not sent again: ") : "";
        switch (answered)
        {
            case { Receipt: { Verdict: Verdicts.Refused } receipt }:
                _refused++;
                say.Line($"✗ {before}拒收 {what},台账第 {receipt.Sequence} 号", $"✗ {before}refused {what}, ledger row {receipt.Sequence}");
                break;
            case { Receipt: { Verdict: Verdicts.Superseded } receipt }:
                _superseded++;
                say.Line($"! {before}未采用(已有更新的报送) {what},台账第 {receipt.Sequence} 号", $"! {before}superseded, no figure took {what}, ledger row {receipt.Sequence}");
                break;
            case { Receipt: { } receipt }:
                _accepted++;
                say.Line($"✓ {before}已接收 {what},台账第 {receipt.Sequence} 号{Withdrawn(entry)}", $"✓ {before}accepted {what}, ledger row {receipt.Sequence}{Withdrawn(entry)}");
                break;
            case { Problem: { } problem }:
                _refused++;
                say.Line($"✗ {before}服务无法读取 {what}:{problem}", $"✗ {before}the service cannot read {what}: {problem}");
                break;
            default:
                _waiting++;
                var uncertain = entry.Repeats ? say.Text("（以前已报过同样的数，现在是否仍有效，连上服务后再核对）", " (the same was accepted before; whether it still stands is asked when the service is back)") : "";
                say.Line($"… 未送出,留在发件箱 {what}{uncertain}{(stayed is null ? "" : ":" + stayed.MessageZh)}", $"… not sent, kept in the outbox: {what}{uncertain}{(stayed is null ? "" : $": {stayed.Message}")}");
                break;
        }
    }

    private void Tell(string mark, Place place, Finding finding)
    {
        var kind = finding.Severity switch { "question" => say.Text("核实", "question"), "explained" => say.Text("已说明", "explained"), "notice" => say.Text("提示", "notice"), _ => say.Text("错误", "error") };
        say.Line(
            $"{mark}{place.Text(say)}:[{finding.Rule} {kind}] {finding.MessageZh}{finding.RemedyZh}",
            $"{mark}{place.Text(say)}: [{finding.Rule} {kind}] {finding.MessageEn} {finding.RemedyEn}");
    }
}
