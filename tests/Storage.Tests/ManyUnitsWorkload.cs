using XilinIngest.Indicators;

namespace XilinIngest.Storage.Tests;

/// <summary>
/// A catalogue of villages by the thousand, and submissions of theirs: round after round, each village reports one of seven months,
/// and from the eighth round on a month again, as the next revision.
/// </summary>
internal sealed class ManyUnitsWorkload : IDisposable
{
    internal const int Rounds = 24;
    private const int Months = 7;
    private const int VillagesOfAStreet = 500;
    private readonly CatalogueFolder _catalogue = SmallCatalogueSubmissions.Catalogue();

    /// <param name="rows">How many submissions, at least.</param>
    public ManyUnitsWorkload(int rows)
    {
        Villages = [.. Enumerable.Range(0, (rows + Rounds - 1) / Rounds)
            .Select(i => $"3204{50 + i / VillagesOfAStreet / 50:00}{100 + i / VillagesOfAStreet % 50:000}{1 + i % VillagesOfAStreet:000}")];

        // Every month that is reported is still open.
        for (var month = 1; month < Months; month++)
        {
            _catalogue.Edit("calendar.csv", $"2022-{month + 1:00}-08T18:00+08:00,2022-{month + 2:00}-20T18:00+08:00",
                $"2022-{month + 1:00}-08T18:00+08:00,2022-09-20T18:00+08:00");
        }

        var streets = Villages.Select(StreetOf).Distinct().ToList();
        _catalogue.Append("units.csv", string.Join('\n',
        [
            .. streets.Select(street => $"{street},街道{street},Street {street},street,320404000000,2020-01,,,no"),
            .. Villages.Select(village => $"{village},村{village},Village {village},village,{StreetOf(village)},2020-01,,,no"),
        ]));
    }

    public string Folder => _catalogue.Path;

    public IReadOnlyList<string> Villages { get; }

    public int Rows => Villages.Count * Rounds;

    /// <summary>What is submitted as the row of that number, counted from 0.</summary>
    public (string Unit, Period Period, int Revision, decimal Value) this[int row]
    {
        get
        {
            var (round, village) = Math.DivRem(row, Villages.Count);
            return (Villages[village], new Period(2022, 1 + round % Months), 1 + round / Months, 100 + row % 97);
        }
    }

    public byte[] Body(int row)
    {
        var (unit, period, revision, value) = this[row];
        return TestSubmissions.NewSubmission(unit, period.ToString(), SmallCatalogueSubmissions.Petitions(value))
            .Set("revision", revision).Bytes();
    }

    /// <summary>What stands in the end.</summary>
    public Dictionary<(string Unit, Period Period), decimal> EffectiveValues()
    {
        var effective = new Dictionary<(string, Period), decimal>();
        for (var row = 0; row < Rows; row++)
        {
            // A later row of the same month is of a higher revision.
            var (unit, period, _, value) = this[row];
            effective[(unit, period)] = value;
        }

        return effective;
    }

    public void Dispose() => _catalogue.Dispose();

    private static string StreetOf(string village) => village[..9] + "000";
}
