using CsCheck;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Cells;

/// <summary>The cells of a reporting unit: eight bytes each, whatever they hold.</summary>
public sealed class A_year_of_one_unit
{
    private static readonly decimal[] Edges =
        [0m, 0.00m, 12.50m, -12.50m, decimal.MaxValue, decimal.MinValue, long.MaxValue, long.MinValue, (decimal)long.MaxValue + 1];

    private static readonly Gen<decimal?> AnyFigure = Gen.Frequency(
        (1, Gen.Const((decimal?)null)),
        (2, Gen.Decimal.Nullable()),
        (2, Gen.Long.Select(Gen.Byte[0, 28],
            (digits, scale) => (decimal?)new decimal((int)digits, (int)(digits >> 32), 0, digits < 0, scale))),
        (1, Gen.Int[0, Edges.Length - 1].Select(i => (decimal?)Edges[i])));

    private static readonly Gen<Figures> AnyFigures =
        Gen.Select(AnyFigure, Gen.Bool, AnyFigure).Select((value, more, ytd) => more ? new Figures(value, ytd) : new Figures(value));

    [Fact]
    public void Gives_back_every_figure_that_was_set_last() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[1, 12], AnyFigures, Gen.Int[1, 31].Select(named => (FigureFields)named)).Array[0, 80]
        .Sample(writes =>
        {
            var year = new UnitYear(capacity: 1);
            var expected = new Dictionary<(int, int), (Figures Figures, FieldProvenance Sources)>();
            foreach (var (indicator, month, figures, named) in writes)
            {
                var source = From(expected.Count + 1L, revision: expected.Count + 1);
                var sources = expected.GetValueOrDefault((indicator, month)).Sources.With(source, named);
                year.Set(indicator, month, figures, sources);
                expected[(indicator, month)] = (figures, sources);
            }

            foreach (var ((indicator, month), (figures, sources)) in expected)
            {
                var read = year.StoredFigures(indicator, month);
                Assert.Equal((figures, Text(figures.Value), sources), (read, Text(read.Value), year.ProvenanceOf(indicator, month)));
            }
        });

    [Fact]
    public void Tells_a_later_submission_from_an_earlier_one()
    {
        var year = new UnitYear(capacity: 0);
        Assert.Equal(FigureFields.Value, Won(3, 5, revision: 1));
        year.Set(3, 5, new Figures(7), new(From(1, revision: 2), FigureFields.Value));
        Assert.Equal((FigureFields.None, FigureFields.None, FigureFields.Value),
            (Won(3, 5, revision: 1), Won(3, 5, revision: 2), Won(3, 5, revision: 3)));
        Assert.Equal(FigureFields.LastYear,
            year.ProvenanceOf(3, 5).FieldsWonBy(FigureFields.Value | FigureFields.LastYear, From(9, revision: 1).Key));
        Assert.Equal(FigureFields.Value, Won(3, 6, revision: 1));

        FigureFields Won(int indicator, int month, int revision) =>
            year.ProvenanceOf(indicator, month).FieldsWonBy(FigureFields.Value, From(9, revision).Key);
    }

    // As text: 12.50 is to come back as 12.50, not as 12.5.
    private static string? Text(decimal? value) => value?.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Provenance From(long sequence, int revision = 1) => new(new OrderKey(revision, 0, Guid.Empty), sequence);
}
