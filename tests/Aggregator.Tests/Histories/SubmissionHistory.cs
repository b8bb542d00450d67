using CsCheck;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Histories;

/// <summary>A district and what its units sent, in the order of the ledger.</summary>
internal sealed record SubmissionHistory(Catalogue Catalogue, IReadOnlyList<AcceptedSubmission> Accepted)
{
    /// <summary>Up to two years and a half, mostly reported, much of it revised; the more often shorter, but over a new year.</summary>
    public static readonly Gen<SubmissionHistory> Any = Of(TestDistrict.Any, 30, 60);

    /// <summary>Small enough to ask the oracle after every step.</summary>
    public static readonly Gen<SubmissionHistory> Short = Of(TestDistrict.Any, 14, 15);

    private static readonly DateTimeOffset FirstSent = new(2021, 2, 1, 9, 0, 0, TimeSpan.FromHours(8));

    // The last values that fit into a cell of the cube, and the first ones that do not.
    private static readonly decimal[] CellEdges =
        [0.1234567m, -0.12345678m, 4_398_046_511_103m, -4_398_046_511_103m, 4_398_046_511_104m, 123_456_789_012_345_678m];

    private static readonly Gen<decimal> Amount = Gen.Frequency(
        (1, Gen.Const(0m)), (8, Gen.Int[1, 60].Select(n => (decimal)n)), (2, Gen.Int[-40, -1].Select(n => (decimal)n)),
        (2, Gen.Int[-900, 9000].Select(n => n / 100m)), (1, Gen.Const(999_999_999_999_999.123456m)),
        (1, Gen.Int[0, CellEdges.Length - 1].Select(at => CellEdges[at])));

    private sealed record Figure(
        decimal Value, decimal? YearToDate, decimal? LastYear, decimal Part, decimal Whole, int Variant, int Named);

    /// <summary>How many units report what they had a year before, 上年同期, of an indicator.</summary>
    private enum Bases { None, Some, All }

    private sealed record GeneratedMonth(IReadOnlyList<Figure> Figures, int Revision, int Minute, Guid Id);

    /// <summary>
    /// With the years' first months in the ledger as it grows: all units send, as often as <paramref name="catalogues"/> expects, then some
    /// send again.
    /// </summary>
    private static Gen<SubmissionHistory> Of(Gen<Catalogue> catalogues, int months, int revisions) =>
        from catalogue in catalogues
        from missing in Gen.Frequency((2, Gen.Const(0)), (1, Gen.Int[1, 30]))
        from first in Gen.Int[12 - (months / 3), 12]
        from last in Gen.Frequency((3, Gen.Int[1, Math.Min(14, months)]), (1, Gen.Int[1, months]))
        from seed in Gen.UInt
        from bases in Gen.Enum<Bases>().Array[TestDistrict.Indicators.Count]
        from again in Gen.Select(Gen.Int[0, 999], Gen.Int[0, last], Revised).Array[0, revisions]
        select new SubmissionHistory(catalogue,
            Number(Regular(catalogue, first, last, missing, seed, bases).Concat(Revise(catalogue, first, again, bases))));

    // Every unit's reports on time, bar some that are missing.
    private static IEnumerable<AcceptedSubmission> Regular(Catalogue catalogue, int first, int last, int missing, uint seed, Bases[] bases)
    {
        var pcg = new PCG(0, seed);
        foreach (var period in Enumerable.Range(first, last).Select(TestDistrict.Start.AddMonths))
        {
            foreach (var unit in catalogue.Units.All)
            {
                var sheet = Sent.Generate(pcg, null, out _);
                if (pcg.Next(100) >= missing && Fill(catalogue, unit, period, sheet, bases) is { } submission)
                {
                    yield return submission;
                }
            }
        }
    }

    private static IEnumerable<AcceptedSubmission> Revise(
        Catalogue catalogue, int first, IEnumerable<(int Unit, int Month, GeneratedMonth Sheet)> again, Bases[] bases) => again
        .Select(one =>
            Fill(catalogue, catalogue.Units.All[one.Unit % catalogue.Units.All.Count], TestDistrict.Start.AddMonths(first + one.Month),
                one.Sheet, bases))
        .OfType<AcceptedSubmission>();

    private static List<AcceptedSubmission> Number(IEnumerable<AcceptedSubmission> submissions) =>
        [.. submissions.Select((submission, i) => submission with { Sequence = i + 1 })];

    // What the checks would let through: values of indicators that the unit reports and that are due.
    private static AcceptedSubmission? Fill(Catalogue catalogue, Unit unit, Period period, GeneratedMonth sheet, Bases[] bases)
    {
        var values = catalogue.Indicators
            .Where(indicator => indicator.IsDueIn(period) && UnitTree.Reports(unit, indicator, period))
            .Select(indicator => Value(indicator, sheet.Figures[indicator.Order], bases[indicator.Order]))
            .OfType<AcceptedValue>()
            .ToList();
        return values.Count == 0
            ? null : Submission(unit.Code.Value, period, sheet.Revision, FirstSent.AddMinutes(sheet.Minute), sheet.Id, values);
    }

    public static AcceptedSubmission Submission(
        string unit, Period period, int revision, DateTimeOffset at, Guid id, IReadOnlyList<AcceptedValue> values) =>
        new()
        {
            Sequence = 0,
            SubmissionId = id,
            Unit = unit,
            Period = period.ToString(),
            Revision = revision,
            SubmittedAt = at,
            Values = values
        };

    private static AcceptedValue? Value(Indicator indicator, Figure figure, Bases bases) => figure.Variant switch
    {
        0 => null,
        1 => new AcceptedValue { Indicator = indicator.Code.Value, Withdrawn = true },
        4 => InPart(indicator, figure),
        _ when indicator.Kind.StagesOf(indicator) is { Count: > 0 } stages =>
            Staged(indicator, figure, stages.Count, value: true, date: true),
        _ when indicator.Kind == RateKind.Instance => new AcceptedValue
        {
            Indicator = indicator.Code.Value,
            Numerator = figure.Part,
            Denominator = figure.Part + figure.Whole,
        },
        _ when indicator.Kind == FlowKind.Instance && figure.Named == 7 => new AcceptedValue
        {
            // An opening position.
            Indicator = indicator.Code.Value,
            YearToDate = figure.YearToDate ?? figure.Value,
        },
        _ => new AcceptedValue
        {
            Indicator = indicator.Code.Value,
            Value = figure.Value,
            YearToDate = indicator.Kind == FlowKind.Instance ? figure.YearToDate : null,
            LastYear = indicator.Kind is FlowKind or StockKind ? BaseOf(figure, bases) : null,
        },
    };

    // A revision of some fields: what it does not name stands, and a figure may be taken back.
    private static AcceptedValue? InPart(Indicator indicator, Figure figure)
    {
        if (indicator.Kind.StagesOf(indicator) is { Count: > 0 } stages)
        {
            return Staged(indicator, figure, stages.Count, value: (figure.Named & 1) == 0, date: (figure.Named & 2) == 0);
        }

        if (indicator.Kind == RateKind.Instance)
        {
            return new AcceptedValue { Indicator = indicator.Code.Value, Numerator = figure.Part };
        }

        var value = (figure.Named & 1) == 0 ? (decimal?)null : figure.Value;
        var lastYear = (figure.Named & 2) == 0 || indicator.Kind is not (FlowKind or StockKind) ? null : figure.LastYear;
        List<string> back = [];
        if ((figure.Named & 4) != 0 && indicator.Kind == FlowKind.Instance)
        {
            back.Add(FigureNames.YearToDate);
        }

        if ((figure.Named & 6) == 6 && lastYear is null && indicator.Kind is FlowKind or StockKind)
        {
            back.Add(FigureNames.LastYear);
        }

        return value is null && lastYear is null && back.Count == 0
            ? null
            : new AcceptedValue
            {
                Indicator = indicator.Code.Value,
                Value = value,
                LastYear = lastYear,
                WithdrawnFigures = back.Count == 0
                ? null : back
            };
    }

    // With a stage or a date alone, as a revision may be. A stage takes back the date of the one before, but a ledger that came in
    // another order may leave it: a date may be missing beside a stage, and be left beside 0.
    private static AcceptedValue? Staged(Indicator indicator, Figure figure, int stages, bool value, bool date)
    {
        var stage = (int)figure.Part % stages;
        var since = (stage > 0 || !value) && date ? new DateOnly(2021, 1, 1).AddDays((int)figure.Whole * 20) : (DateOnly?)null;
        return !value && since is null
            ? null
            : new AcceptedValue
            {
                Indicator = indicator.Code.Value,
                Value = value ? stage : null,
                Date = since,
                WithdrawnFigures = value && since is null && figure.Whole % 2 == 0 ? [FigureNames.Date] : null,
            };
    }

    private static decimal? BaseOf(Figure figure, Bases bases) => bases switch
    {
        Bases.None => null,
        Bases.All => figure.LastYear ?? figure.Part,
        _ => figure.LastYear,
    };

    private static Gen<decimal?> Maybe(Gen<decimal> amount, int often) => Gen.Frequency(
        (10 - often, Gen.Const((decimal?)null)), (often, amount.Select(value => (decimal?)value)));

    private static Gen<Figure> FigureOf(Gen<int> fate) =>
        from value in Amount
        from ytd in Maybe(Amount, 1)
        from lastYear in Maybe(Amount, 5)
        from part in Gen.Int[0, 50]
        from whole in Gen.Int[0, 50]
        from what in fate
        from named in Gen.Int[0, 7]
        select new Figure(value, ytd, lastYear, part, whole, what, named);

    // A first report names nearly all; a revision names a part and may withdraw. Same revision, same minute: the id decides.
    private static readonly Gen<GeneratedMonth> Sent = SheetOf(Gen.Frequency((1, Gen.Const(0)), (40, Gen.Int[2, 3])), Gen.Const(1));
    private static readonly Gen<GeneratedMonth> Revised =
        SheetOf(Gen.Frequency((10, Gen.Const(0)), (2, Gen.Const(1)), (5, Gen.Int[2, 3]), (5, Gen.Const(4))), Gen.Int[1, 3]);

    private static Gen<GeneratedMonth> SheetOf(Gen<int> fate, Gen<int> revision) =>
        from figures in FigureOf(fate).Array[TestDistrict.Indicators.Count]
        from number in revision
        from minute in Gen.Int[0, 2]
        from id in Gen.Guid
        select new GeneratedMonth(figures, number, minute, id);

    // The seed brings the rest back; the differences found name unit, indicator and month.
    public override string ToString() => $"{Accepted.Count} submissions\n" + string.Join('\n', Catalogue.Units.All
        .Where(unit => unit.Code.IsEnterprise || unit.Spans.Count > 1)
        .Select(unit =>
            $"{unit.Code}: "
                + string.Join("; ", unit.Spans.Select(span => $"{span.From}–{span.To} {span.Parent} {string.Join('+', span.Registers)}")))
        .Concat(Catalogue.Targets.Select(target => target.ToString())));
}
