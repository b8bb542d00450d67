using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace XilinIngest.Worker.Ledger.Witnessing;

/// <summary>
/// Degraded if a witness saw another history, refuses, or has been away for an hour. Never unhealthy: a witness must not be able to stop
/// the intake.
/// </summary>
internal sealed class WitnessHealth(WitnessService witnesses) : IHealthCheck
{
    private static readonly TimeSpan LongestAbsence = TimeSpan.FromHours(1);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var now = TimeProvider.System.GetUtcNow();
        var faults = witnesses.All
            .SelectMany(ledger => ledger.Witnesses.Select(state => (ledger, state)))
            .Where(each => each.state.Fault is { } fault
                && (fault.Kind != WitnessFaultKind.Away || now - each.state.FaultSince >= LongestAbsence))
            .OrderByDescending(each => each.state.Fault!.Kind)
            .Select(each => Describe(each.ledger.Ledger.Signer.Origin, each.state)).ToList();
        return Task.FromResult(faults.Count == 0
            ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join(Environment.NewLine, faults)));
    }

    private static string Describe(string origin, WitnessState state) =>
        $"台账 {origin} 的见证人 {state.Witness.Name}：{state.Fault!.Zh} / The witness {state.Witness.Name} of {origin}: {state.Fault.En}";
}
