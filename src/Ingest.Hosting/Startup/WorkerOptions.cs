using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using XilinIngest.CatalogueFiles;
using XilinIngest.Storage;

namespace XilinIngest.Hosting;

/// <summary>
/// The ledger's signing key and name (<c>Ledger:KeyFile</c>, <c>Ledger:Origin</c>), whether its hashes are for everyone
/// (<c>Ledger:PublicTiles</c>), who cosigns it (<c>Ledger:WitnessPolicy</c>), and the intake (<c>Intake:BytesPerHour</c>,
/// <c>Intake:Binding</c>).
/// </summary>
internal sealed partial class WorkerOptions
{
    public const string EveryUnit = "#";

    public string? KeyFile { get; set; }

    public string? Origin { get; set; }

    public string? PublicTiles { get; set; }

    public string? WitnessPolicy { get; set; }

    public string? BytesPerHour { get; set; }

    public string? Binding { get; set; }

    public string EffectiveBinding => !string.IsNullOrEmpty(Binding) && BindingPattern().IsMatch(Binding) ? Binding : EveryUnit;

    internal static long? TryParseBytes(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes >= 1024 * 1024 ? bytes : null;

    // A host and a path, as a link has them without its scheme; a path and the name of a key follow.
    [GeneratedRegex("^(?=.{1,120}\\z)[a-z0-9][a-z0-9.-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)+\\z")]
    internal static partial Regex OriginPattern();

    [GeneratedRegex("^(#|([0-9A-Z]+\\.)+#)\\z")]
    internal static partial Regex BindingPattern();
}

/// <summary>Validates the path of the signing key. A SQLite ledger has a default beside its file; a server's has none.</summary>
internal sealed class SigningKeyValidator(bool isRequired) : IValidateOptions<WorkerOptions>
{
    public ValidateOptionsResult Validate(string? name, WorkerOptions options)
    {
        const string zh = "签名密钥文件的路径，其文件夹须存在；全部 worker 用同一份";
        const string en = "the path of the signing key's file, in a folder that exists; the same key for all workers";
        var faults = new SettingFaults();
        Action<string, string?, Func<string, bool>, string, string> check = isRequired ? faults.Require : faults.Check;
        check("Ledger:KeyFile", options.KeyFile, text => Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(text))), zh, en);
        return faults.Result;
    }
}

/// <summary>Validates the name of the ledger.</summary>
internal sealed class LedgerOriginValidator : IValidateOptions<WorkerOptions>
{
    public ValidateOptionsResult Validate(string? name, WorkerOptions options)
    {
        var faults = new SettingFaults();
        faults.Check(
            "Ledger:Origin", options.Origin, text => WorkerOptions.OriginPattern().IsMatch(text),
            "台账的名称：自有域名加路径，如 stats.example.cn/xilin，最多 120 个字符",
            "the name of the ledger: a domain of your own and a path, such as stats.example.cn/xilin, at most 120 characters");
        return faults.Result;
    }
}

/// <summary>Validates whether the log's hashes are for everyone.</summary>
internal sealed class PublicTilesValidator : IValidateOptions<WorkerOptions>
{
    public ValidateOptionsResult Validate(string? name, WorkerOptions options)
    {
        var faults = new SettingFaults();
        faults.Check(
            "Ledger:PublicTiles", options.PublicTiles, text => bool.TryParse(text, out _),
            "true：任何人都可读取台账的散列；false：须有任一权限（默认）",
            "true: everyone may read the ledger's hashes; false: who has any right (the default)");
        return faults.Result;
    }
}

/// <summary>Validates the file that names the witnesses.</summary>
/// <param name="findFaults">What is wrong in the file of a path.</param>
internal sealed class WitnessPolicyValidator(Func<string, IEnumerable<(string Zh, string En)>> findFaults) : IValidateOptions<WorkerOptions>
{
    public ValidateOptionsResult Validate(string? name, WorkerOptions options)
    {
        var faults = new SettingFaults();
        faults.Check(
            "Ledger:WitnessPolicy", options.WitnessPolicy, File.Exists, "见证策略文件的路径，该文件须存在",
            "the path of the file of witnesses, which exists");
        if (File.Exists(options.WitnessPolicy))
        {
            foreach (var (zh, en) in findFaults(options.WitnessPolicy))
            {
                faults.Add(
                    $"设置 Ledger__WitnessPolicy，{options.WitnessPolicy}：{zh}",
                    $"Setting Ledger__WitnessPolicy, {options.WitnessPolicy}: {en}");
            }
        }

        return faults.Result;
    }
}

/// <summary>Validates how many bytes an office may have stored in an hour.</summary>
internal sealed class IntakeQuotaValidator : IValidateOptions<WorkerOptions>
{
    public ValidateOptionsResult Validate(string? name, WorkerOptions options)
    {
        var faults = new SettingFaults();
        faults.Check(
            "Intake:BytesPerHour", options.BytesPerHour, text => WorkerOptions.TryParseBytes(text) is not null,
            "每单位每小时的字节数，不少于 1048576", "bytes for each office and hour, 1048576 or more");
        return faults.Result;
    }
}

/// <summary>Validates the part of the unit tree that a worker's intake takes.</summary>
/// <param name="catalogueFolder">The catalogue, which must have units in that part; null: not checked.</param>
internal sealed class IntakeBindingValidator(string? catalogueFolder) : IValidateOptions<WorkerOptions>
{
    public ValidateOptionsResult Validate(string? name, WorkerOptions options)
    {
        var faults = new SettingFaults();
        faults.Check(
            "Intake:Binding", options.Binding, text => WorkerOptions.BindingPattern().IsMatch(text),
            "#（全部），或下级区划如 32.04.04.004.#", "# for all, or a subtree such as 32.04.04.004.#");
        var binding = options.EffectiveBinding;
        if (binding != WorkerOptions.EveryUnit && catalogueFolder is not null && !HasUnitsUnder(binding, catalogueFolder))
        {
            faults.Add(
                $"设置 Intake__Binding 的值 {binding} 在 units.csv 中没有任何单位。请写成目录中某个区划的路径，如 32.04.04.004.#，"
                + "或先在 units.csv 中加入该区划。",
                $"Setting Intake__Binding: no unit in units.csv is under {binding}. Write the path of a unit of the catalogue, such as "
                + "32.04.04.004.#, or add the unit to units.csv first.");
        }

        return faults.Result;
    }

    // A catalogue that cannot be read has faults of its own, which are reported elsewhere.
    private static bool HasUnitsUnder(string binding, string catalogueFolder) =>
        CatalogueReader.Read(catalogueFolder).Catalogue?.Units is not { } units
        || units.All.Any(
            unit => unit.Spans.Any(span => $"{units.PathOf(unit, span.From)}.".StartsWith(binding[..^1], StringComparison.Ordinal)));
}

/// <summary>Reads the worker's options at the start.</summary>
public static class WorkerStartup
{
    /// <summary>The file of the ledger's signing key; null: the key or the ledger has a fault.</summary>
    /// <param name="options">The service's options.</param>
    /// <param name="ledger">The ledger; null: it has a fault, and the key is not checked.</param>
    public static string? SigningKeyPath(this StartupOptions options, Database? ledger)
    {
        if (ledger is null)
        {
            return null;
        }

        var isFile = ledger.Provider == StorageProvider.Sqlite;
        var worker = options.Bind(new SigningKeyValidator(isRequired: !isFile), "Ledger");
        return worker.KeyFile is { Length: > 0 } path ? Path.GetFullPath(path)
            : isFile ? Path.Combine(Path.GetDirectoryName(ledger.Name)!, "ledger-key.pem")
            : null;
    }

    /// <summary>The name of the installation's ledgers; null: none is set, or it has a fault.</summary>
    /// <param name="options">The service's options.</param>
    public static string? LedgerOrigin(this StartupOptions options) =>
        options.Bind(new LedgerOriginValidator(), "Ledger").Origin is { Length: > 0 } origin
        && WorkerOptions.OriginPattern().IsMatch(origin) ? origin : null;

    /// <summary>Whether everyone may read the log's hashes.</summary>
    /// <param name="options">The service's options.</param>
    public static bool AreTilesPublic(this StartupOptions options) =>
        bool.TryParse(options.Bind(new PublicTilesValidator(), "Ledger").PublicTiles, out var arePublic) && arePublic;

    /// <summary>The file that names the witnesses; null: none is set, or it has a fault.</summary>
    /// <param name="options">The service's options.</param>
    /// <param name="findFaults">What is wrong in the file of a path.</param>
    public static string? WitnessPolicyPath(
        this StartupOptions options, Func<string, IEnumerable<(string Zh, string En)>> findFaults) =>
        options.Bind(new WitnessPolicyValidator(findFaults), "Ledger").WitnessPolicy is { Length: > 0 } path && File.Exists(path)
            ? path : null;

    /// <summary>How many bytes an office may have stored in an hour.</summary>
    /// <param name="options">The service's options.</param>
    /// <param name="defaultValue">The value without a setting.</param>
    public static long BytesPerHour(this StartupOptions options, long defaultValue) =>
        WorkerOptions.TryParseBytes(options.Bind(new IntakeQuotaValidator(), "Intake").BytesPerHour) ?? defaultValue;

    /// <summary>The part of the unit tree that the intake takes.</summary>
    /// <param name="options">The service's options.</param>
    /// <param name="catalogueFolder">The catalogue; null: its folder has a fault.</param>
    public static string IntakeBinding(this StartupOptions options, string? catalogueFolder) =>
        options.Bind(new IntakeBindingValidator(catalogueFolder), "Intake").EffectiveBinding;
}
