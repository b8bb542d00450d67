using System.Globalization;
using System.Text.Json;
using XilinIngest.Client.Catalogues;
using XilinIngest.Client.Proofs;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Commands;

/// <summary>Prints what a proof file proves: whose report of which month, its figures, and when it was in which ledger.</summary>
/// <param name="catalogue">The names of units and indicators as they were last known here; null: codes alone.</param>
/// <param name="output">The terminal.</param>
internal sealed class ProvenRowPrinter(ClientCatalogue? catalogue, ConsoleOutput output)
{
    private const int PreviewLength = 200;
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    public void Print(ProvenRow proven)
    {
        var (row, checkpoint, signing) = (proven.Row, proven.Checkpoint, proven.Signing);
        var (verdictZh, verdictEn) = DescribeVerdict(row.Verdict);
        var name = NameOf(row.Unit);
        output.WriteLine(
            $"  单位 {row.Unit}{name}，{row.Period}，修订 {row.Revision}，{verdictZh}",
            $"  unit {row.Unit}{name}, {row.Period}, revision {row.Revision}, {verdictEn}");
        var submission = ReadSubmission(row.Body);
        foreach (var value in submission?.Values ?? [])
        {
            PrintFigures(value);
        }

        if (submission is null)
        {
            var body = TerminalText.Preview(System.Text.Encoding.UTF8.GetBytes(row.Body), PreviewLength);
            output.WriteLine($"  原文 {body}", $"  content {body}");
        }

        output.WriteLine(
            $"  报送人 {row.Sender}，收到 {Local(row.ReceivedAt)}，编号 {row.SubmissionId}",
            $"  from {row.Sender}, received {Local(row.ReceivedAt)}, id {row.SubmissionId}");
        output.WriteLine(
            $"  台账 {checkpoint.Origin} 第 {row.Sequence} 号，签名时共 {checkpoint.Size} 号，签名时间 {Local(signing.Time)}",
            $"  row {row.Sequence} of the ledger {checkpoint.Origin}, signed at {Local(signing.Time)} with {checkpoint.Size} rows");
        if (signing.IsByFormerKey)
        {
            output.WriteLine(
                "  ! 签名用的是已更换的密钥：确是更换以前签的，证明有效。可联网运行 xilin receipt save --newest 取得用现在密钥签名的证明。",
                "  ! A key signed it that was replaced since: it counts if it was signed before that. xilin receipt save --newest gets a "
                + "proof that the present key signed.");
        }
    }

    private void PrintFigures(IndicatorValue value)
    {
        var indicator = catalogue?.Catalogue.Indicators.FirstOrDefault(each => each.Code.Value == value.Indicator);
        var name = indicator is null ? value.Indicator : $"{value.Indicator} {output.Text(indicator.NameZh, indicator.NameEn)}";
        var unit = string.IsNullOrEmpty(value.Unit) ? "" : " " + value.Unit;
        (string Zh, string En, string? Figure)[] figures =
        [
            ("本月", "month", Text(value.Value, unit)),
            ("累计", "year to date", Text(value.YearToDate, unit)),
            ("上年同期", "last year", Text(value.LastYear, unit)),
            ("分子", "numerator", Text(value.Numerator, "")),
            ("分母", "denominator", Text(value.Denominator, "")),
            ("日期", "date", value.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("撤回", "withdrawn", value.Withdraw is { Count: > 0 } withdrawn ? string.Join(' ', withdrawn) : null),
        ];
        var given = figures.Where(figure => figure.Figure is not null).ToList();
        output.WriteLine(
            $"  {name}：{string.Join("，", given.Select(figure => $"{figure.Zh} {figure.Figure}"))}",
            $"  {name}: {string.Join(", ", given.Select(figure => $"{figure.En} {figure.Figure}"))}");
    }

    private static string? Text(decimal? number, string unit) =>
        number is { } figure ? figure.ToString(CultureInfo.InvariantCulture) + unit : null;

    private string NameOf(string unit) =>
        catalogue is not null && catalogue.Catalogue.Units.TryFind(unit, out var found)
            ? " " + output.Text(found.NameZh, found.NameEn) : "";

    // A request about a month, a review, or what was refused because no one can read it.
    private static SubmitIndicators? ReadSubmission(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<SubmitIndicators>(body, WireFormat.Options) is { Values.Count: > 0 } read
                && read.Values.All(value => value?.Indicator is not null) ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static (string Zh, string En) DescribeVerdict(string verdict) => verdict switch
    {
        "accepted" => ("已接收", "accepted"),
        "refused" => ("已退回（数据未计入）", "refused (its figures do not count)"),
        "superseded" => ("已被更正取代", "superseded"),
        _ => (verdict, verdict),
    };

    private static string Local(string time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read) ? Local(read) : time;

    private static string Local(DateTimeOffset time) =>
        time.ToOffset(ChinaOffset).ToString("yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture);
}
