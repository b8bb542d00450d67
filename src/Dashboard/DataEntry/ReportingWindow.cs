namespace XilinIngest.Dashboard.DataEntry;

/// <summary>Whether a month takes submissions at a time.</summary>
internal static class ReportingWindow
{
    /// <summary>Whether no submission is taken: the month is not in the calendar, is not open yet, or is locked.</summary>
    public static bool IsShut(UnitForm form, DateTimeOffset now) => form.Opens is not { } opens || now < opens || now > form.Locks;

    /// <summary>Whether the month is locked, after it was open.</summary>
    public static bool IsLocked(UnitForm form, DateTimeOffset now) => form.Opens is not null && now > form.Locks;
}
