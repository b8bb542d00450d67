using System.Text.Json;
using XilinIngest.Indicators;

namespace XilinIngest.Samples.Tests;

internal sealed record SubmittedFigure(
    string Unit, string Indicator, Period Period, int Revision, DateTimeOffset At, decimal? Value, string StatedUnit,
    decimal? YearToDate, decimal? LastYear, decimal? Numerator, decimal? Denominator);

/// <summary>The plainest reading of the files, on purpose independent of the services and of the generator's plan.</summary>
internal static class SampleLedger
{
    public static readonly IReadOnlyList<JsonElement> Submissions =
        [.. SampleRepository.SampleFiles.SelectMany(File.ReadLines).Select(line => JsonDocument.Parse(line).RootElement)];

    public static readonly IReadOnlyList<SubmittedFigure> All = [.. Submissions.SelectMany(Values)];

    /// <summary>What stands at the end: of those that name it, the last revision.</summary>
    public static readonly ILookup<(string Indicator, int Year), SubmittedFigure> Effective = All
        .GroupBy(sent => (sent.Unit, sent.Indicator, sent.Period))
        .Select(group => group.MaxBy(sent => sent.Revision)!)
        .Where(sent => sent.Value is not null)
        .ToLookup(sent => (sent.Indicator, sent.Period.Year));

    public static string StreetOf(string unit) =>
        unit.Length == 12 && !unit.StartsWith(Xilin[..9], StringComparison.Ordinal) ? unit : Xilin;

    public static string Xilin => SampleRepository.Catalogue.CodeOf(CatalogueRows.Street);

    public static IEnumerable<SubmittedFigure> FiguresOf(string street, string indicator, int year) =>
        Effective[(indicator, year)].Where(sent => StreetOf(sent.Unit) == street);

    /// <summary>1–12月 of a street: a year-to-date that a unit carries is the authority on the months up to it.</summary>
    public static decimal Year(IEnumerable<SubmittedFigure> sent) => sent.GroupBy(one => one.Unit).Sum(months =>
    {
        var carried = months.Where(month => month.YearToDate is not null).MaxBy(month => month.Period);
        return (carried?.YearToDate ?? 0) + months.Where(month => carried is null || month.Period > carried.Period)
            .Sum(month => month.Value!.Value);
    });

    public static decimal AtYearsEnd(string street, string indicator, int year) =>
        FiguresOf(street, indicator, year).Where(sent => sent.Period.Month == 12).Sum(sent => sent.Value!.Value);

    public static decimal Rate(string street, string indicator)
    {
        var december = FiguresOf(street, indicator, 2022).Where(sent => sent.Period.Month == 12).ToArray();
        return december.Sum(sent => sent.Numerator!.Value) * 100 / december.Sum(sent => sent.Denominator!.Value);
    }

    /// <summary>What is published for 2022 as a whole, in the canonical unit.</summary>
    public static decimal Published(string street, string indicator) => SampleRepository.Catalogue[indicator].Kind switch
    {
        "flow" => Year(FiguresOf(street, indicator, 2022)),
        "stock" => AtYearsEnd(street, indicator, 2022),
        "net_increase" => AtYearsEnd(street, indicator, 2022) - AtYearsEnd(street, indicator, 2021),
        _ => Rate(street, indicator),
    };

    public static decimal RecordedBase(string street, string indicator) => Year(FiguresOf(street, indicator, 2021));

    public static decimal ReportedBase(string street, string indicator) =>
        FiguresOf(street, indicator, 2022).Where(sent => sent.Period.Month == 12).Sum(sent => sent.LastYear!.Value);

    /// <summary>
    /// Growth in per cent on the indicator's own basis, to one decimal, half away from zero; null where the base is zero.
    /// </summary>
    public static decimal? Growth(string street, string indicator)
    {
        var before = SampleRepository.Catalogue[indicator].Comparable ? ReportedBase(street, indicator) : RecordedBase(street, indicator);
        return before == 0 ? null : Math.Round((Published(street, indicator) / before - 1) * 100, 1, MidpointRounding.AwayFromZero);
    }

    private static IEnumerable<SubmittedFigure> Values(
        JsonElement submission) => submission.GetProperty("values").EnumerateArray().Select(value => new SubmittedFigure(
        submission.GetProperty("unit").GetString()!, value.GetProperty("indicator").GetString()!,
        Period.Parse(submission.GetProperty("period").GetString()!),
        submission.GetProperty("revision").GetInt32(), submission.GetProperty("submittedAt").GetDateTimeOffset(),
        Number(value, "value"), value.GetProperty("unit").GetString()!,
        Number(value, "yearToDate"), Number(value, "lastYear"), Number(value, "numerator"), Number(value, "denominator")));

    private static decimal? Number(JsonElement value, string name) =>
        value.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetDecimal() : null;
}
