using System.Diagnostics.Metrics;

namespace XilinIngest.TestFixtures;

/// <summary>What a program that watches the meter reads.</summary>
public sealed class MeterReadings : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, double> _read = [];

    /// <param name="scope">Whose meters: other tests have their own of the same name.</param>
    public MeterReadings(IMeterFactory scope)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "XilinIngest.Aggregator" && ReferenceEquals(instrument.Meter.Scope, scope))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _read[instrument.Name] = value);
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => _read[instrument.Name] = value);
        _listener.Start();
    }

    public IReadOnlyDictionary<string, double> Read()
    {
        _listener.RecordObservableInstruments();
        return _read;
    }

    public void Dispose() => _listener.Dispose();
}
