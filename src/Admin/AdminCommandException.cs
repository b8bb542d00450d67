namespace XilinIngest.Admin;

/// <summary>A fault that the user can correct. The message names it, the reason and the remedy.</summary>
internal sealed class AdminCommandException(string zh, string en) : Exception(en)
{
    public string MessageZh { get; } = zh;
}
