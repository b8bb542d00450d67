using CsCheck;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Tests.EffectiveMonths;

public sealed class A_stored_effective_month : IDisposable
{
    private static readonly IndicatorCode[] Codes = [.. SubmissionTestReader.Catalogue.Indicators.Select(indicator => indicator.Code)];

    private static readonly Gen<decimal?> Figure = Gen.OneOf(
        Gen.Const((decimal?)null),
        Gen.Int.Select(number => (decimal?)number),
        Gen.Select(Gen.Int, Gen.Int, Gen.Int, Gen.Bool, Gen.Byte[0, 28])
            .Select((low, middle, high, negative, scale) => (decimal?)new decimal(low, middle, high, negative, scale)),
        Gen.Select(Gen.Long, Gen.Byte[0, 28])
            .Select((digits, scale) => (decimal?)new decimal((int)digits, (int)(digits >> 32), 0, digits < 0, scale)),
        Gen.Const((decimal?)decimal.MaxValue), Gen.Const((decimal?)decimal.MinValue), Gen.Const((decimal?)0.0000000000000000000000000001m));

    private static readonly Gen<DateOnly?> Date = Gen.OneOf(
        Gen.Const((DateOnly?)null), Gen.Int[0, DateOnly.MaxValue.DayNumber].Select(day => (DateOnly?)DateOnly.FromDayNumber(day)));

    // Few codes and few revisions, so that several submissions set fields of one value, in parts.
    private static readonly Gen<FigureFields> Fields = Gen.Frequency(
        (2, Gen.Int[1, (int)FigureFields.All].Select(fields => (FigureFields)fields)), (1, Gen.Const(FigureFields.All)));

    private static readonly Gen<(int Indicator, Figures Figures, FigureFields Named, Provenance Source)> Change = Gen.Select(
        Gen.Int[0, 2],
        Gen.Select(Figure, Figure, Figure, Figure, Figure, Date).Select((a, b, c, d, e, date) => new Figures(a, b, c, d, e, date)),
        Fields,
        Gen.Select(Gen.Int[1, 9999], Gen.Long[0, DateTime.MaxValue.Ticks], Gen.Guid, Gen.Long[1, long.MaxValue])
            .Select((revision, ticks, id, sequence) => new Provenance(new OrderKey(revision, ticks, id), sequence)));

    private readonly LedgerFixture _folder = new();
    private readonly IndicatorNumbers _numbers;

    public A_stored_effective_month()
    {
        using var connection = _folder.Store.Open();
        _numbers = IndicatorNumbers.Load(connection, null, Codes);
    }

    public void Dispose() => _folder.Dispose();

    private static EffectiveMonth Month(IEnumerable<(int Indicator, Figures Figures, FigureFields Named, Provenance Source)> changes)
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
        Gen.Byte.Array[0, 60].Sample(bytes => AssertCleanlyRead([1, .. bytes]), iter: 5_000);

    [Fact]
    public void Of_another_version_is_not_guessed_at() =>
        Assert.Contains("version 4", Assert.Throws<DamagedDataException>(() => EffectiveMonthCodec.Decode([4, 0, 0], _numbers)).Message,
            StringComparison.Ordinal);

    private static IEnumerable<int?> Scales(EffectiveValue value) =>
        [value.Figures.Value?.Scale, value.Figures.YearToDate?.Scale, value.Figures.LastYear?.Scale, value.Figures.Numerator?.Scale,
            value.Figures.Denominator?.Scale];

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
