using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.TabularFiles;

namespace XilinIngest.Dashboard.Export;

/// <summary>The head of a workbook that is printed or passed on: its title, months, units of measure, source and date.</summary>
internal static class ExportHeads
{
    /// <param name="table">The table.</param>
    /// <param name="client">Asks for the time of the services, which in a sample is not today's.</param>
    /// <param name="months">The month or months.</param>
    /// <param name="units">The units of measure of its amounts.</param>
    /// <param name="lang">The reader's language.</param>
    public static async Task<ExportTable> WithHeadAsync(
        this ExportTable table, ServiceClient client, string months, IEnumerable<string> units, Lang lang)
    {
        var measures = string.Join(lang.T("、", ", "), units.Distinct());
        var status = (await client.GetAsync<ReportingStatus>("/api/begin")).Value;
        return table with
        {
            Head = new(table.Name,
            [
                lang.T($"时间：{months}", $"Period: {months}"),
                .. measures.Length == 0 ? Array.Empty<string>()
                    : [lang.T($"计量单位：{measures}（见各列、各行标题）", $"Units of measure: {measures} (see the headings)")],
                lang.T("数据来源：西林街道月度指标", "Source: Xilin monthly indicators")
                    + (status is null ? "" : lang.T($"（截至台账第 {status.Through} 号）", $" (through ledger row {status.Through})")),
                .. status is null ? Array.Empty<string>()
                    : [lang.T($"制表时间：{FigureFormat.Time(status.Now)}", $"Made: {FigureFormat.Time(status.Now)}")],
            ]),
        };
    }
}
