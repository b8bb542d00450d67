using XilinIngest.Dashboard.Formatting;
using XilinIngest.Indicators;

namespace XilinIngest.Dashboard.DataEntry;

/// <summary>What keeps the form from being sent, or that nothing does.</summary>
/// <param name="Key">shut, sending, checking, faults, questions, ready, away or nothing.</param>
/// <param name="Text">The state in a sentence; empty if the page says it elsewhere.</param>
internal sealed record EntryStatus(string Key, string Text)
{
    public static EntryStatus Of(EntryFormState state, bool isShut, Lang lang) => state switch
    {
        _ when isShut => new("shut", lang.T("现在不能报送。", "Nothing is taken now.")),
        { IsSending: true } => new("sending", lang.T("正在报送……", "Sending …")),
        { IsChecking: true } => new("checking", lang.T("正在核对……", "Checking …")),
        { Faults: > 0 and var faults } =>
            new("faults", lang.T($"有 {faults} 处错误，改正后才能报送。",
                $"{EnglishNoun.Count(faults, "errors")} to be corrected before it can be sent.")),
        { Questions: > 0 and var questions } =>
            new("questions", lang.T($"有 {questions} 个问题待说明，说明后才能报送。",
                $"{EnglishNoun.Count(questions, "questions")} to be answered before it can be sent.")),
        { Check: not null, Fields: var sheet } =>
            new("ready", lang.T($"核对通过，可以报送 {sheet.Lines.Count(line => line.WillBeSent)} 项。",
                $"Checked: {sheet.Lines.Count(line => line.WillBeSent)} can be sent.")),
        { Problem: not null } => new("away", ""),
        { Form.NextRevision: > 1 } => new("nothing", lang.T("没有改动。", "Nothing is changed.")),
        _ => new("nothing", lang.T("填写后自动核对。", "It is checked as you type.")),
    };
}
