namespace XilinIngest.Admin.Doctor;

/// <summary>How a part of an installation is. A higher number is worse.</summary>
internal enum CheckState
{
    /// <summary>There is nothing to check.</summary>
    NotChecked,

    /// <summary>In order.</summary>
    Fine,

    /// <summary>The service works, and something is to be looked at.</summary>
    Warning,

    /// <summary>The service does not work, or will not start.</summary>
    Fault,
}

/// <summary>What a check found, in Chinese and English, and what is to be done about it. It never holds a secret.</summary>
internal sealed record CheckFinding(CheckState State, string Zh, string En, string RemedyZh = "", string RemedyEn = "")
{
    private const string Separator = " / ";

    public static CheckFinding Fine(string zh, string en) => new(CheckState.Fine, zh, en);

    public static CheckFinding NotChecked(string zh, string en) => new(CheckState.NotChecked, zh, en);

    public static CheckFinding Warning(string zh, string en, string remedyZh, string remedyEn) =>
        new(CheckState.Warning, zh, en, remedyZh, remedyEn);

    public static CheckFinding Fault(string zh, string en, string remedyZh = "", string remedyEn = "") =>
        new(CheckState.Fault, zh, en, remedyZh, remedyEn);

    /// <summary>A message of a service, which has its remedy: one text, or the Chinese one, a slash and the English one.</summary>
    public static CheckFinding FromMessage(CheckState state, string message) =>
        message.Split(Separator, 2) is [var zh, var en] ? new(state, zh, en) : new(state, message, message);
}

/// <summary>One part of an installation that is checked.</summary>
/// <param name="Name">Its name in the JSON output.</param>
/// <param name="Zh">Its name in Chinese.</param>
/// <param name="En">Its name in English.</param>
/// <param name="Run">Checks it, and changes nothing.</param>
internal sealed record InstallationCheck(string Name, string Zh, string En, Func<CancellationToken, Task<IReadOnlyList<CheckFinding>>> Run);

/// <summary>The outcome of a check.</summary>
internal sealed record CheckResult(InstallationCheck Check, IReadOnlyList<CheckFinding> Findings, TimeSpan Duration)
{
    /// <summary>The state of its worst finding.</summary>
    public CheckState State => Findings.Max(finding => finding.State);
}
