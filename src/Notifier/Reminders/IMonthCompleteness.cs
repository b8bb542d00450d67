using XilinIngest.Contracts.Responses;

namespace XilinIngest.Notifier.Reminders;

/// <summary>Who has reported a month and who has not, from the aggregator.</summary>
public interface IMonthCompleteness
{
    /// <summary>The reports of a month at and below a unit.</summary>
    /// <param name="unit">The unit's code.</param>
    /// <param name="period">The month, <c>yyyy-MM</c>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null: the aggregator's catalogue has no such unit.</returns>
    /// <exception cref="CompletenessUnknownException">The results may lack reports.</exception>
    Task<MonthCompleteness?> ReadAsync(string unit, string period, CancellationToken cancellationToken);
}
