using XilinIngest.Admin.Installations;

namespace XilinIngest.Admin.Doctor;

/// <summary>Checks that each setting is known, and that its value can be used.</summary>
internal static class SettingsCheck
{
    public static Task<IReadOnlyList<CheckFinding>> RunAsync(Installation installation)
    {
        var known = SettingNames.Read();
        List<CheckFinding> findings =
            [.. installation.Settings.FindFaults().Select(fault => CheckFinding.Fault(fault.Zh, fault.En)),
                .. known.FindUnknown(installation.Names).Select(unknown => Unknown(unknown.Name, unknown.Meant))];
        if (installation is { Stores: [], Broker: null })
        {
            findings.Add(CheckFinding.Fault(
                "设置中没有可检查的数据库或消息服务器，也没有数据目录，或数据库文件所在的文件夹不存在。",
                "The settings name no database or broker, there is no data folder, or the folder of a database file is missing.",
                "单进程服务：用 --data 指定数据目录。各服务分开运行的：在与服务相同的环境变量和 Secrets__Folder 下运行本命令。",
                "Of the one-process service name the folder with --data. Of services of their own, run this with their environment and "
                + "Secrets__Folder."));
        }

        return Task.FromResult<IReadOnlyList<CheckFinding>>(
            findings.Count > 0 ? findings
                : [CheckFinding.Fine("名称和取值都正确。", "All names and values are right.")]);
    }

    private static CheckFinding Unknown(string name, string? meant) => CheckFinding.Warning(
        $"没有名为 {name} 的设置，服务不会读取它。", $"There is no setting {name}; no service reads it.",
        meant is null ? "请对照 docs/deploy.md 的设置表改正，或删去。" : $"是否应为 {meant}？请改正或删去。",
        meant is null ? "Correct it by the table of settings in docs/deploy.md, or take it out."
            : $"Should it be {meant}? Correct it, or take it out.");
}
