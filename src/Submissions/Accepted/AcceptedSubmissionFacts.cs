using System.Runtime.InteropServices;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Accepted;

/// <summary>Converts accepted submissions to messages and back. Writing and reading are in one place, so that they agree.</summary>
public static class AcceptedSubmissionFacts
{
    /// <param name="submission">A submission that was accepted.</param>
    /// <param name="id">The ledger's id of the submission.</param>
    /// <param name="sequence">Its ledger row.</param>
    public static AcceptedSubmission Create(Submission submission, Guid id, long sequence) => new()
    {
        Sequence = sequence,
        SubmissionId = id,
        Unit = submission.UnitText,
        Period = submission.PeriodText,
        Revision = submission.Revision,
        SubmittedAt = submission.SubmittedAt,
        Values = CreateValues(submission.Values),
    };

    /// <summary>The order key of a submission and its ledger row.</summary>
    public static Provenance ProvenanceOf(AcceptedSubmission submission) =>
        new(OrderKey.Create(submission.Revision, submission.SubmittedAt, submission.SubmissionId), submission.Sequence);

    /// <summary>The figures that a value gives, and the fields that it gives or takes back.</summary>
    /// <exception cref="InvalidDataException">The value takes back a figure that this program does not know.</exception>
    public static (Figures Figures, FigureFields Named) NamedFieldsOf(AcceptedValue value)
    {
        if (value.Withdrawn)
        {
            return (default, FigureFields.All);
        }

        var figures = new Figures(value.Value, value.YearToDate, value.LastYear, value.Numerator, value.Denominator, value.Date);
        var named = figures.PresentFields;
        foreach (var name in value.WithdrawnFigures ?? [])
        {
            named |= name switch
            {
                FigureNames.YearToDate => FigureFields.YearToDate,
                FigureNames.LastYear => FigureFields.LastYear,
                FigureNames.Date => FigureFields.Date,
                _ => throw new InvalidDataException(
                    $"An accepted value withdraws '{name}', which cannot be withdrawn: update the aggregator."),
            };
        }

        return (figures, named);
    }

    private static AcceptedValue[] CreateValues(List<SubmittedValue> values)
    {
        var submitted = CollectionsMarshal.AsSpan(values);
        var accepted = new AcceptedValue[submitted.Length];
        for (var i = 0; i < accepted.Length; i++)
        {
            accepted[i] = Create(submitted[i]);
        }

        return accepted;
    }

    private static AcceptedValue Create(in SubmittedValue value)
    {
        var (kept, figures) = (value.StoredFields, value.Figures);
        var takenBack = kept & ~figures.PresentFields;
        return new AcceptedValue
        {
            Indicator = value.Indicator.Code.Value,
            Withdrawn = value.IsWithdrawn,
            WithdrawnFigures = value.IsWithdrawn || takenBack == FigureFields.None ? null : [.. WithdrawnNames(takenBack)],
            Value = (kept & FigureFields.Value) == 0 ? null : figures.Value,
            YearToDate = figures.YearToDate,
            LastYear = figures.LastYear,
            Numerator = figures.Numerator,
            Denominator = figures.Denominator,
            Date = figures.Date,
        };
    }

    private static IEnumerable<string> WithdrawnNames(FigureFields takenBack)
    {
        if ((takenBack & FigureFields.YearToDate) != 0)
        {
            yield return FigureNames.YearToDate;
        }

        if ((takenBack & FigureFields.LastYear) != 0)
        {
            yield return FigureNames.LastYear;
        }

        if ((takenBack & FigureFields.Date) != 0)
        {
            yield return FigureNames.Date;
        }
    }
}
