using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using XilinIngest.SignedNotes;

namespace XilinIngest.TestServices;

/// <summary>A data folder with its key, witnesses who know that key, and the policy file of the service.</summary>
internal sealed class WitnessedLedger : IAsyncDisposable
{
    internal const string Origin = "stats.example.cn/xilin";
    private readonly TestFolder _folder = new();
    private readonly TestFolder _catalogue = TestFolder.CatalogueWithOpenMonths();
    private readonly List<ServiceProcess> _services = [];

    /// <param name="names">The names of the witnesses in the policy.</param>
    internal WitnessedLedger(params string[] names)
        : this([], names)
    {
    }

    /// <param name="partitions">The paths of the partitions; none: one ledger has the whole tree.</param>
    /// <param name="names">The names of the witnesses in the policy.</param>
    internal WitnessedLedger(IReadOnlyList<string> partitions, IReadOnlyList<string> names)
    {
        Directory.CreateDirectory(Data);
        var pem = NoteSigner.CreatePem();
        File.WriteAllText(Path.Combine(Data, "ledger-key.pem"), pem);
        LogKey = NoteSigner.FromPem(pem, Origin).Verifier;
        if (partitions.Count > 0)
        {
            File.WriteAllLines(_catalogue.In("partitions.csv"), ["path,connection", .. partitions.Select(path => $"{path},")]);
        }

        // One key signs all of them, each under its name.
        var logs = string.Concat(partitions.Select(path => $"{Origin}/{path}").DefaultIfEmpty(Origin)
            .Select(origin => $"{NoteVerifier.Create(origin, NoteAlgorithm.Ed25519, LogKey.PublicKey)}\n"));
        Witnesses = [.. names.Select(name => new WitnessProcess($"{name}.example.org/witness", logs))];
        Names = names;
    }

    internal string Data => _folder.In("data");

    internal string PolicyFile => _folder.In("policy");

    internal NoteVerifier LogKey { get; }

    internal IReadOnlyList<WitnessProcess> Witnesses { get; }

    internal IReadOnlyList<string> Names { get; }

    internal string In(string name) => _folder.In(name);

    /// <summary>Starts the witnesses, and writes the policy.</summary>
    /// <param name="threshold">How many have to cosign.</param>
    internal async Task StartWitnessesAsync(string threshold = "all")
    {
        foreach (var witness in Witnesses)
        {
            await witness.StartAsync();
        }

        File.WriteAllText(PolicyFile, string.Concat(Witnesses.Select((each, i) => $"witness {Names[i]} {each.Key} {each.Address}\n"))
            + $"group offices {threshold} {string.Join(' ', Names)}\nquorum offices\n");
    }

    /// <summary>Starts the service on a data folder.</summary>
    internal async Task<ServiceProcess> StartServiceAsync(string? data = null)
    {
        var service = new ServiceProcess(
            "Standalone", ["--data", data ?? Data, "--catalogue", _catalogue.Path, "--port", "0", "--lang", "en"],
            ("Ledger__Origin", Origin), ("Ledger__WitnessPolicy", PolicyFile));
        _services.Add(service);
        await service.ServingAsync();
        return service;
    }

    /// <summary>Stops a service, so that its files can be copied.</summary>
    internal static async Task StopAsync(ServiceProcess service)
    {
        service.Terminate();
        Assert.Equal(0, await service.ExitAsync());
    }

    /// <summary>A copy of the files of a service that is stopped.</summary>
    internal string CopyData(string name)
    {
        Directory.CreateDirectory(In(name));
        foreach (var file in Directory.EnumerateFiles(Data))
        {
            File.Copy(file, Path.Combine(In(name), Path.GetFileName(file)));
        }

        return In(name);
    }

    internal static async Task SubmitAsync(ServiceProcess service, int revision)
    {
        var (status, answer, _) = await service.SubmitAsync(
            TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(revision))
                .Set("revision", revision));
        Assert.True(status == System.Net.HttpStatusCode.OK, $"{status} {answer}");
    }

    /// <summary>The note at <c>/checkpoint</c>.</summary>
    internal static async Task<SignedNote> CheckpointAsync(ServiceProcess service, string path = "/checkpoint")
    {
        using var client = new HttpClient();
        var text = await client.GetStringAsync(new Uri(await service.ServingAsync(), path));
        Assert.True(SignedNote.TryParse(text, out var note), text);
        return note;
    }

    internal static long SizeOf(SignedNote note) => long.Parse(note.Text.Split('\n')[1], CultureInfo.InvariantCulture);

    /// <summary>Waits until <c>/checkpoint</c> has a size and the quorum.</summary>
    internal Task WaitUntilWitnessedAsync(ServiceProcess service, long size, int seconds = 30, string path = "/checkpoint") =>
        Eventually.IsTrueAsync(
            async () => await CheckpointAsync(service, path) is var note && SizeOf(note) == size && ReadPolicy().Check(note).IsMet,
            () => service.Output, seconds);

    internal TrustPolicy ReadPolicy() => TrustPolicyReader.Read(Encoding.UTF8.GetBytes(File.ReadAllText(PolicyFile))).Policy!;

    /// <summary>What <c>/api/ledger/witnesses</c> says of the ledger, and of a witness.</summary>
    internal static async Task<(JsonNode Ledger, JsonNode Witness)> ReportAsync(ServiceProcess service, string name)
    {
        var ledger = (await service.GetAsync("/api/ledger/witnesses")).Answer!.AsArray().Single()!;
        return (ledger, ledger["witnesses"]!.AsArray().Single(each => (string?)each!["name"] == name)!);
    }

    public async ValueTask DisposeAsync()
    {
        _services.ForEach(service => service.Dispose());
        foreach (var witness in Witnesses)
        {
            witness.Dispose();
        }

        await Task.Yield();
        _folder.Dispose();
        _catalogue.Dispose();
    }
}
