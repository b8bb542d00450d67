using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.TestEngines;

namespace XilinIngest.Aggregator.Tests.Cells;

/// <summary>A unit's year that is loaded from its stored months, and then changed.</summary>
public sealed class A_year_that_is_restored : IDisposable
{
    private const int Year = 2021;

    private static readonly Catalogue Catalogue = UniformDistrict.Catalogue;
    private static readonly Unit Unit = Catalogue.Units.All[^1];

    // Values of each form: in a cell, with too many digits or decimals for one, and with other figures.
    private static readonly Gen<Figures> AnyFigures = Gen.OneOf(
        Gen.Int.Select(number => new Figures(number / 100m)), Gen.Long.Select(number => new Figures(number)),
        Gen.Decimal.Select(number => new Figures(number)), Gen.Select(Gen.Int, Gen.Int).Select((value, ytd) => new Figures(value, ytd)));

    private static readonly Gen<(int Indicator, int Month, Figures Figures, FigureFields Named)[]> Writes = Gen.Select(
        Gen.Int[0, Catalogue.Indicators.Count - 1], Gen.Int[1, 12], AnyFigures,
        Gen.OneOf(Gen.Const(FigureFields.Value), Gen.Int[1, 31].Select(named => (FigureFields)named))).Array[1, 60];

    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-year-").FullName;
    private readonly CubeStore _store;
    private long _sequence;

    public A_year_that_is_restored()
    {
        var database = TestDatabases.NewDatabase(TestDatabases.SelectedEngine, _folder, "cube");
        _store = new CubeStore(database);
        Migrator.Migrate(database, typeof(CubeStore).Assembly, ".Cube.Migrations.", NullLogger.Instance);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Has_the_stored_values_and_then_those_that_are_set() => Gen.Select(Writes, Writes).Sample((before, after) =>
    {
        var expected = new UnitYear(capacity: 2);
        Apply(expected, expected, before);
        var restored = Restored(expected);
        AssertSame(expected, restored);

        Apply(expected, restored, after);
        AssertSame(expected, restored);

        // A copy shares what it does not change.
        restored.Freeze();
        var copy = restored.Copy();
        Apply(copy, copy, before);
        AssertSame(expected, restored);
    }, iter: 100, threads: 1);

    /// <summary>A cell has sixteen bits for its submission, so those that set nothing any more are dropped at times.</summary>
    [Fact]
    public void Takes_seventy_thousand_submissions_and_leaves_readers_what_they_hold()
    {
        var months = Enumerable.Range(1, 11).ToArray();
        var stored = new UnitYear(capacity: 2);
        Apply(stored, stored, [.. months.Select(month => (month % 2, month, new Figures(month), FigureFields.Value))]);
        var (expected, restored) = (Restored(stored), Restored(stored));
        restored.Freeze();
        var copy = restored.Copy();
        for (var number = 0; number < 70_000; number++)
        {
            var source = new Provenance(new OrderKey((int)++_sequence, 0, Guid.Empty), _sequence);
            copy.Set(2, 12, new Figures(number), new(source, FigureFields.Value));
        }

        AssertSame(expected, restored);
        Assert.Equal(_sequence, copy.ProvenanceOf(2, 12).Latest.Sequence);
        Assert.Equal(69_999, copy.FiguresOf(2, 12).Value);
        foreach (var (month, indicator) in months.Select(month => (month, Catalogue.Indicators[month % 2])))
        {
            Assert.Equal(expected.StoredValue(indicator, month), copy.StoredValue(indicator, month));
        }
    }

    private void Apply(UnitYear one, UnitYear other, (int Indicator, int Month, Figures Figures, FigureFields Named)[] writes)
    {
        foreach (var (indicator, month, figures, named) in writes)
        {
            var source = new Provenance(new OrderKey((int)++_sequence, 0, Guid.Empty), _sequence);
            var sources = one.ProvenanceOf(indicator, month).With(source, named);
            one.Set(indicator, month, figures, sources);
            if (other != one)
            {
                other.Set(indicator, month, figures, sources);
            }
        }
    }

    private UnitYear Restored(UnitYear year)
    {
        using var connection = _store.Open();
        IndicatorNumbers numbers;
        using (var transaction = Database.BeginWrite(connection))
        {
            numbers = IndicatorNumbers.Load(connection, transaction, Catalogue.Indicators.Select(indicator => indicator.Code));
            CubeStore.ClearEffective(connection, transaction);
            CubeStore.WriteEffective(connection, transaction, Enumerable.Range(1, 12)
                .Select(month => (Month: month, Values: year.ToEffectiveMonth(month, Catalogue.Indicators, [])))
                .Where(month => month.Values.Values.Count > 0)
                .Select(month => (Unit.Code.Value, new Period(Year, month.Month), EffectiveMonthCodec.Encode(month.Values, numbers))));
            transaction.Commit();
        }

        return CubeLoader.Load(connection, Catalogue, numbers).FiguresOf(Unit, Year)!;
    }

    private static void AssertSame(UnitYear expected, UnitYear actual)
    {
        foreach (var indicator in Catalogue.Indicators)
        {
            for (var month = 1; month <= 12; month++)
            {
                var (one, other) = (expected.StoredValue(indicator, month), actual.StoredValue(indicator, month));
                Assert.Equal((one, one.Figures.Value?.Scale), (other, other.Figures.Value?.Scale));
            }
        }
    }
}
