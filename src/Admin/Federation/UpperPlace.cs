using XilinIngest.Indicators;

namespace XilinIngest.Admin.Federation;

/// <summary>The unit and month above that totals are reported for.</summary>
/// <param name="Catalogue">The upper installation's catalogue.</param>
/// <param name="Unit">The unit, which reports its totals itself there.</param>
/// <param name="Period">The month.</param>
/// <param name="TakesProvisional">Whether totals are reported while reports below are missing.</param>
internal sealed record UpperPlace(Catalogue Catalogue, Unit Unit, Period Period, bool TakesProvisional);
