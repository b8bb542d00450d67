using Spectre.Console;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;

namespace XilinIngest.Standalone;

/// <summary>Prints the steps and findings of the verify command, each with its remedy.</summary>
internal sealed class VerificationConsole(StandaloneOptions options)
{
    private const int MaxFaultsShown = 20;
    private readonly ServiceConsole _console = new(options.English);

    private bool IsOnServer => options.ServerDatabases is not null;

    /// <summary>Runs a step. A terminal shows its name until the step ends.</summary>
    public T Step<T>(string zh, string en, Func<T> work) =>
        Console.IsOutputRedirected ? work() : AnsiConsole.Status().Start(_console.Localize(zh, en), _ => work());

    /// <summary>The outcome of a step: no fault, or the number of faults and the first of them.</summary>
    public void WriteOutcome(IReadOnlyList<string> faults, long count, string zh, string en)
    {
        if (count == 0)
        {
            _console.WriteLine($"✓ {zh}：无误。", $"✓ {en}: no fault.");
            return;
        }

        _console.WriteLine($"✗ {zh}：{count} 处不符。", $"✗ {en}: {count} faults.");
        foreach (var fault in faults.Take(MaxFaultsShown))
        {
            Console.WriteLine("  " + fault);
        }

        if (count > MaxFaultsShown)
        {
            _console.WriteLine($"  ……另有 {count - MaxFaultsShown} 处", $"  … and {count - MaxFaultsShown} more");
        }
    }

    /// <param name="ledger">The display name of the ledger.</param>
    public void WriteEmptyLedger(string ledger)
    {
        var setting = IsOnServer ? "ConnectionStrings__Ledger" : "--data";
        _console.WriteLine(
            $"  台账 {ledger} 中一行也没有。本应有数据的，请核对 {setting} 是否指对了地方。",
            $"  The ledger {ledger} holds no row. If there should be some, see whether {setting} names the right one.");
    }

    public void WriteNote(Bilingual note) => _console.WriteLine(note.Zh, note.En);

    public int WriteVerified()
    {
        _console.WriteLine("✓ 核对通过。", "✓ Verified.");
        return 0;
    }

    public int FailMissingFile(string file) =>
        _console.Fail($"找不到 {file}：请用 --data 指定服务的数据目录。", $"{file} does not exist: name the service's data folder with --data.");

    public int FailCatalogue(IReadOnlyList<CatalogueFault> faults)
    {
        WriteOutcome([.. faults.Select(fault => _console.Localize(fault.ToStringZh(), fault.ToString()))], faults.Count, "目录",
            "The catalogue");
        return Fail(
            $"目录有 {faults.Count} 处与已有数据不符，服务也不会用它启动。请改正目录，再核对一次。",
            $"the catalogue has {faults.Count} faults against the figures that there are, and the service does not start with it. "
            + "Correct the catalogue, then verify again.");
    }

    public int FailUnreadable(Exception exception)
    {
        var (zh, en) = IsOnServer
            ? ("运行 xilin-admin migrate", "run xilin-admin migrate")
            : ("启动一次服务，它会自动升级", "start the service once, which brings it up to date");
        return Fail(
            $"{options.Ledger.Name} 或 {options.Cube.Name} 无法读取：{exception.Message} 由旧版本写成的，先{zh}；否则请从备份恢复。",
            $"{options.Ledger.Name} or {options.Cube.Name} cannot be read: {exception.Message} If an earlier version wrote it, {en}; "
            + "else restore it from a backup.");
    }

    public int FailForeignKey() => Fail(
        $"没有一个检查点带有 {options.KeyPath} 的签名：这不是签署本台账的密钥。请从备份恢复密钥，再核对一次。",
        $"no checkpoint carries the signature of {options.KeyPath}: it is not the key that signed this ledger. "
        + "Restore the key from a backup, then verify again.");

    /// <param name="ledger">The display name of the ledger.</param>
    /// <param name="faults">The number of its faults.</param>
    public int FailLog(string ledger, long faults) => Fail(
        $"台账有 {faults} 处不符。台账修复之前不比对结果：请从备份恢复 {ledger}，再核对一次。",
        $"the log has {faults} faults. The results are not compared until it is repaired: "
        + $"restore {ledger} from a backup, then verify again.");

    /// <param name="ledger">The display name of the ledger.</param>
    /// <param name="evidence">Why the results are not of it.</param>
    public int FailForeignLedger(string ledger, Bilingual evidence) => Fail(
        $"台账无误，但结果不是由这份台账得出的：{evidence.Zh}。若 {ledger} 是从备份恢复的，请停止服务，换回更新的那一份；"
        + "没有更新的，启动服务即可：它会发现并由这份台账重新得出全部结果。",
        $"the log holds, but the results were not made from it: {evidence.En}. If {ledger} was restored from a "
        + "backup, stop the "
        + "service and put the newer one back; if there is none, start the service: it notices, and makes all results anew from "
        + "this ledger.");

    public int FailResults(int differences)
    {
        var (zh, en) = IsOnServer
            ? ("，另建一个空的数据库并运行 xilin-admin migrate", ", make an empty database in its place, run xilin-admin migrate")
            : ("", "");
        return Fail(
            $"台账无误，结果有 {differences} 处不符。请重启服务；仍有不符的，停止服务、移走 {options.Cube.Name}{zh}，再启动，结果将由台账重建。",
            $"the log holds, but {differences} results differ. Restart the service; if they still do, stop it, "
            + $"move {options.Cube.Name} away{en} and start it again: it is rebuilt from the log.");
    }

    /// <param name="partitions">How many partitions lack sums of others.</param>
    public int WriteNotCompared(int partitions)
    {
        // No fault: a backup has the files of several moments. It is another last line, since it proves less.
        _console.WriteLine(
            $"✓ 台账核对通过；{partitions} 个分区的结果尚未比对：请启动服务，待其就绪后再核对一次。仍然如此的，其中有分区的汇总服务没有运行。",
            $"✓ The log is verified. The results of {partitions} partitions could not be compared yet: start the service, and verify "
            + "again once it is ready. If that does not help, the aggregator of one of them does not run.");
        return 0;
    }

    private int Fail(string zh, string en)
    {
        _console.WriteLine($"✗ 核对未通过：{zh}", $"✗ Not verified: {en}");
        return 1;
    }
}
