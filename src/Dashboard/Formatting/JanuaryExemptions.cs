using System.Globalization;

namespace XilinIngest.Dashboard.Formatting;

/// <summary>免报: whether no report of an indicator is due in a January.</summary>
internal static class JanuaryExemptions
{
    /// <summary>Whether January is exempt in the year of a month.</summary>
    public static bool IsOfYear(CatalogueIndicator? indicator, string period) => indicator?.JanuaryExempt is { } exempt
        && int.Parse(period[..4], CultureInfo.InvariantCulture) is var year && year >= exempt.FromYear && year <= exempt.ToYear;

    /// <summary>Whether the month itself is an exempt January.</summary>
    public static bool IsExempt(CatalogueIndicator? indicator, string period) => period[5..] == "01" && IsOfYear(indicator, period);

    /// <summary>Why a month is not due, in the words of the table desk.</summary>
    public static FigureAbsence AbsenceOf(CatalogueIndicator? indicator, string period) =>
        IsExempt(indicator, period) ? FigureAbsence.Exempt : FigureAbsence.NotApplicable;
}
