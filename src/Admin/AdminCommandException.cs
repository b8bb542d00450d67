namespace XilinIngest.Admin;

/// <summary>Something that the person can mend; the message names it, the reason and the remedy.</summary>
internal sealed class AdminCommandException(string zh, string en) : Exception(en)
{
    public string MessageZh { get; } = zh;
}
