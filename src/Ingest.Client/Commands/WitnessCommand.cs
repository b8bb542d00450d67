using System.CommandLine;
using System.Net;
using XilinIngest.Client.Witnessing;

namespace XilinIngest.Client.Commands;

/// <summary><c>xilin witness</c></summary>
internal static class WitnessCommand
{
    private const string DefaultListen = "127.0.0.1:5090";

    public static Command Build(ConsoleOutput output)
    {
        var data = new Option<string>("--data")
        {
            Required = true,
            HelpName = "DIR",
            Description = output.Text(
                "存放见证人密钥和联署记录的文件夹，第一次启动时建立。", "The folder of its key and of what it cosigned, made at the first start."),
        };
        var logs = new Option<string>("--logs")
        {
            Required = true,
            HelpName = "FILE",
            Description = output.Text(
                "要联署的台账的公钥，每行一把（服务的 /api/ledger/key）。",
                "The keys of the logs to cosign, one in each line (the service gives them at /api/ledger/key)."),
        };
        var name = new Option<string?>("--name")
        {
            HelpName = "NAME",
            Description = output.Text(
                "见证人的名称，如 tongji.example.cn/witness；第一次启动时给出，以后不变。",
                "The name of the witness, such as audit.example.org/witness: for the first start, and kept."),
        };
        var listen = new Option<string>("--listen")
        {
            HelpName = "ENDPOINT",
            DefaultValueFactory = _ => DefaultListen,
            Description = output.Text(
                "监听的地址和端口；默认仅限本机。0.0.0.0:5090 为所有网卡。",
                "Where to listen; this machine alone by default, and all networks with 0.0.0.0:5090."),
        };
        var command = new Command("witness", output.Text(
            """
            见证人：为台账的检查点联署，只联署不断增长、从不改动以前各行的台账。服务若出示两套账，见证人不会为第二套联署。
              取得并核对台账公钥：curl http://统计站:5080/api/ledger/key > logs
              第一次启动：xilin witness --data witness --logs logs --name tongji.example.cn/witness --listen 0.0.0.0:5090
              以后：      xilin witness --data witness --logs logs --listen 0.0.0.0:5090
              启动时显示见证人的公钥，请交给统计站和审计人员。--data 不可从旧备份恢复。按 Ctrl+C 停止。
              退出码：0 已停止；2 用法有误；4 文件夹不能用，原因和办法见提示。
            """,
            """
            A witness cosigns the checkpoints of logs that only grow and never alter an earlier row. If a service shows two
            histories, it does not cosign the second one.
              The logs' keys, to be compared: curl http://STATISTICS-OFFICE:5080/api/ledger/key > logs
              First start: xilin witness --data witness --logs logs --name audit.example.org/witness --listen 0.0.0.0:5090
              Later:       xilin witness --data witness --logs logs --listen 0.0.0.0:5090
              It prints its own key at its start: give it to the statistics office and to auditors. Never restore --data from an
              older backup. Ctrl+C stops it.
              Exit codes: 0 stopped; 2 wrong usage; 4 the folder cannot be used, with the reason and what to do.
            """)) { data, logs, name, listen };
        command.SetAction((result, cancellation) => RunAsync(
            result.GetValue(data)!, result.GetValue(logs)!, result.GetValue(name), result.GetValue(listen)!, output, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string data, string file, string? name, string listen, ConsoleOutput output, CancellationToken cancellationToken)
    {
        // A signal ends the process at once, with 143, until the command has returned its task: that must be before it serves.
        await Task.Yield();
        if (!IPEndPoint.TryParse(listen, out var endpoint) || !listen.Contains(':', StringComparison.Ordinal))
        {
            throw new CommandException(ExitCodes.Usage,
                $"--listen {listen} 不对，应为地址和端口，如 {DefaultListen}。",
                $"--listen {listen} is malformed: it takes an address and a port, such as {DefaultListen}.");
        }

        var logs = WitnessedLogs.Read(file);
        using var folder = WitnessFolder.Open(data);
        var witness = new Witness(folder, name, logs, TimeProvider.System);
        output.WriteLine($"见证人公钥：{witness.Key}", $"The key of this witness: {witness.Key}");
        foreach (var (log, cosigned) in witness.Logs)
        {
            var size = cosigned?.Text.Split('\n')[1];
            output.WriteLine(
                $"台账 {log}：{(size is null ? "尚未联署" : $"已联署至 {size} 行")}",
                $"Log {log}: {(size is null ? "nothing cosigned yet" : $"cosigned up to {size} rows")}");
        }

        await new WitnessHost(witness, output).RunAsync(
            endpoint, address => output.WriteLine($"见证人已启动：{address}", $"The witness listens at {address}"), cancellationToken);
        return ExitCodes.Accepted;
    }
}
