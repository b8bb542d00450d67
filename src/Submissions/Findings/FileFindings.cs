using XilinIngest.Contracts;
using XilinIngest.Submissions.Input;

namespace XilinIngest.Submissions.Findings;

/// <summary>
/// The findings of the client and the entry form in files and fields, before a submission is checked. Their ids are stable.
/// </summary>
public static class FileFindings
{
    public static Finding NotReadable(string zh, string en, string remedyZh, string remedyEn) => Error("C101", zh, en, remedyZh, remedyEn);

    public static Finding NoFigures() => Error("C102", "文件里没有数据。", "The file holds no figures.", "填写后再报。", "Fill it in first.");

    public static Finding UnknownColumn(string name) => Error("C103",
        $"不认识的列“{Truncate(name)}”。", $"Unknown column '{Truncate(name)}'.",
        "列名见 xilin submit --help；多余的列请删去。", "The columns are listed in xilin submit --help; delete what is not one of them.");

    public static Finding ColumnTwice(string name) => Error("C104",
        $"列“{Truncate(name)}”出现两次。", $"Column '{Truncate(name)}' appears twice.", "只保留一列。", "Keep one of them.");

    public static Finding ColumnMissing(string name) => Error("C105", $"缺少列“{name}”。", $"Column '{name}' is missing.", "补上这一列。", "Add it.");

    public static Finding NotANumber(string text, string zh, string en, string remedyZh, string remedyEn) =>
        Error("C201", $"“{Truncate(text)}”{zh}", $"'{Truncate(text)}' {en}", remedyZh, remedyEn);

    public static Finding BadCell(string zh, string en, string remedyZh, string remedyEn) => Error("C202", zh, en, remedyZh, remedyEn);

    public static Finding CodeLostToExponent(string text) => Error("C203",
        $"单位代码“{Truncate(text)}”被 Excel 改成了科学计数法，原来的数字已经丢失。",
        $"The unit's code '{Truncate(text)}' was turned into an exponent by Excel; its digits are lost.",
        "先把该列设为“文本”，再重新填写代码。", "Format the column as text first, then type the code again.");

    public static Finding BadMonth(string text) => MonthText.IsAmbiguous(text) ? Error("C204",
        $"“{Truncate(text)}”可能是 1 月，也可能是 10 月（Excel 把 2022.10 存成数 2022.1）。",
        $"'{Truncate(text)}' may be January or October (Excel keeps 2022.10 as the number 2022.1).",
        $"写成 {Year(text)}-01 或 {Year(text)}-10。", $"Write {Year(text)}-01 or {Year(text)}-10.")
            : string.IsNullOrWhiteSpace(text) ? Error("C204",
        "没有报告期。", "There is no month.", "每一行都要写报告期，如 2022-07。", "Every row names its month, such as 2022-07.") : Error("C204",
        $"“{Truncate(text)}”不是明确的月份。", $"'{Truncate(text)}' is no clear month.", "写成 2022-07。", "Write it as 2022-07.");

    public static Finding BadDate(string text) => Error("C219",
        $"“{Truncate(text)}”不是明确的日期。", $"'{Truncate(text)}' is no clear date.", "写成 2022-03-15。", "Write it as 2022-03-15.");

    public static Finding NoSuchStage(string text, IReadOnlyList<Indicators.Stage> stages) => Error("C220",
        $"“{Truncate(text)}”不是该指标的阶段。", $"'{Truncate(text)}' is no stage of this indicator.",
        $"填 {string.Join('、', stages.Select((stage, i) => $"{i} {stage.NameZh}"))} 之一。",
        $"Write one of {string.Join(", ", stages.Select((stage, i) => $"{i} {stage.NameEn}"))}.");

    public static Finding BadWholeNumber(string text) => Error("C205",
        $"修订号“{Truncate(text)}”不是 1 至 9999 的整数。", $"Revision '{Truncate(text)}' is not a whole number from 1 to 9999.", "改正或留空（自动取下一号）。",
        "Correct it, or leave it empty to take the next one.");

    public static Finding NoFigure() => Error("C206",
        "这一行没有任何数。", "This row has no figure.", "没有发生填 0，撤回填“撤回”，不报请删去这一行。",
        "Write 0 where nothing happened, 'withdraw' to take a value back, or delete the row.");

    public static Finding SameIndicatorTwice(string indicator, int? row) => Error("F304",
        $"指标 {Truncate(indicator)} 在同一份报表中出现两次（另一处在第 {row} 行）。",
        $"Indicator {Truncate(indicator)} appears twice in one submission (also in row {row}).", "只保留一项。", "Keep one of them.", indicator);

    public static Finding Contradiction(string column, string first, string second) => Error("C207",
        $"同一份报表的“{column}”前后不一致：“{Truncate(first)}”和“{Truncate(second)}”。",
        $"'{column}' differs within one submission: '{Truncate(first)}' and '{Truncate(second)}'.", "改成一致。", "Make them the same.");

    public static Finding HiddenCells() => Error("C208",
        "隐藏的行或列里有数，照样报送。", "A hidden row or column holds figures; they are sent all the same.", "请取消隐藏核对；不该报的删去。",
        "Unhide it and look; delete what is not to be sent.") with
    { Severity = FindingSeverity.Notice };

    public static Finding IdAlreadyUsed(Guid id) => Error("F108",
        $"报送编号 {id} 已用于内容不同的另一份报表。", $"submissionId {id} was used for another content.",
        "如为更正，请用新的编号并将 revision 加 1；不写编号，由本程序生成。",
        "For a correction use a new id and raise 'revision' by one; leave the id out and this program makes it.");

    public static Finding NoUnit() => Error("C216",
        "没有单位代码。", "There is no unit.", "每一行都要写单位代码或名称。", "Every row names its unit, by code or name.");

    public static Finding NoIndicator() => Error("C220",
        "没有指标代码。", "There is no indicator.", "补上指标代码；不用报的删去这一行。", "Write the indicator's code, or delete the row if it is not to be sent.");

    public static Finding InvisibleCharacter(string text) => Error("C211",
        $"“{Truncate(text)}”中有看不见的字符。", $"'{Truncate(text)}' has an invisible character in it.", "删去整个单元格的内容，重新键入。",
        "Delete the whole cell and type it again.");

    public static Finding BadWithdrawal(string text) => Error("C209",
        $"“撤回”一栏的“{Truncate(text)}”既不是“是”，也不是空白。", $"'{Truncate(text)}' in the column 'withdraw' is neither 'yes' nor empty.",
        "撤回整项填“是”，不撤回留空；只撤回一个数，在那个数的单元格里写“撤回”。",
        "Write 'yes' to withdraw the whole indicator, leave it empty otherwise; to take one figure back, write 'withdraw' into that "
        + "figure's own cell.");

    public static Finding FigureAndWithdrawal() => Error("C210",
        "同一行既填了数，又要撤回整项。", "The row gives a figure and withdraws the whole indicator.",
        "更正的填数，“撤回”留空；撤回的把数删去。", "To correct it give the figure and leave 'withdraw' empty; to withdraw it delete the figure.");

    public static Finding TextWithoutFigure() => Error("C212",
        "这一行写了文字，但没有数，文字没有报出去。", "The row has words but no figure to go with them.",
        "请填数；现有数不变的，照抄一遍本月数；不用报的删去文字。",
        "Fill in the figure; where it stands as it is, write it again; delete the words if they are not to be sent.");

    public static Finding NoHeading(string column) => Error("C213",
        $"{column} 列没有列名，不知道这个单元格是什么。", $"Column {column} has no heading: it cannot be told what the cell is.",
        "移到有列名的列，或删去。", "Move it under a heading, or delete it.");

    public static Finding CellsMerged(string range) => Error("C214",
        $"单元格 {range} 是合并的，不知道它的内容属于哪一行、哪一列。", $"The cells {range} are merged: it cannot be told which row or column they are for.",
        "取消合并，逐行填写。", "Unmerge them and fill in each row.");

    public static Finding UnitMismatch(string shown, string unit) => Error("C202",
        $"单元格的格式在数后显示“{Truncate(shown)}”，这一行的计量单位是“{Truncate(unit)}”。",
        $"The cell's format shows '{Truncate(shown)}' with the number; the row's unit of measure is '{Truncate(unit)}'.",
        "把格式改为“常规”，核对并按计量单位填写。", "Format it as 'General', look at the number and write it in the row's unit.");

    /// <param name="where">The position of the row.</param>
    public static Finding AmbiguousRow((string Zh, string En) where) => Error("C217",
        $"{where.Zh}看不出是哪个单位、哪个月的，可能属于本份报表。本份没有报送。",
        $"It cannot be told which unit or month {where.En} is of: it may belong here. This submission is held back.",
        "先改正那一行。", "Correct that row first.");

    /// <param name="what">The unit and the month.</param>
    /// <param name="other">The second position.</param>
    /// <param name="differs">Figures that differ, with their positions; empty if there are none.</param>
    public static Finding SameMonthTwice(string what, (string Zh, string En) other, (string Zh, string En) differs) => Error("C215",
        $"{what} 在这次报送中不止一次，还在 {other.Zh}{differs.Zh}。没有报送任何报表。",
        $"{what} appears more than once in this command, also in {other.En}{differs.En}. Nothing was sent.",
        "只留一处；确要先后报两次的，请分两次报送，或写明不同的修订号。",
        "Keep one of them; to send both, one after the other, use two commands or give different revisions.");

    public static Finding SheetNotRead() => Error("C218",
        "这张工作表不是报表（没有“指标代码”和“计量单位”两个列名），没有读。",
        "This sheet is no form (it has no headings 'indicator' and 'unit_of_measure') and was not read.",
        "里面如有要报的数，请补上列名。", "If it holds figures to send, give it the headings.") with
    { Severity = FindingSeverity.Notice };

    public static Finding HiddenSheet() => Error("C208",
        "隐藏的工作表里有报表，没有报送。", "A hidden sheet holds a form; it was not sent.", "要报的请取消隐藏；不要的请删去。",
        "Unhide it if it is to be sent; else delete it.") with
    { Severity = FindingSeverity.Notice };

    public static Finding HiddenZero() => Error("C208",
        "这张工作表设置为不显示零值，但单元格里有 0，照样报送。", "The sheet is set not to show zeros; the cell holds 0, which is sent all the same.",
        "请在选项中显示零值后核对；不该报的删去。", "Show zeros in the options and look; delete what is not to be sent.") with
    {
        Severity = FindingSeverity.Notice
    };

    /// <param name="file">The file that Excel or WPS has open.</param>
    public static Finding FileInUse(string file) => Error("C219",
        $"这是 Excel 或 WPS 打开“{Truncate(file)}”时的临时文件，已跳过。",
        $"Excel or WPS keeps this while it has '{Truncate(file)}' open; it was passed over.",
        $"请先保存并关闭“{Truncate(file)}”再报，否则最后的改动可能不在里面。",
        $"Save and close '{Truncate(file)}' first: what was changed last may not be in it.") with
    { Severity = FindingSeverity.Notice };

    /// <param name="found">The unit and the month of the file.</param>
    /// <param name="expected">The unit and the month of the form that is open.</param>
    public static Finding FormOfAnother((string Zh, string En) found, (string Zh, string En) expected) => Error("C222",
        $"这是{found.Zh}的报表，现在打开的是{expected.Zh}，没有读入。",
        $"This is the form of {found.En}; the one that is open is that of {expected.En}. Nothing was taken from it.",
        "请先在页面上方选那个单位和月份再上传，或下载本单位本月的表填写。",
        "Choose that unit and month at the top of the page first, or download the form of this unit and month and fill it in.");

    public static Finding NotInForm(string indicator) => Error("C223",
        $"指标 {Truncate(indicator)} 不在本单位本月的报表中，没有读入。",
        $"Indicator {Truncate(indicator)} is not in the form of this unit and month; it was not taken.",
        "请核对指标代码；不该报的删去这一行。", "Check the indicator's code, or delete the row if it is not to be sent.", indicator);

    private static string Year(string text) => NumberText.Normalize(text)[..4];

    private static string Truncate(string text) => FindingFactory.Shorten(text, char.IsControl, ' ');

    private static Finding Error(string rule, string zh, string en, string remedyZh, string remedyEn, string? indicator = null) =>
        FindingFactory.Create(rule, BuiltInFindings.Version, FindingSeverity.Error, zh, en, remedyZh, remedyEn, indicator);
}
