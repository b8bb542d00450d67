using XilinIngest.Hosting;
using XilinIngest.SignedNotes;

namespace XilinIngest.Worker.Ledger.Witnessing;

/// <summary>Reads the witnesses that a service asks (<c>Ledger:WitnessPolicy</c>: a file of c2sp.org/tlog-policy).</summary>
internal static class WitnessSettings
{
    /// <summary>The policy; null: no witness is asked, or the file has a fault.</summary>
    public static TrustPolicy? WitnessPolicy(this StartupOptions settings)
    {
        TrustPolicy? policy = null;
        return settings.WitnessPolicyPath(path =>
        {
            (policy, var faults) = Read(path);
            return faults;
        }) is null ? null : policy;
    }

    private static (TrustPolicy? Policy, IReadOnlyList<(string Zh, string En)> Faults) Read(string path)
    {
        try
        {
            var (policy, faults) = TrustPolicyReader.Read(File.ReadAllBytes(path));
            return policy is null ? (null, [.. faults.Select(fault => (fault.Zh, fault.En))])
                : FindUnusable(policy) is { } unusable ? (null, [unusable]) : (policy, []);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, [($"无法读取：{exception.Message}", $"It cannot be read: {exception.Message}")]);
        }
    }

    private static (string Zh, string En)? FindUnusable(TrustPolicy policy) =>
        policy.Witnesses.Count == 0
            ? ("没有 witness 行。不需要见证人的，删去该设置。", "It has no line witness. Leave the setting out if nobody is to be asked.")
            : policy.Witnesses.FirstOrDefault(witness => AddressOf(witness) is null) is { } without
                ? ($"见证人 {without.Name} 没有地址。请在公钥后写上，如 http://10.0.0.7:5090。",
                    $"The witness {without.Name} has no address. Write it after the key, such as http://10.0.0.7:5090.")
                : policy.Witnesses.FirstOrDefault(witness => !witness.Key.CanVerify) is { } unknown
                    ? ($"见证人 {unknown.Name} 的公钥是本版本还不能核验的算法。",
                        $"The key of the witness {unknown.Name} is of an algorithm that this version cannot verify.")
                    : null;

    /// <summary>Where a witness is asked; null: the policy does not say.</summary>
    public static Uri? AddressOf(PolicyWitness witness) =>
        Uri.TryCreate(witness.Address?.TrimEnd('/') + "/" + WitnessRequest.Path, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https" ? uri : null;
}
