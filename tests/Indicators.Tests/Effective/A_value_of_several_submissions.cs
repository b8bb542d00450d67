namespace XilinIngest.Indicators.Tests.Effective;

/// <summary>
/// Row 1 sets the month, the year-to-date and last year's figure; row 2 the year-to-date; row 3 takes last year's figure back.
/// </summary>
public sealed class A_value_of_several_submissions
{
    private const FigureFields First = FigureFields.Value | FigureFields.YearToDate | FigureFields.LastYear;
    private static readonly IndicatorCode Sales = new("SALES");
    private readonly EffectiveMonth _month = new();

    public A_value_of_several_submissions()
    {
        _month.Apply(Sales, new(10, 60, 50), First, Of(1));
        _month.Apply(Sales, new(null, 61), FigureFields.YearToDate, Of(2));
        _month.Apply(Sales, default, FigureFields.LastYear, Of(3));
    }

    private FieldProvenance Sources => _month.ProvenanceOf(Sales);

    [Fact]
    public void Knows_who_set_each_field()
    {
        Assert.Equal([3L, 2, 1], Sources.All.Select(set => set.Provenance.Sequence));
        Assert.Equal((1L, 2L, 3L), (Row(FigureFields.Value), Row(FigureFields.YearToDate), Row(FigureFields.LastYear)));
        Assert.Null(Sources.ProvenanceOf(FigureFields.Date));
        Assert.False(Sources.HasSingleProvenance);
        Assert.Equal(FigureFields.LastYear, Sources.Fields);

        long? Row(FigureFields field) => Sources.ProvenanceOf(field)?.Sequence;
    }

    [Fact]
    public void Knows_what_rows_hold()
    {
        Assert.Equal(FigureFields.None, Held());
        Assert.Equal(FigureFields.Value, Held(1));
        Assert.Equal(FigureFields.YearToDate, Held(2));
        Assert.Equal(FigureFields.LastYear | FigureFields.Value, Held(1, 3));
        Assert.Equal(First, Held(1, 2, 3, 4));
        Assert.Equal(FigureFields.None, default(FieldProvenance).FieldsOf(new HashSet<long> { 0 }));

        FigureFields Held(params long[] rows) => Sources.FieldsOf(rows.ToHashSet());
    }

    [Fact]
    public void Counts_without_what_returned_rows_set()
    {
        var value = _month.Find(Sales);
        Assert.Equal(new Figures(10, 61), value.Counted());
        Assert.Equal(new Figures(10, 61), value.Counted(new HashSet<long>()));
        Assert.Equal(new Figures(10), value.Counted(new HashSet<long> { 2 }));
        Assert.Equal(default, value.Counted(new HashSet<long> { 1 }));
        Assert.Equal(new Figures(null, 61), value.FiguresWithout(new HashSet<long> { 1 }));
    }

    [Fact]
    public void Is_held_by_one_again_that_sets_all_of_it()
    {
        _month.Apply(Sales, new(1, 2, 3), FigureFields.All, Of(4));
        Assert.True(Sources.HasSingleProvenance);
        Assert.Equal([new ProvenanceFields(Of(4), FigureFields.All)], Sources.All);
        Assert.Equal(FigureFields.None, _month.Apply(Sales, new(9), FigureFields.Value, Of(4)));
    }

    [Fact]
    public void Takes_nothing_again_from_a_submission_that_holds_a_part_of_it()
    {
        var before = _month.Find(Sales);
        Assert.Equal(FigureFields.None, _month.Apply(Sales, new(10, 60, 50), First, Of(1)));
        Assert.Equal(FigureFields.None, _month.Apply(Sales, new(null, 61), FigureFields.YearToDate, Of(2)));
        Assert.Equal(before, _month.Find(Sales));
        Assert.Empty(default(FieldProvenance).All);
    }

    [Fact]
    public void Is_equal_to_one_of_the_same_submissions()
    {
        var other = new A_value_of_several_submissions();
        Assert.True(Sources == other.Sources);
        Assert.Equal(Sources.GetHashCode(), other.Sources.GetHashCode());
        Assert.True(Sources.Equals((object)other.Sources));
        Assert.False(Sources.Equals("x"));
        Assert.True(Sources != new FieldProvenance(Of(3), FigureFields.LastYear));
        Assert.True(Sources != new FieldProvenance(Of(3), FigureFields.Value, [.. Sources.Earlier]));
        Assert.True(Sources != new FieldProvenance(Of(4), FigureFields.LastYear, [.. Sources.Earlier]));
        Assert.True(new FieldProvenance(Of(3), FigureFields.LastYear, []).HasSingleProvenance);
    }

    [Fact]
    public void Is_found_among_others_in_any_order()
    {
        IndicatorCode[] codes = [.. Enumerable.Range(0, 6).Select(i => new IndicatorCode($"I{i}"))];
        foreach (var (code, i) in codes.Select((code, i) => (code, i)))
        {
            _month.Apply(code, new(i), FigureFields.Value, Of(10 + i));
        }

        var figures = new MonthFigures(_month, new HashSet<long> { 12 });
        Assert.Equal(7, figures.Count);
        foreach (var i in new[] { 5, 0, 1, 3, 4, 5, 2, 0 })
        {
            Assert.Equal(i, _month[codes[i]].Value);
            Assert.Equal(i, _month.Find(new IndicatorCode($"I{i}")).Figures.Value);
            Assert.Equal(i == 2 ? null : i, figures[codes[i]].Value);
            Assert.Equal(i == 2 ? null : i, figures[new IndicatorCode($"I{i}")].Value);
        }

        Assert.Equal(new Figures(10, 61), figures[Sales]);
        Assert.Equal(default, figures[new IndicatorCode("OTHER")]);
        Assert.Equal(default, _month.StoredFigures(new("OTHER")));
        Assert.Equal(FigureFields.None, _month.ProvenanceOf(new("OTHER")).Fields);

        _month.Clear();
        Assert.Empty(_month.Values);
        Assert.Equal(default, _month[codes[5]]);
    }

    private static Provenance Of(long row) => new(new OrderKey((int)row, row, Guid.Empty), row);
}
