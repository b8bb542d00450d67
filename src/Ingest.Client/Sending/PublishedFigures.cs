using System.Text.Json;
using XilinIngest.Client.Commands;
using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Indicators;
using XilinIngest.SubmissionFiles.Maps;
using XilinIngest.Submissions.Input;

namespace XilinIngest.Client.Sending;

/// <summary>The figures of the service for the cells of a table, asked once for each unit and month.</summary>
internal sealed class PublishedFigures(HttpClient service)
{
    private const int MaxDecimals = 10;

    private readonly Dictionary<(UnitCode Unit, Period Period), IReadOnlyList<IndicatorTotal>> _totals = [];
    private readonly Dictionary<(UnitCode Unit, Period Period), IReadOnlyList<FormEntry>> _forms = [];

    /// <summary>How many of the figures are totals of which not all units have reported.</summary>
    public int Provisional { get; private set; }

    /// <summary>A number in the unit of measure of the table, or a text; null: the service has none.</summary>
    /// <exception cref="HttpRequestException">The service cannot be reached or refuses.</exception>
    public async Task<object?> FindAsync(TableFigure figure, CancellationToken cancellationToken)
    {
        if (figure.Unit.Level == UnitLevel.Enterprise)
        {
            var entry = (await FormAsync(figure, cancellationToken)).FirstOrDefault(one => one.Indicator == figure.Indicator.Code.Value);
            return entry?.Now is { } now
                ? Convert(figure, now.Value, now.YearToDate, now.LastYear, now.Numerator, now.Denominator, now.Date) : null;
        }

        var total = (await TotalsAsync(figure, cancellationToken)).FirstOrDefault(one => one.Indicator == figure.Indicator.Code.Value);
        var value = total is null ? null : Convert(
            figure, total.Month, total.YearToDate, total.Base, total.Numerator, total.Denominator, total.Since);
        Provisional += value is not null && total!.State == ResultState.Provisional ? 1 : 0;
        return value;
    }

    private static object? Convert(
        TableFigure figure, decimal? value, decimal? yearToDate, decimal? lastYear, decimal? numerator, decimal? denominator,
        DateOnly? date)
    {
        var number = figure.Field switch
        {
            FormColumn.Value => value,
            FormColumn.YearToDate => yearToDate,
            FormColumn.LastYear => lastYear,
            FormColumn.Numerator => numerator,
            FormColumn.Denominator => denominator,
            _ => null,
        };
        if (figure.Field == FormColumn.Date)
        {
            return date is { } day ? DateText.Format(day) : null;
        }

        var stages = figure.Indicator.Kind.StagesOf(figure.Indicator);
        return number is not { } exact ? null
            : figure.Field == FormColumn.Value && stages.Count > 0
                ? decimal.IsInteger(exact) && exact >= 0 && exact < stages.Count ? stages[(int)exact].NameZh : null
            : decimal.Round(exact / figure.Factor, MaxDecimals, MidpointRounding.AwayFromZero);
    }

    private async Task<IReadOnlyList<IndicatorTotal>> TotalsAsync(TableFigure figure, CancellationToken cancellationToken)
    {
        var key = (figure.Unit.Code, figure.Period);
        if (!_totals.TryGetValue(key, out var totals))
        {
            var answer = await service.GetJsonAsync($"api/totals?unit={figure.Unit.Code}&period={figure.Period}", cancellationToken);
            _totals[key] = totals = [.. answer.EnumerateArray().Select(total => total.Deserialize<IndicatorTotal>(WireFormat.Options)!)];
        }

        return totals;
    }

    private async Task<IReadOnlyList<FormEntry>> FormAsync(TableFigure figure, CancellationToken cancellationToken)
    {
        var key = (figure.Unit.Code, figure.Period);
        if (!_forms.TryGetValue(key, out var entries))
        {
            var answer = await service.GetJsonAsync($"api/form?unit={figure.Unit.Code}&period={figure.Period}", cancellationToken);
            _forms[key] = entries = answer.Deserialize<UnitForm>(JsonSerializerOptions.Web)?.Entries ?? [];
        }

        return entries;
    }
}
