using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Dashboard.Data;
using XilinIngest.Worker.Submissions.Checking;

namespace XilinIngest.Dashboard.Enter;

/// <summary>The form of a unit and month while someone fills it in.</summary>
internal sealed class Sheet
{
    private readonly Dictionary<(string Rule, string Indicator), Box> _explanations = [];

    public IReadOnlyList<Line> Lines { get; private set; } = [];

    /// <summary>Why a month is corrected that has closed.</summary>
    public Box Reason { get; } = new("reason");

    /// <summary>Who fills it in, for people to read.</summary>
    public Box By { get; } = new("by");

    /// <summary>Takes over what is due and stands now; what was typed stays.</summary>
    public void Stand(UnitForm form, CatalogueView catalogue)
    {
        var known = Lines.ToDictionary(line => line.Of.Code, StringComparer.Ordinal);
        var lines = new List<Line>();
        foreach (var entry in form.Entries)
        {
            if ((known.GetValueOrDefault(entry.Indicator) ?? (catalogue.Indicator(entry.Indicator) is { } of ? new Line(of, entry) : null)) is { } line)
            {
                line.Stand(entry);
                lines.Add(line);
            }
        }

        Lines = lines;
    }

    public Box ExplanationOf(string rule, string indicator)
    {
        if (!_explanations.TryGetValue((rule, indicator), out var box))
        {
            _explanations[(rule, indicator)] = box = new Box($"explain {rule} {indicator}");
        }

        return box;
    }

    /// <summary>Puts back what was typed before, by the names of the boxes.</summary>
    public void Restore(IReadOnlyDictionary<string, string> typed)
    {
        foreach (var name in typed.Keys.Select(name => name.Split(' ')).Where(parts => parts is ["explain", _, _]))
        {
            ExplanationOf(name[1], name[2]);
        }

        foreach (var box in Boxes)
        {
            box.Typed = typed.GetValueOrDefault(box.Name) ?? box.Typed;
        }
    }

    /// <summary>Forgets what was typed.</summary>
    public void Clear()
    {
        foreach (var box in Boxes.Where(box => box != By))
        {
            box.Typed = null;
        }

        foreach (var line in Lines)
        {
            line.OvertakenBy = null;
        }

        _explanations.Clear();
    }

    /// <summary>The submission that it makes; null: it says nothing new.</summary>
    public SubmitIndicators? ToSubmission(UnitForm form, Guid id, DateTimeOffset at) => !Lines.Any(line => line.IsSent) ? null : new()
    {
        SubmissionId = id,
        Unit = form.Unit,
        Period = form.Period,
        Revision = form.NextRevision,
        SubmittedAt = at,
        SubmittedBy = By.IsEmpty ? null : TypedText.Trim(By.Text),
        Values = [.. Lines.Where(line => line.IsSent).Select(line => line.ToValue())],
        Explanations = Explained() is { Count: > 0 } explained ? explained : null,
        Correction = Reason.IsEmpty ? null : new Correction { Reason = TypedText.Trim(Reason.Text) },
    };

    /// <summary>Whether a submission says all that is typed, and nothing else: whether it was recorded meanwhile or not.</summary>
    public bool IsAll(SubmitIndicators sent)
    {
        var values = sent.Values.ToDictionary(value => value.Indicator, StringComparer.Ordinal);
        return Lines.All(line => values.TryGetValue(line.Of.Code, out var value) ? IsSame(line.ToValue(), value) : !line.IsChanged)
            && Explained().ToHashSet().SetEquals(sent.Explanations ?? [])
            && (Reason.IsEmpty ? null : TypedText.Trim(Reason.Text)) == sent.Correction?.Reason
            && (By.IsEmpty ? null : TypedText.Trim(By.Text)) == sent.SubmittedBy;
    }

    /// <summary>Forgets the explanations of what is no longer asked, so that none goes into the ledger beside the corrected figure.</summary>
    /// <param name="found">What the service found in the submission as it is.</param>
    public void KeepAnswersTo(IReadOnlyList<Finding> found)
    {
        foreach (var key in _explanations.Keys.Where(key => !found.Any(finding => finding.Rule == key.Rule && finding.Indicator == key.Indicator)).ToList())
        {
            _explanations.Remove(key);
        }
    }

    private static bool IsSame(IndicatorValue one, IndicatorValue other) =>
        one with { Withdraw = null } == other with { Withdraw = null } && (one.Withdraw ?? []).SequenceEqual(other.Withdraw ?? []);

    /// <summary>Whether what was typed explains something: the service asks the same.</summary>
    public static bool Explains(Box box) => Explanations.SaysSomething(box.Text);

    private IEnumerable<Box> Boxes => [.. Lines.SelectMany(line => line.Numbers.Append(line.Note)), .. _explanations.Values, Reason, By];

    private List<Explanation> Explained() => [.. _explanations
        .Where(each => Explains(each.Value) && Lines.Any(line => line.IsSent && line.Of.Code == each.Key.Indicator))
        .Select(each => new Explanation { Rule = each.Key.Rule, Indicator = each.Key.Indicator, Text = TypedText.Trim(each.Value.Text) })];
}
