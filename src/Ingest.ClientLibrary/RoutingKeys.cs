using XilinIngest.Indicators;

namespace XilinIngest.ClientLibrary;

/// <summary>The routing key of a submission is the path of its unit.</summary>
internal static class RoutingKeys
{
    /// <summary>
    /// The broker refuses a key outside the sender's own path. For a unit outside it the key is the sender's path, so that the service
    /// receives the submission and refuses it with a receipt.
    /// </summary>
    /// <param name="unitPath">The path of a unit in a month; null: only the code is used.</param>
    /// <param name="unit">The unit's code.</param>
    /// <param name="period">The month, <c>yyyy-MM</c>.</param>
    /// <param name="sender">The broker's user: a unit's code, or another name, which is not limited to a path.</param>
    public static string For(Func<string, string, string?>? unitPath, string unit, string period, string sender)
    {
        var path = unitPath?.Invoke(unit, period) ?? PathOfCode(unit) ?? unit;
        var own = unitPath?.Invoke(sender, period) ?? PathOfCode(sender);
        return own is null || path == own || path.StartsWith(own + ".", StringComparison.Ordinal) ? path : own;
    }

    // For an enterprise, the code itself. Null: the text is not a unit's code.
    private static string? PathOfCode(string unit) => UnitCode.TryParse(unit, out var code)
        ? new UnitTree([]).PathOf(UnknownUnit(code), default)
        : null;

    private static Unit UnknownUnit(UnitCode code) =>
        new() { Code = code, NameZh = "", NameEn = "", Kind = UnitKind.Village, Spans = [], Index = 0 };
}
