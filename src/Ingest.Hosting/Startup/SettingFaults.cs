using Microsoft.Extensions.Options;

namespace XilinIngest.Hosting;

/// <summary>The faults that a validator finds. A failure is one string: the Chinese text, a line feed, the English text.</summary>
internal sealed class SettingFaults
{
    private const char Separator = '\n';
    private readonly List<string> _faults = [];

    public ValidateOptionsResult Result => _faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_faults);

    public static string Join(string zh, string en) => $"{zh}{Separator}{en}";

    public static (string Zh, string En) Split(string failure) =>
        failure.Split(Separator, 2) is [var zh, var en] ? (zh, en) : (failure, failure);

    /// <summary>The name of a setting in the environment, where services are configured.</summary>
    public static string EnvironmentName(string key) => key.Replace(":", "__", StringComparison.Ordinal);

    public void Add(string zh, string en) => _faults.Add(Join(zh, en));

    /// <summary>A setting without a default: it must be present and valid.</summary>
    public void Require(string key, string? text, Func<string, bool> isValid, string wantedZh, string wantedEn)
    {
        if (string.IsNullOrEmpty(text))
        {
            Add($"缺少设置 {EnvironmentName(key)}。请写成：{wantedZh}。", $"Setting {EnvironmentName(key)} is missing. Write: {wantedEn}.");
            return;
        }

        Check(key, text, isValid, wantedZh, wantedEn);
    }

    /// <summary>A setting with a default: it must be valid if it is present.</summary>
    public void Check(string key, string? text, Func<string, bool> isValid, string wantedZh, string wantedEn)
    {
        if (string.IsNullOrEmpty(text) || isValid(text))
        {
            return;
        }

        // A connection string may hold a password, so its value is not shown.
        var shown = key.StartsWith("ConnectionStrings", StringComparison.Ordinal) ? "" : $" {QuotedInput.Truncate(text)}";
        var colon = shown.Length > 0 ? ":" : "";
        Add(
            $"设置 {EnvironmentName(key)} 的值{shown}不能用。应为：{wantedZh}。",
            $"Setting {EnvironmentName(key)} cannot be used as it stands{colon}{shown}. Write: {wantedEn}.");
    }
}
