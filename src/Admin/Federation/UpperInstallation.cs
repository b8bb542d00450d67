using System.Globalization;
using System.Text.Json;
using XilinIngest.ClientLibrary;
using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Indicators;

namespace XilinIngest.Admin.Federation;

/// <summary>The installation that is reported to: its ledger of one unit, and its intake.</summary>
/// <param name="client">Its API.</param>
/// <param name="submissions">The way of submissions: HTTP or a message broker.</param>
/// <param name="unit">The unit.</param>
/// <param name="checksFirst">
/// Whether a submission is checked before it is sent, so that a refusal makes no row. It needs the right to enter over HTTP.
/// </param>
internal sealed class UpperInstallation(InstallationClient client, XilinClient submissions, string unit, bool checksFirst)
{
    private const int PageSize = 500;

    public Task<Catalogue> ReadCatalogueAsync(CancellationToken cancellationToken) => client.ReadCatalogueAsync(cancellationToken);

    /// <summary>The submissions of a month that were not refused, whoever sent them.</summary>
    public async Task<IReadOnlyList<StatedRow>> ReadMonthAsync(Period period, CancellationToken cancellationToken)
    {
        List<StatedRow> rows = [];
        var before = "";
        while (true)
        {
            var page = await client.GetAsync<IReadOnlyList<SubmissionRow>>(
                string.Create(CultureInfo.InvariantCulture,
                    $"api/submissions?unit={unit}&period={period}&limit={PageSize}{before}"), cancellationToken);
            foreach (var row in page.Where(row => row.Verdict != Verdict.Refused))
            {
                var detail = await client.GetAsync<SubmissionDetail>(
                    string.Create(CultureInfo.InvariantCulture, $"api/submissions/{row.Sequence}")
                    + RowsOfPartition.Query('?', row.Partition), cancellationToken);
                if (ParseSubmission(detail.Body) is { } submission)
                {
                    rows.Add(new(row.Sequence, submission));
                }
            }

            if (page.Count < PageSize)
            {
                return rows;
            }

            before = string.Create(CultureInfo.InvariantCulture, $"&before={page[^1].Sequence}")
                + RowsOfPartition.Query('&', page[^1].Partition, "beforePartition");
        }
    }

    /// <summary>What a submission would be answered; null: it is not asked before sending.</summary>
    public async Task<SubmissionCheck?> CheckAsync(SubmitIndicators submission, CancellationToken cancellationToken) => checksFirst
        ? await client.CheckAsync<SubmissionCheck>(
            "api/submissions/check", JsonSerializer.SerializeToUtf8Bytes(submission, WireFormat.Options), cancellationToken)
        : null;

    /// <summary>Sends a submission, and waits for its receipt.</summary>
    /// <exception cref="InstallationException">It could not be sent, or no receipt came; it may have arrived.</exception>
    public async Task<SubmissionReply> SubmitAsync(SubmitIndicators submission, CancellationToken cancellationToken)
    {
        try
        {
            return await (await submissions.SubmitAsync(submission, cancellationToken)).Reply;
        }
        catch (TransportUnavailableException exception)
        {
            throw new InstallationException(exception.MessageZh, exception.Message, !exception.IsPermanent);
        }
    }

    /// <summary>The effective figures of a month, by indicator, whoever reported them.</summary>
    public async Task<IReadOnlyDictionary<string, FormFigures>> ReadEffectiveAsync(Period period, CancellationToken cancellationToken)
    {
        var form = await client.GetAsync<UnitForm>($"api/form?unit={unit}&period={period}", cancellationToken);
        return form.Entries.Where(entry => entry.Now is not null).ToDictionary(entry => entry.Indicator, entry => entry.Now!);
    }

    // Closings of months and reviews of reports are rows too.
    private static SubmitIndicators? ParseSubmission(string body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("values", out _)
            ? document.RootElement.Deserialize<SubmitIndicators>(WireFormat.Options) : null;
    }
}
