using System.Text.Json;
using XilinIngest.Dashboard.Data;
using XilinIngest.Hosting;

namespace XilinIngest.Dashboard.Report;

/// <summary>
/// An edit under way. What the editor had before them when it began is what it is compared with, whatever changes meanwhile.
/// </summary>
/// <param name="client">Sends the edit in the name of the editor.</param>
/// <param name="of">Unit, month and language of the text.</param>
/// <param name="section">The section as the editor has it before them.</param>
/// <param name="version">The version that the edit replaces.</param>
internal sealed class SectionEdit(
    ServiceClient client, (string Unit, string Period, string Language) of, ReportSection section, int version)
{
    private int _version = version;
    private bool _isBehind;

    /// <summary>The computed text that the editor had before them.</summary>
    public string Computed { get; } = section.Shared;

    /// <summary>Stores a text.</summary>
    /// <param name="text">The text; null: back to the computed one.</param>
    public async Task<ServiceResponse<ReportSectionText>> SendAsync(string? text)
    {
        var answer = await client.PostAsync<ReportSectionText>("/api/report/texts", JsonSerializer.Serialize(
            new ReportTextRequest
            {
                Unit = of.Unit,
                Period = of.Period,
                Section = section.Key,
                Language = of.Language,
                Version = _version,
                Text = text,
                Computed = Computed,
            },
            ApiJson.Options));
        _isBehind = answer.Problem?.Status == StatusCodes.Status409Conflict;
        return answer;
    }

    /// <summary>Only who was told that another editor was first replaces that text by saving again, once it is on the page.</summary>
    /// <param name="shown">The version that is on the page.</param>
    public void CatchUp(int shown)
    {
        if (_isBehind && _version != shown)
        {
            (_version, _isBehind) = (shown, false);
        }
    }
}
