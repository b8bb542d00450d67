using CsCheck;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Tests.EffectiveMonths;

public sealed class A_stored_standing_month : IDisposable
{
    private static readonly IndicatorCode[] Codes = [.. SubmissionTestReader.Catalogue.Indicators.Select(indicator => indicator.Code)];

    private static readonly Gen<decimal?> Figure = Gen.OneOf(
        Gen.Const((decimal?)null),
        Gen.Int.Select(number => (decimal?)number),
        Gen.Select(Gen.Int, Gen.Int, Gen.Int, Gen.Bool, Gen.Byte[0, 28]).Select((low, middle, high, negative, scale) => (decimal?)new decimal(low, middle, high, negative, scale)),
        Gen.Select(Gen.Long, Gen.Byte[0, 28]).Select((digits, scale) => (decimal?)new decimal((int)digits, (int)(digits >> 32), 0, digits < 0, scale)),
        Gen.Const((decimal?)decimal.MaxValue), Gen.Const((decimal?)decimal.MinValue), Gen.Const((decimal?)0.0000000000000000000000000001m));

    // Few codes and few revisions, so that several submissions set fields of one value, in parts.
    private static readonly Gen<FigureFields> Fields = Gen.Frequency(
        (2, Gen.Int[1, (int)FigureFields.All].Select(fields => (FigureFields)fields)), (1, Gen.Const(FigureFields.All)));

    internal static readonly Gen<(int Indicator, Figures Figures, FigureFields Named, Provenance Source)> Change = Gen.Select(
        Gen.Int[0, 2],
        Gen.Select(Figure, Figure, Figure, Figure, Figure).Select((a, b, c, d, e) => new Figures(a, b, c, d, e)),
        Fields,
        Gen.Select(Gen.Int[1, 9999], Gen.Long[0, DateTime.MaxValue.Ticks], Gen.Guid, Gen.Long[1, long.MaxValue])
            .Select((revision, ticks, id, sequence) => new Provenance(new OrderKey(revision, ticks, id), sequence)));

    private readonly LedgerFixture _folder = new();
    private readonly IndicatorNumbers _numbers;

    public A_stored_standing_month()
    {
        using var connection = _folder.Store.Open();
        _numbers = IndicatorNumbers.Load(connection, null, Codes);
    }

    public void Dispose() => _folder.Dispose();

    internal static EffectiveMonth Month(IEnumerable<(int Indicator, Figures Figures, FigureFields Named, Provenance Source)> changes)
    {
        var month = new EffectiveMonth();
        foreach (var (indicator, figures, named, source) in changes)
        {
            month.Apply(Codes[indicator], figures, named, source);
        }

        return month;
    }

    [Fact]
    public void Reads_back_as_it_was_written_with_every_digit() => Change.Array[0, 12].Sample(changes =>
    {
        var month = Month(changes);
        var read = EffectiveMonthCodec.Decode(EffectiveMonthCodec.Encode(month, _numbers), _numbers);
        Assert.Equal(month.Values, read.Values);
        Assert.Equal(month.Values.SelectMany(Scales), read.Values.SelectMany(Scales));
    });

    [Fact]
    public void Cut_short_is_said_to_be() => Change.Array[1, 3].Sample(changes =>
    {
        var bytes = EffectiveMonthCodec.Encode(Month(changes), _numbers);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<DamagedDataException>(() => EffectiveMonthCodec.Decode(bytes.AsSpan(0, length), _numbers));
        }

        Assert.Throws<DamagedDataException>(() => EffectiveMonthCodec.Decode([.. bytes, 0], _numbers));
    }, iter: 50);

    [Fact]
    public void Changed_by_hand_reads_or_is_said_to_be_changed() =>
        Gen.Select(Change.Array[1, 5], Gen.Select(Gen.Int[0, 10_000], Gen.Byte).Array[1, 4]).Sample((changes, edits) =>
        {
            var bytes = EffectiveMonthCodec.Encode(Month(changes), _numbers);
            foreach (var (at, value) in edits)
            {
                bytes[at % bytes.Length] = value;
            }

            AssertCleanlyRead(bytes);
        }, iter: 5_000);

    [Fact]
    public void Of_random_bytes_reads_or_is_said_to_be_none() =>
        Gen.Byte.Array[0, 60].Sample(bytes => AssertCleanlyRead([2, .. bytes]), iter: 5_000);

    [Fact]
    public void Of_another_version_is_not_guessed_at() =>
        Assert.Contains("version 3", Assert.Throws<DamagedDataException>(() => EffectiveMonthCodec.Decode([3, 0, 0], _numbers)).Message, StringComparison.Ordinal);

    private static IEnumerable<int?> Scales(EffectiveValue value) =>
        [value.Figures.Value?.Scale, value.Figures.YearToDate?.Scale, value.Figures.LastYear?.Scale, value.Figures.Numerator?.Scale, value.Figures.Denominator?.Scale];

    private void AssertCleanlyRead(byte[] bytes)
    {
        try
        {
            EffectiveMonthCodec.Decode(bytes, _numbers);
        }
        catch (DamagedDataException)
        {
            // Said cleanly.
        }
    }
}

public sealed class What_stands_in_a_month
{
    [Fact]
    public void Is_the_same_in_any_order_and_however_often() =>
        A_stored_standing_month.Change.Array[1, 15].SelectMany(all => Gen.Shuffle(all.Concat(all).ToArray()).Select(shuffled => (all, shuffled))).Sample(pair =>
            Assert.Equal(
                A_stored_standing_month.Month(pair.all).Values.ToHashSet(),
                A_stored_standing_month.Month(pair.shuffled).Values.ToHashSet()));

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

        // The month alone; then last year's figure is taken back, by a submission that comes before the one it follows.
        month.Apply(code, default, FigureFields.LastYear, Of(3, 3, "3"));
        Assert.Equal(FigureFields.Value, month.Apply(code, new(11, null, 51), FigureFields.Value | FigureFields.LastYear, Of(2, 2, "2")));
        Assert.Equal(new Figures(11, 60), month[code]);
        Assert.Equal([3L, 2, 1], month.ProvenanceOf(code).All.Select(set => set.Provenance.Sequence));

        // Withdrawn whole: what an earlier one said of any field does not come back.
        month.Apply(code, default, FigureFields.All, Of(4, 4, "4"));
        Assert.Equal(FigureFields.None, month.Apply(code, new(null, 61), FigureFields.YearToDate, Of(3, 9, "9")));
        Assert.Equal(default, month[code]);
        Assert.Equal([4L], month.ProvenanceOf(code).All.Select(set => set.Provenance.Sequence));
    }

    private static Provenance Of(int revision, long ticks, string id) => new(new OrderKey(revision, ticks, new Guid(id.PadLeft(32, '0'))), ticks);
}
