namespace XilinIngest.Notifier.Events;

/// <summary>The published alerts, read where the bus may not have delivered: at the start, after a gap, and now and then.</summary>
public interface IAlertHistory
{
    /// <summary>The published alert events from a publication on, in order.</summary>
    /// <param name="publication">The first publication that may be among them.</param>
    /// <param name="limit">The most events.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<PublishedAlert>> ReadFromAsync(long publication, int limit, CancellationToken cancellationToken);
}

/// <summary>An alert event as it was published.</summary>
/// <param name="Publication">Its position among the published results. A later one has a larger number.</param>
/// <param name="Body">The event as JSON in UTF-8.</param>
public sealed record PublishedAlert(long Publication, byte[] Body);
