using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.InputOutput;

namespace XilinIngest.KeyCommands;

/// <summary>Creates, lists and revokes access keys: the command "key" of xilin-admin and of the standalone program.</summary>
public static class KeyCommand
{
    /// <param name="program">The name of the program, for the examples.</param>
    /// <param name="place">The option for the file of keys.</param>
    /// <param name="fileOf">The path of the file of keys.</param>
    /// <param name="catalogue">The option for the catalogue.</param>
    /// <param name="catalogueOf">The folder of the catalogue, whose units a key may name.</param>
    /// <param name="language">zh or en.</param>
    public static Command Create(
        string program, Option place, Func<ParseResult, string> fileOf, Option catalogue, Func<ParseResult, string> catalogueOf,
        Option<string> language)
    {
        var name = new Option<string>("--name")
        {
            Description = "Whose it is: a person or an office. The ledger names it as the sender.",
            Required = true
        };
        var rights = new Option<string[]>("--right")
        {
            Description =
            "read: all figures and submissions. enter: submit for the units named, see those and what is published. close: close and "
            + "reopen months, see what is published. act: take and silence alerts of the units named. review: approve and return the "
            + "reports that the units named review, or all where none is named, see those and what is published. admin: everything. "
            + "Several may be given.",
            Required = true,
            AllowMultipleArgumentsPerToken = true
        };
        rights.AcceptOnlyFromAmong([.. AccessKey.RightsByName.Keys]);
        var units = new Option<string[]>("--unit")
        {
            Description = "With enter or act: the code of a unit to submit for, or whose alerts to act on, and those below it. With "
                + "review: the code of a unit to review for, and those below it. Several may be given.",
            AllowMultipleArgumentsPerToken = true
        };
        var which = new Argument<string>("key")
        {
            Description = "The id of a key, which list shows; or its name, where only one is called so."
        };

        var add = new Command("add",
            $"Make a key. It is shown this once; only its SHA-256 is kept.\n\nExamples:\n  {program} key add --name 街道统计办 --right read\n "
            + $" {program} key add --name \"Clerk of Dongdai\" --right enter --unit 320404004201") { name, rights, units, place, catalogue,
            language };
        add.SetAction(result => Run(result, language, fileOf, (console, file) => Add(
            console, file, catalogueOf(result), result.GetRequiredValue(name).Trim(), [.. result.GetRequiredValue(rights).Distinct()],
            [.. (result.GetValue(units) ?? []).Distinct()])));
        var list = new Command("list", "Show whose keys there are, and what each opens.") { place, language };
        list.SetAction(result => Run(result, language, fileOf, List));
        var remove = new Command("remove",
            $"Take a key back: it opens nothing any more, in a running service too.\n\nExample:\n  {program} key remove 1f0c5a22") { which,
            place, language };
        remove.SetAction(result => Run(result, language, fileOf, (console, file) => Remove(console, file, result.GetRequiredValue(which))));
        return new Command("key", "Access keys for people and programs. From the first one on, everyone has to sign in.") { add, list,
            remove };
    }

    private static int Run(
        ParseResult result, Option<string> language, Func<ParseResult, string> fileOf, Func<ServiceConsole, string, int> run)
    {
        var (console, file) = (new ServiceConsole(result.GetValue(language) == "en"), fileOf(result));
        try
        {
            return run(console, file);
        }
        catch (JsonException exception)
        {
            return console.Fail($"{file} 不是密钥文件：{exception.Message} 请从备份恢复，或删除后重新生成全部密钥。",
                $"{file} is no file of keys: {exception.Message} Restore it from a backup, or delete it and make all keys anew.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return console.Fail($"密钥文件 {file} 无法读写：{exception.Message} 请检查其位置和权限。",
                $"The file of keys {file} cannot be read or written: {exception.Message} Check its place and its permissions.");
        }
    }

    private static int Add(
        ServiceConsole console, string file, string catalogue, string name, IReadOnlyList<string> rights, IReadOnlyList<string> units)
    {
        if (!SenderName.IsValid(name))
        {
            return console.Fail($"名称应为 1 至 {SenderName.MaxLength} 个看得见的字符，且不是 {string.Join("、", SenderName.Reserved)}（台账另有所指）。",
                $"A name has 1 to {SenderName.MaxLength} characters that can be seen, and is none "
                + $"of {string.Join(", ", SenderName.Reserved)}, which mean something else in the ledger.");
        }

        if (File.Exists(file) && AccessKeyFile.Read(file).Any(key => key.Name == name))
        {
            return console.Fail($"已有名为“{name}”的密钥，台账无法区分两者。请换个名称，或先用 key remove 收回原来的。",
                $"There is a key called ‘{name}’ already, and the ledger could not tell the two apart. Take another name, or take that "
                + "key back first with key remove.");
        }

        var needsUnits = rights.Contains("enter") || rights.Contains("act");
        if (needsUnits ? units.Count == 0 : units.Count > 0 && !rights.Contains("review"))
        {
            return console.Fail("“enter”“act”权限须用 --unit 指明单位，“review”可以指明，其他权限不带单位；为所有单位填报的，用“admin”。",
                "The rights enter and act need units, by --unit, review may have some, and the others take none. To enter for every unit, "
                + "give admin.");
        }

        if (FindUnknownUnits(catalogue, units) is { Count: > 0 } unknown)
        {
            return console.Fail($"目录 {catalogue} 中没有这些单位：{string.Join("、", unknown)}。请核对代码，或用 --catalogue 指定别的目录。",
                $"The catalogue {catalogue} does not have these units: {string.Join(", ", unknown)}. Check the codes, or name another "
                + "catalogue with --catalogue.");
        }

        var (secret, key) = AccessKeyFile.Create(name, rights, units, TimeProvider.System.GetUtcNow());
        var isFirst = !File.Exists(file);
        PrivateFiles.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(file))!);
        if (!AccessKeyFile.Change(file, keys => [.. keys, key]))
        {
            return ReportFileBusy(console, file);
        }

        console.WriteLine(
            $"密钥 {key.Id}（{name}：{string.Join("、", rights)}{(units.Count > 0 ? " " + string.Join("、", units) : "")}）。只显示这一次，请妥善转交：",
            $"Key {key.Id} ({name}: {string.Join(", ", rights)}{(units.Count > 0 ? " " + string.Join(", ", units) : "")}). It is shown "
            + "this once: hand it over safely.");
        Console.WriteLine(secret);
        if (isFirst)
        {
            console.WriteLine($"{file} 已建立：从现在起，人人都须登录。", $"{file} is made: from now on everyone has to sign in.");
        }

        return 0;
    }

    private static int List(ServiceConsole console, string file)
    {
        if (!File.Exists(file))
        {
            console.WriteLine($"没有密钥文件 {file}：无需登录。用 key add 建立第一把密钥。",
                $"There is no file of keys {file}: no one has to sign in. Make the first with key add.");
            return 0;
        }

        var table = new Table()
            .AddColumns(console.Localize("编号", "id"), console.Localize("名称", "name"), console.Localize("权限", "rights"),
                console.Localize("单位", "units"), console.Localize("建立时间", "made"));
        foreach (var key in AccessKeyFile.Read(file))
        {
            table.AddRow(key.Id, Markup.Escape(key.Name), string.Join(' ', key.Rights), string.Join(' ', key.Units),
                key.CreatedAt.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture));
        }

        AnsiConsole.Write(table);
        return 0;
    }

    private static int Remove(ServiceConsole console, string file, string nameOrId)
    {
        var found = File.Exists(file) ? AccessKeyFile.Read(file).Where(key => key.Id == nameOrId || key.Name == nameOrId).ToList() : [];
        if (found is not [var key])
        {
            return found.Count == 0
                ? console.Fail($"{file} 中没有密钥“{nameOrId}”。key list 列出现有的密钥。",
                    $"There is no key ‘{nameOrId}’ in {file}. key list shows those that there are.")
                : console.Fail($"名为“{nameOrId}”的密钥有 {found.Count} 把，请用编号：{string.Join("、", found.Select(each => each.Id))}。",
                    $"{found.Count} keys are called ‘{nameOrId}’. Name one by its id: {string.Join(", ", found.Select(each => each.Id))}.");
        }

        if (!AccessKeyFile.Change(file, keys => [.. keys.Where(each => each.Id != key.Id)]))
        {
            return ReportFileBusy(console, file);
        }

        console.WriteLine($"密钥 {key.Id}（{key.Name}）已收回，运行中的服务随即拒绝它。",
            $"Key {key.Id} ({key.Name}) is taken back; a running service refuses it from now on.");
        return 0;
    }

    private static List<string> FindUnknownUnits(string catalogue, IReadOnlyList<string> units)
    {
        if (units.Count == 0)
        {
            return [];
        }

        var read = CatalogueReader.Read(catalogue);
        var tree = (read.Catalogue ?? throw new IOException(string.Join(" ", read.Faults))).Units;
        return [.. units.Where(unit => !tree.TryFind(unit, out _))];
    }

    private static int ReportFileBusy(ServiceConsole console, string file) =>
        console.Fail($"另一个命令正在修改 {file}，请重试。", $"Another command is changing {file}. Try again.");
}
