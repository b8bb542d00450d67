using XilinIngest.Hosting.Access;

namespace XilinIngest.Aggregator.Alerts;

/// <summary>Who has taken which alerts. The host provides it where the notifier is in the same process.</summary>
public interface IAlertTasks
{
    /// <summary>The open tasks of a year's alerts, as a caller may read them; null: they cannot be read for the moment.</summary>
    IReadOnlyList<AlertTask>? ReadOpen(int year, Caller caller);
}
