using XilinIngest.Contracts;

namespace XilinIngest.Client.Files;

/// <summary>What the client itself finds in files, before there is a submission to check. Stable ids, as the service's.</summary>
internal static class FileFindings
{
    public static Finding NotReadable(string zh, string en, string remedyZh, string remedyEn) => Error("C101", zh, en, remedyZh, remedyEn);

    public static Finding NoRows() => Error("C102", "文件里没有数据。", "The file holds no figures.", "填写后再报。", "Fill it in first.");

    public static Finding UnknownColumn(string name) => Error("C103",
        $"不认识的列“{Short(name)}”。", $"Unknown column '{Short(name)}'.",
        "列名见 xilin submit --help;多余的列请删去。", "The columns are listed in xilin submit --help; delete what is not one of them.");

    public static Finding ColumnTwice(string name) => Error("C104",
        $"列“{Short(name)}”出现两次。", $"Column '{Short(name)}' appears twice.", "只保留一列。", "Keep one of them.");

    public static Finding ColumnMissing(string name) => Error("C105", $"缺少列“{name}”。", $"Column '{name}' is missing.", "补上这一列。", "Add it.");

    public static Finding NotANumber(string text, string zh, string en, string remedyZh, string remedyEn) =>
        Error("C201", $"“{Short(text)}”{zh}", $"'{Short(text)}' {en}", remedyZh, remedyEn);

    public static Finding BadCell(string zh, string en, string remedyZh, string remedyEn) => Error("C202", zh, en, remedyZh, remedyEn);

    public static Finding SpoiltCode(string text) => Error("C203",
        $"单位代码“{Short(text)}”被 Excel 改成了科学计数法,原来的数字已经丢失。", $"The unit's code '{Short(text)}' was turned into an exponent by Excel; its digits are lost.",
        "先把该列设为“文本”,再重新填写代码。", "Format the column as text first, then type the code again.");

    public static Finding BadMonth(string text) => Error("C204",
        $"“{Short(text)}”不是明确的月份。", $"'{Short(text)}' is no clear month.", "写成 2022-07。", "Write it as 2022-07.");

    public static Finding BadWholeNumber(string text) => Error("C205",
        $"修订号“{Short(text)}”不是 1 至 9999 的整数。", $"Revision '{Short(text)}' is not a whole number from 1 to 9999.", "改正或留空(自动取下一号)。", "Correct it, or leave it empty to take the next one.");

    public static Finding NoFigure() => Error("C206",
        "这一行没有任何数。", "This row has no figure.", "没有发生填 0,撤回填“撤回”,不报请删去这一行。", "Write 0 where nothing happened, 'withdraw' to take a value back, or delete the row.");

    public static Finding SameIndicatorTwice(string indicator, int? row) => Error("F304",
        $"指标 {Short(indicator)} 在同一份报表中出现两次(另一处在第 {row} 行)。", $"Indicator {Short(indicator)} appears twice in one submission (also in row {row}).", "只保留一项。", "Keep one of them.", indicator);

    public static Finding Contradiction(string column, string first, string second) => Error("C207",
        $"同一份报表的“{column}”前后不一致:“{Short(first)}”和“{Short(second)}”。", $"'{column}' differs within one submission: '{Short(first)}' and '{Short(second)}'.", "改成一致。", "Make them the same.");

    public static Finding Hidden() => Error("C208",
        "隐藏的行或列里有数,照样报送。", "A hidden row or column holds figures; they are sent all the same.", "请取消隐藏核对;不该报的删去。", "Unhide it and look; delete what is not to be sent.") with { Severity = "notice" };

    public static Finding IdOfAnother(Guid id) => Error("F108",
        $"报送编号 {id} 已用于内容不同的另一份报表。", $"submissionId {id} was used for another content.",
        "如为更正,请用新的编号并将 revision 加 1;不写编号,由本程序生成。", "For a correction use a new id and raise 'revision' by one; leave the id out and this program makes it.");

    private static string Short(string text)
    {
        var line = new string([.. text.Take(41).Select(c => char.IsControl(c) ? ' ' : c)]);
        return line.Length > 40 ? line[..40] + "…" : line;
    }

    private static Finding Error(string rule, string zh, string en, string remedyZh, string remedyEn, string? indicator = null) => new()
    {
        Rule = rule,
        Version = 1,
        Severity = "error",
        Indicator = indicator,
        MessageZh = zh,
        MessageEn = en,
        RemedyZh = remedyZh,
        RemedyEn = remedyEn,
    };
}
