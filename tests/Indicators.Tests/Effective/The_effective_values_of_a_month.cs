using CsCheck;

namespace XilinIngest.Indicators.Tests.Effective;

public sealed class The_effective_values_of_a_month
{
    private static readonly IndicatorCode Sales = new("SALES");

    // Few revisions and times, so that many submissions tie in all but the id.
    private static readonly Gen<(Figures Figures, FigureFields Fields, Provenance Provenance)> Change =
        Gen.Select(Gen.Int[0, 9], Gen.Byte[1, (byte)FigureFields.All], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[1, 1_000_000])
        .Select((figure, fields, revision, ticks, id) =>
            (new Figures(figure, figure + 1, figure + 2, figure + 3, figure + 4), (FigureFields)fields, Of(revision, ticks, $"{id}")));

    [Fact]
    public void Are_the_same_in_any_order_of_arrival_and_however_often_a_submission_comes() => Change.Array[1, 15]
        .Select(all => all.DistinctBy(change => change.Provenance.Key).ToArray())
        .SelectMany(all => Gen.Shuffle(all.Concat(all).ToArray()).Select(shuffled => (all, shuffled)))
        .Sample(pair => Assert.Equal(Month(pair.all).Values, Month(pair.shuffled).Values));

    [Fact]
    public void Is_of_the_greatest_revision_then_the_latest_time_then_the_greatest_id()
    {
        var month = new EffectiveMonth();
        var code = new IndicatorCode("SALES");
        Assert.True(Apply(1, Of(1, 5, "1")));
        Assert.True(Apply(2, Of(1, 5, "2")));
        Assert.True(Apply(3, Of(1, 6, "1")));
        Assert.True(Apply(4, Of(2, 1, "1")));
        Assert.False(Apply(5, Of(1, 9, "9")));
        Assert.False(Apply(4, Of(2, 1, "1")));
        Assert.Equal(4m, month[code].Value);
        Assert.Equal(default, month[new IndicatorCode("OTHER")]);

        bool Apply(decimal value, Provenance source) => month.Apply(code, new(value), FigureFields.Value, source) != FigureFields.None;
    }

    [Fact]
    public void Changes_field_by_field()
    {
        var month = new EffectiveMonth();
        var code = new IndicatorCode("SALES");
        month.Apply(code, new(10, 60, 50), FigureFields.Value | FigureFields.YearToDate | FigureFields.LastYear, Of(1, 1, "1"));

        // The month alone; then last year's figure is withdrawn by a submission that arrives before the one it follows.
        month.Apply(code, default, FigureFields.LastYear, Of(3, 3, "3"));
        Assert.Equal(FigureFields.Value, month.Apply(code, new(11, null, 51), FigureFields.Value | FigureFields.LastYear, Of(2, 2, "2")));
        Assert.Equal(new Figures(11, 60), month[code]);
        Assert.Equal([3L, 2, 1], month.ProvenanceOf(code).All.Select(set => set.Provenance.Sequence));

        // Withdrawn as a whole: a field that an earlier submission sets does not come back.
        month.Apply(code, default, FigureFields.All, Of(4, 4, "4"));
        Assert.Equal(FigureFields.None, month.Apply(code, new(null, 61), FigureFields.YearToDate, Of(3, 9, "9")));
        Assert.Equal(default, month[code]);
        Assert.Equal([4L], month.ProvenanceOf(code).All.Select(set => set.Provenance.Sequence));
    }

    private static Provenance Of(int revision, long ticks, string id) =>
        new(new OrderKey(revision, ticks, new Guid(id.PadLeft(32, '0'))), ticks);

    private static EffectiveMonth Month(IEnumerable<(Figures Figures, FigureFields Fields, Provenance Provenance)> changes)
    {
        var month = new EffectiveMonth();
        foreach (var (figures, fields, provenance) in changes)
        {
            month.Apply(Sales, figures, fields, provenance);
        }

        return month;
    }
}
