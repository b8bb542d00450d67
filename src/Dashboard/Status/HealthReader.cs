using System.Text.Json;
using XilinIngest.Dashboard.Data;
using XilinIngest.Hosting;
using XilinIngest.InputOutput;

namespace XilinIngest.Dashboard.Status;

/// <summary>One process of the system and what it says of its health.</summary>
/// <param name="Address">The address of the process.</param>
/// <param name="Roles">What the pages ask of it.</param>
/// <param name="Report">Its report; null: it gave none.</param>
/// <param name="Fault">Why there is no report; null: there is one.</param>
internal sealed record ProcessHealth(Uri Address, IReadOnlyList<ServiceRole> Roles, ProcessHealthReport? Report, string? Fault);

/// <summary>What <c>/health/ready</c> answers.</summary>
/// <param name="Status">Healthy, Degraded or Unhealthy.</param>
/// <param name="Version">The version of the program.</param>
/// <param name="Checks">The parts of the process, by name.</param>
internal sealed record ProcessHealthReport(string Status, string? Version, IReadOnlyDictionary<string, PartHealth> Checks);

/// <summary>The health of a part.</summary>
/// <param name="Status">Healthy, Degraded or Unhealthy.</param>
/// <param name="Description">What is wrong and what to do, a problem per line, Chinese first; null: nothing.</param>
/// <param name="Data">Figures by name.</param>
internal sealed record PartHealth(string Status, string? Description, IReadOnlyDictionary<string, JsonElement> Data);

/// <summary>
/// Asks every process for its health, each by its own address: unlike <see cref="ServiceTransport"/>, which asks the first that answers.
/// </summary>
internal sealed class HealthReader(ServiceAddresses addresses) : IDisposable
{
    // A process that hangs must not keep the others from the page.
    private readonly HttpClient _client = new(new ConnectionFaultHandler()) { Timeout = TimeSpan.FromSeconds(5) };

    public async Task<IReadOnlyList<ProcessHealth>> ReadAsync(CancellationToken cancellationToken)
    {
        var processes = Enum.GetValues<ServiceRole>().SelectMany(role => addresses.Of(role).Select(address => (role, address)))
            .GroupBy(each => each.address, each => each.role);
        return await Task.WhenAll(processes.Select(process => ReadAsync(process.Key, [.. process], cancellationToken)));
    }

    public void Dispose() => _client.Dispose();

    private async Task<ProcessHealth> ReadAsync(Uri address, IReadOnlyList<ServiceRole> roles, CancellationToken cancellationToken)
    {
        try
        {
            // A process that is not ready answers 503 with its report.
            using var response = await _client.GetAsync(new Uri(address, "/health/ready"), cancellationToken);
            var report = await response.Content.ReadFromJsonAsync<ProcessHealthReport>(ApiJson.Options, cancellationToken);
            return new(address, roles, report, null);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new(address, roles, null, exception.Message);
        }
    }
}
