using System.Text.RegularExpressions;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Tables;

/// <summary>
/// The words of the files and their meanings. They are literals, so that renaming a member in code does not change the files.
/// </summary>
internal static partial class CatalogueVocabulary
{
    internal static readonly Dictionary<string, UnitLevel> Levels = new()
    {
        ["province"] = UnitLevel.Province,
        ["city"] = UnitLevel.City,
        ["district"] = UnitLevel.District,
        ["street"] = UnitLevel.Street,
        ["village"] = UnitLevel.Village,
        ["enterprise"] = UnitLevel.Enterprise,
    };

    internal static readonly Dictionary<string, UnitKind> UnitKinds = new()
    {
        ["province"] = UnitKind.Province,
        ["city"] = UnitKind.City,
        ["district"] = UnitKind.District,
        ["street"] = UnitKind.Street,
        ["town"] = UnitKind.Town,
        ["village"] = UnitKind.Village,
        ["community"] = UnitKind.Community,
        ["enterprise"] = UnitKind.Enterprise,
    };

    internal static readonly Dictionary<string, GrowthBasis> Bases = new()
    {
        ["none"] = GrowthBasis.None,
        ["comparable"] = GrowthBasis.Comparable,
        ["recorded"] = GrowthBasis.Recorded,
    };

    internal static readonly Dictionary<string, RankBy> RankBys = new()
    {
        ["none"] = RankBy.None,
        ["growth"] = RankBy.Growth,
        ["value"] = RankBy.Value,
        ["completion"] = RankBy.Completion,
    };

    internal static readonly Dictionary<string, Direction> Directions = new()
    {
        ["higher"] = Direction.HigherIsBetter,
        ["lower"] = Direction.LowerIsBetter,
    };

    internal static readonly Dictionary<string, TargetKind> TargetKinds = new()
    {
        ["growth"] = TargetKind.Growth,
        ["amount"] = TargetKind.Amount,
    };

    internal static readonly Dictionary<string, ColourScheme> Schemes = new()
    {
        ["pace"] = ColourScheme.Pace,
        ["siblings"] = ColourScheme.Siblings,
    };

    internal static readonly Dictionary<string, Severity> Severities = new()
    {
        ["error"] = Severity.Error,
        ["question"] = Severity.Question,
    };

    internal static readonly Dictionary<string, ContactRole> ContactRoles = new()
    {
        ["reporter"] = ContactRole.Reporter,
        ["reviewer"] = ContactRole.Reviewer,
        ["leader"] = ContactRole.Leader,
        ["department"] = ContactRole.Department,
    };

    internal static readonly Dictionary<string, RouteScope> RouteScopes = new()
    {
        ["subtree"] = RouteScope.Subtree,
        ["unit"] = RouteScope.Unit,
    };

    internal static readonly Dictionary<string, RouteGrouping> RouteGroupings = new()
    {
        ["all"] = RouteGrouping.All,
        ["unit"] = RouteGrouping.Unit,
        ["indicator"] = RouteGrouping.Indicator,
        ["alert"] = RouteGrouping.Alert,
    };

    internal static readonly Dictionary<string, Colour> AlertLevels = new()
    {
        ["amber"] = Colour.Amber,
        ["red"] = Colour.Red,
    };

    internal static readonly Dictionary<string, ReminderKind> ReminderKinds = new()
    {
        ["unit"] = ReminderKind.Unit,
        ["digest"] = ReminderKind.Digest,
    };

    /// <summary>Whether the language is English.</summary>
    internal static readonly Dictionary<string, bool> Languages = new() { ["zh"] = false, ["en"] = true };

    /// <summary>Whether only working days are meant.</summary>
    internal static readonly Dictionary<string, bool> SendingDays = new() { ["all"] = false, ["workdays"] = true };

    /// <summary>The word for a value.</summary>
    internal static string WordFor<T>(Dictionary<string, T> words, T value) where T : struct =>
        words.First(word => word.Value.Equals(value)).Key;

    /// <summary>Whether the text may name a register: a lower-case word such as <c>industry</c>.</summary>
    internal static bool IsRegister(string text) => Register().IsMatch(text);

    internal static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,31}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Register();
}
