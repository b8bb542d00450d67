using Microsoft.Extensions.Logging;

namespace XilinIngest.Messaging;

/// <summary>
/// The loggers of the messaging library. The library logs a stack trace for every message that could not be sent, although its caller gets
/// the exception and handles it, so these lines are dropped. Lines about messages that could not be consumed are limited to one a minute
/// for each text.
/// </summary>
internal sealed class LibraryLoggerFactory(ILoggerFactory all) : ILoggerFactory
{
    private readonly LogThrottle _throttle = new();

    public void AddProvider(ILoggerProvider provider) => all.AddProvider(provider);

    public ILogger CreateLogger(string categoryName) => new FilteredLibraryLogger(all.CreateLogger(categoryName), _throttle);

    public void Dispose()
    {
        // The factory belongs to the host.
    }

    private sealed class FilteredLibraryLogger(ILogger logger, LogThrottle throttle) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is null || IsEnabled(logLevel) && ShouldLog(formatter(state, exception), exception))
            {
                logger.Log(logLevel, eventId, state, exception, formatter);
            }
        }

        private bool ShouldLog(string line, Exception exception) =>
            !line.StartsWith("S-FAULT", StringComparison.Ordinal)
            && (!line.StartsWith("R-FAULT", StringComparison.Ordinal) || throttle.TryEnter(exception) is not null);
    }
}
