using System.Net.Mail;
using System.Text.RegularExpressions;
using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reading;

/// <summary>
/// The people of <c>contacts.csv</c>. Faults are logged and shown: none quotes a cell, as any may hold a name, a
/// number or an address that slipped into the wrong column.
/// </summary>
internal static partial class ContactRows
{
    private const int MaxNameLength = 40;
    private const int MaxMailLength = 100;

    internal static readonly CsvSchema Shape = new("contacts.csv", "unit", "role", "name", "telephone", "mail")
    {
        IsPersonal = true,
        Optional = ["channel"],
    };

    /// <returns>The contacts of the lines without a fault.</returns>
    internal static List<Contact> Read(CsvTable? table, UnitTree units)
    {
        var lines = new Dictionary<(UnitCode, ContactRole, string), int>();
        var contacts = new List<Contact>();
        foreach (var row in table?.Rows ?? [])
        {
            var contact = new Contact(Unit(row), Role(row), Name(row), Telephone(row), Mail(row)) { Channel = Channel(row) };
            if (!row.IsValid)
            {
                continue;
            }

            if (!units.TryFind(contact.Unit.Value, out _))
            {
                row.Fault("unit", new("没有这个单位", "there is no such unit"), new("请更正代码，或删去本行", "correct the code, or remove the line"));
            }

            if (contact.Telephone.Length == 0 && contact.Mail.Length == 0)
            {
                row.Fault(
                    "telephone", new("电话和邮箱都没有填", "there is neither a telephone number nor a mail address"),
                    new("请至少填写一项", "write one of them"));
            }

            if (!lines.TryAdd((contact.Unit, contact.Role, contact.Name), row.Line))
            {
                var line = lines[(contact.Unit, contact.Role, contact.Name)];
                row.Fault(
                    "name", new($"第 {line} 行已有该单位、角色的同一联系人", $"line {line} is the same person in that role of the unit already"),
                    new("请删去一行", "remove one of the two"));
            }

            if (row.IsValid)
            {
                contacts.Add(contact);
            }
        }

        return contacts;
    }

    private static UnitCode Unit(CsvRow row) => UnitCode.TryParse(row.Text("unit"), out var code)
        ? code
        : row.Fault(
            "unit", new("不是单位代码", "it is not the code of a unit"),
            new("请填写 12 位区划代码或 18 位统一社会信用代码；该列请设为文本",
                "write a 12-digit division code or an 18-character social credit code, in a column set to text"), default(UnitCode));

    private static ContactRole Role(CsvRow row) => CatalogueVocabulary.ContactRoles.TryGetValue(row.Text("role"), out var role)
        ? role
        : row.Fault(
            "role", new($"不在 {string.Join('、', CatalogueVocabulary.ContactRoles.Keys)} 之中",
                $"it is not one of {string.Join(", ", CatalogueVocabulary.ContactRoles.Keys)}"),
            new("请改用其中之一，小写", "write one of them, in lower case"), ContactRole.Reporter);

    private static string Name(CsvRow row)
    {
        var name = row.Required("name");
        return name.Length <= MaxNameLength && !name.Any(char.IsControl)
            ? name
            : row.Fault(
                "name", new($"超过 {MaxNameLength} 个字，或含有控制字符", $"it has more than {MaxNameLength} characters, or control characters"),
                new("请只填写姓名或科室名称", "write the name alone"), "");
    }

    private static string Telephone(CsvRow row) => row.IsEmpty("telephone") || IsNumber(row.Text("telephone"))
        ? row.Text("telephone")
        : row.Fault(
            "telephone", new("不是电话号码", "it is not a telephone number"),
            new("请写成 0519-55500101 或 +86 519 5550 0101；Excel 会删去开头的零，请先把该列设为文本",
                "write it as 0519-55500101 or +86 519 5550 0101; Excel removes a leading zero unless the column is set to text"), "");

    // A number within the country begins with 0 or 1, or is a service's of 400 or 800. Without that it is one whose zero Excel has removed.
    private static bool IsNumber(string text) => Number().IsMatch(text) && (text[0] is '+' or '0' or '1'
        || text.Count(char.IsAsciiDigit) <= 8 || text.StartsWith("400", StringComparison.Ordinal)
        || text.StartsWith("800", StringComparison.Ordinal));

    private static string Mail(CsvRow row)
    {
        var mail = row.Text("mail");
        return mail.Length == 0 || IsMailAddress(mail)
            ? mail
            : row.Fault(
                "mail", new("不是邮箱地址", "it is not a mail address"),
                new("请写成 name@example.cn，只写地址，不写姓名", "write it as name@example.cn: the address alone, without a name"), "");
    }

    private static string Channel(CsvRow row) => row.IsEmpty("channel") || RoutingCells.IsName(row.Text("channel"))
        ? row.Text("channel")
        : row.Fault(
            "channel", new("不是渠道的名称", "it is not the name of a channel"),
            new("请填写设置 Channels 中的名称；不设的留空", "write a name of the settings Channels, or leave it empty"), "");

    /// <summary>Whether a text is a mail address alone, without a name.</summary>
    internal static bool IsMailAddress(string text) =>
        text.Length <= MaxMailLength && MailAddress.TryCreate(text, out var address) && address.Address == text;

    [GeneratedRegex(@"\A\+?[0-9](?:[ -]?[0-9]){4,19}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
