using XilinIngest.Contracts;
using XilinIngest.Dashboard.Data;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Checking;

namespace XilinIngest.Dashboard.DataEntry;

/// <summary>The fields of a unit and month while the form is filled in.</summary>
public sealed class EntryFormFields
{
    private readonly Dictionary<(string Rule, string Indicator), Field> _explanations = [];

    public IReadOnlyList<IndicatorFields> Lines { get; private set; } = [];

    /// <summary>The reason for the correction of a closed month.</summary>
    public Field Reason { get; } = new("reason");

    /// <summary>The name of the person who fills in the form, for readers.</summary>
    public Field SubmittedBy { get; } = new("by");

    /// <summary>Loads the due indicators and the effective values. Input is kept.</summary>
    internal void Load(UnitForm form, CatalogueView catalogue)
    {
        var known = Lines.ToDictionary(line => line.Indicator.Code, StringComparer.Ordinal);
        var lines = new List<IndicatorFields>();
        foreach (var entry in form.Entries)
        {
            if ((known.GetValueOrDefault(entry.Indicator)
                ?? (catalogue.Indicator(entry.Indicator) is { } indicator ? new IndicatorFields(indicator, entry) : null)) is { } line)
            {
                line.Load(entry);
                lines.Add(line);
            }
        }

        Lines = lines;
    }

    public Field ExplanationOf(string rule, string indicator)
    {
        if (!_explanations.TryGetValue((rule, indicator), out var box))
        {
            _explanations[(rule, indicator)] = box = new Field($"explain {rule} {indicator}");
        }

        return box;
    }

    /// <summary>Restores earlier input by the names of the fields.</summary>
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

    /// <summary>Discards the input.</summary>
    public void Clear()
    {
        foreach (var box in Boxes.Where(box => box != SubmittedBy))
        {
            box.Typed = null;
        }

        foreach (var line in Lines)
        {
            line.ConflictingRow = null;
        }

        _explanations.Clear();
    }

    /// <summary>The submission of the form; null: the form contains no change.</summary>
    public SubmitIndicators? ToSubmission(UnitForm form, Guid id, DateTimeOffset at) => !Lines.Any(line => line.WillBeSent) ? null : new()
    {
        SubmissionId = id,
        Unit = form.Unit,
        Period = form.Period,
        Revision = form.NextRevision,
        SubmittedAt = at,
        SubmittedBy = SubmittedBy.IsEmpty ? null : InputText.Trim(SubmittedBy.Text),
        Values = [.. Lines.Where(line => line.WillBeSent).Select(line => line.ToValue())],
        Explanations = CollectExplanations() is { Count: > 0 } explained ? explained : null,
        Correction = Reason.IsEmpty ? null : new Correction { Reason = InputText.Trim(Reason.Text) },
    };

    /// <summary>Whether a submission contains exactly the input, so that it may already be recorded.</summary>
    public bool Matches(SubmitIndicators sent)
    {
        var values = sent.Values.ToDictionary(value => value.Indicator, StringComparer.Ordinal);
        return Lines.All(line => values.TryGetValue(line.Indicator.Code, out var value) ? IsSame(line.ToValue(), value) : !line.IsChanged)
            && CollectExplanations().ToHashSet().SetEquals(sent.Explanations ?? [])
            && (Reason.IsEmpty ? null : InputText.Trim(Reason.Text)) == sent.Correction?.Reason
            && (SubmittedBy.IsEmpty ? null : InputText.Trim(SubmittedBy.Text)) == sent.SubmittedBy;
    }

    /// <summary>
    /// Removes explanations that no finding asks for any more; otherwise they would enter the ledger with the corrected figure.
    /// </summary>
    /// <param name="found">The service's findings about the current submission.</param>
    public void RemoveStaleExplanations(IReadOnlyList<Finding> found)
    {
        foreach (var key in _explanations.Keys.Where(
            key => !found.Any(finding => finding.Rule == key.Rule && finding.Indicator == key.Indicator)).ToList())
        {
            _explanations.Remove(key);
        }
    }

    private static bool IsSame(IndicatorValue one, IndicatorValue other) =>
        one with { Withdraw = null } == other with { Withdraw = null } && (one.Withdraw ?? []).SequenceEqual(other.Withdraw ?? []);

    /// <summary>Whether the input is a meaningful explanation. The service applies the same rule.</summary>
    public static bool IsExplanation(Field box) => ExplanationQuality.IsMeaningful(box.Text);

    private IEnumerable<Field> Boxes =>
        [.. Lines.SelectMany(line => line.Numbers.Append(line.Note)), .. _explanations.Values, Reason, SubmittedBy];

    private List<Explanation> CollectExplanations() => [.. _explanations
        .Where(each => IsExplanation(each.Value) && Lines.Any(line => line.WillBeSent && line.Indicator.Code == each.Key.Indicator))
        .Select(each => new Explanation { Rule = each.Key.Rule, Indicator = each.Key.Indicator, Text = InputText.Trim(each.Value.Text) })];
}
