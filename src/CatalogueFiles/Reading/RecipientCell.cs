using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reading;

/// <summary>The recipients of a route: roles of <c>contacts.csv</c> and mail addresses. No fault quotes one.</summary>
internal static class RecipientCell
{
    private const int MaxRecipients = 20;

    public static (IReadOnlyList<ContactRole> Roles, IReadOnlyList<string> Addresses) Read(CsvRow row)
    {
        var (roles, addresses) = (new List<ContactRole>(), new List<string>());
        foreach (var text in CatalogueVocabulary.Split(row.Text("to")))
        {
            if (CatalogueVocabulary.ContactRoles.TryGetValue(text, out var role))
            {
                roles.Add(role);
            }
            else if (ContactRows.IsMailAddress(text))
            {
                addresses.Add(text);
            }
            else
            {
                row.Fault(
                    "to", new("其中有一项既不是角色，也不是邮箱地址", "one of its parts is neither a role nor a mail address"),
                    new($"角色为 {string.Join('、', CatalogueVocabulary.ContactRoles.Keys)}，各项用空格分隔",
                        $"the roles are {string.Join(", ", CatalogueVocabulary.ContactRoles.Keys)}; write spaces between the parts"));
                break;
            }
        }

        if (roles.Count + addresses.Count > MaxRecipients)
        {
            row.Fault("to", new($"多于 {MaxRecipients} 项", $"it has more than {MaxRecipients} parts"),
                new("请分成几行，或使用邮件组", "make several lines, or use a mailing list"));
        }

        return (roles, addresses);
    }
}
