using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Indicators;

namespace XilinIngest.Admin.Federation;

/// <summary>
/// Compares the months above with the lower installation: the reported figures with the versions that they name, the effective figures
/// with the reported ones, and the lower ledger with the checkpoints.
/// </summary>
internal sealed class FederationVerifier(
    LowerInstallation lower, UpperInstallation upper, FederationRequest request, FederationConsole output, TimeProvider clock)
{
    // Figures whose versions the lower installation no longer keeps.
    private int _pruned;

    /// <summary>Verifies all months.</summary>
    /// <param name="key">The public key of the lower ledger as kept from before; null: as it gives it now.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    /// <returns>How many figures and checkpoints do not hold.</returns>
    public async Task<int> RunAsync(string? key, CancellationToken cancellationToken)
    {
        var below = await lower.ReadCatalogueAsync(cancellationToken);
        var above = await upper.ReadCatalogueAsync(cancellationToken);
        var unit = above.Units.All.FirstOrDefault(each => each.Code.Value == request.Unit) ?? throw new InstallationException(
            $"上级目录中没有单位 {request.Unit}。", $"The upper catalogue has no unit {request.Unit}.", isAway: false);
        var proof = await CheckpointProof.CreateAsync(lower, key, cancellationToken);
        var (figures, differences) = (0, 0);
        foreach (var month in request.MonthsAt(clock.GetUtcNow()))
        {
            var stated = StatedMonth.Of(await upper.ReadMonthAsync(month, cancellationToken), source: null);
            var effective = stated.Figures.Count == 0 ? null : await upper.ReadEffectiveAsync(month, cancellationToken);
            var newest = stated.Figures.Count == 0
                ? [] : (await lower.ReadTotalsAsync(month, cancellationToken)).ToDictionary(total => total.Indicator);
            figures += stated.Figures.Count;
            foreach (var figure in stated.Figures.Values)
            {
                var fault = await FindFaultAsync(
                    figure, newest, below, new UpperPlace(above, unit, month, TakesProvisional: true), cancellationToken)
                    ?? FindOverride(figure, effective!.GetValueOrDefault(figure.Total.Indicator))
                    ?? await proof.FindFaultAsync(figure.Origin.Checkpoint, cancellationToken);
                if (fault is { } found)
                {
                    differences++;
                    output.PrintDifference(month, figure, found);
                }
            }
        }

        output.PrintVerified(figures, differences, _pruned, proof.Size);
        return differences;
    }

    private async Task<(string Zh, string En)?> FindFaultAsync(
        StatedFigure stated, Dictionary<string, IndicatorTotal> newest, Catalogue below, UpperPlace place,
        CancellationToken cancellationToken)
    {
        var (code, version) = (stated.Total.Indicator, stated.Total.Version);
        if (!IndicatorCode.TryParse(code, out var parsed) || !below.TryFind(parsed, out var indicator))
        {
            return ("下级目录中没有该指标", "the lower catalogue does not have it");
        }

        var total = newest.GetValueOrDefault(code) is { } current && current.Version == version ? current : null;
        if (total is null && await lower.ReadVersionAsync(code, place.Period.ToString(), version, cancellationToken) is { } published)
        {
            if (published.PrunedAt is not null)
            {
                _pruned++;
                return null;
            }

            total = published.Totals[0];
        }

        if (total is null)
        {
            return ($"下级没有第 {version} 版的汇总数", $"the lower installation has no version {version} of the total");
        }

        var mapped = await lower.MapAsync(total, indicator, place, cancellationToken);
        return mapped.IsWithdrawn == stated.IsWithdrawn && (stated.IsWithdrawn
            || (mapped.Value is { } value && MonthRevision.HaveSameFigures(value, stated.Value)))
            ? null
            : ($"所报与下级第 {version} 版不符：下级为 {FigureText.Of(mapped.Value)}，所报为 {FigureText.Of(stated.Value)}",
                $"what was reported is not version {version}: {FigureText.Of(mapped.Value)} there, {FigureText.Of(stated.Value)} reported");
    }

    // Someone above may have corrected a figure, or returned the report.
    private static (string Zh, string En)? FindOverride(StatedFigure stated, FormFigures? effective)
    {
        if (stated.IsWithdrawn)
        {
            return effective is null ? null
                : ($"已撤回，而上级台账第 {effective.Sequence} 号又报了数", $"it is withdrawn, and row {effective.Sequence} above reports it again");
        }

        var value = stated.Value;
        return effective is null
            ? ("上级没有生效的数：已退回或被撤回", "no figure is effective above: it was returned or withdrawn")
            : (value.Value is null || effective.Value == value.Value) && effective.YearToDate == value.YearToDate
                && effective.LastYear == value.LastYear && effective.Numerator == value.Numerator
                && effective.Denominator == value.Denominator && effective.Date == value.Date
            ? null
            : ($"上级生效的数与所报不符：台账第 {effective.Sequence} 号为 {FigureText.Of(effective)}，所报为 {FigureText.Of(value)}",
                $"the effective figure above is another: row {effective.Sequence} has {FigureText.Of(effective)}, "
                    + $"{FigureText.Of(value)} was reported");
    }
}
