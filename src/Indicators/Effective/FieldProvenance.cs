namespace XilinIngest.Indicators;

/// <summary>
/// The submission that set a field: its order key and its ledger row. It is a struct because the history has one for every submission.
/// </summary>
public readonly record struct Provenance(OrderKey Key, long Sequence);

/// <summary>The fields of a value that one submission set, or took back, and that no later one has set since.</summary>
public readonly record struct ProvenanceFields(Provenance Provenance, FigureFields Fields);

/// <summary>Which submission set each field of a value. One submission usually set them all; a list is kept only if several did.</summary>
public readonly struct FieldProvenance : IEquatable<FieldProvenance>
{
    // Latest first; the fields of any two do not overlap, and none is empty. Null if the latest is the only one.
    private readonly ProvenanceFields[]? _earlier;

    public FieldProvenance(Provenance latest, FigureFields fields, ProvenanceFields[]? earlier = null) =>
        (Latest, Fields, _earlier) = (latest, fields, earlier is { Length: 0 } ? null : earlier);

    /// <summary>The latest submission that holds a field.</summary>
    public Provenance Latest { get; }

    /// <summary>The fields that the latest submission holds; empty if no submission has named the value.</summary>
    public FigureFields Fields { get; }

    public ReadOnlySpan<ProvenanceFields> Earlier => _earlier;

    /// <summary>Whether a single submission holds all fields that are set.</summary>
    public bool HasSingleProvenance => _earlier is null;

    /// <summary>All submissions that hold a field, the latest first.</summary>
    public IEnumerable<ProvenanceFields> All =>
        Fields == FigureFields.None ? [] : _earlier is null ? [new(Latest, Fields)] : [new(Latest, Fields), .. _earlier];

    /// <summary>The submission that set one field; null if the field is not set.</summary>
    public Provenance? ProvenanceOf(FigureFields field)
    {
        if ((Fields & field) != 0)
        {
            return Latest;
        }

        foreach (var set in Earlier)
        {
            if ((set.Fields & field) != 0)
            {
                return set.Provenance;
            }
        }

        return null;
    }

    /// <summary>The fields that rows of the ledger hold.</summary>
    public FigureFields FieldsOf(IReadOnlySet<long> rows)
    {
        var held = Fields != FigureFields.None && rows.Contains(Latest.Sequence) ? Fields : FigureFields.None;
        foreach (var set in Earlier)
        {
            held |= rows.Contains(set.Provenance.Sequence) ? set.Fields : FigureFields.None;
        }

        return held;
    }

    /// <summary>The fields that a submission names and that no later submission has set.</summary>
    public FigureFields FieldsWonBy(FigureFields named, OrderKey key)
    {
        var won = key.CompareTo(Latest.Key) > 0 ? named : named & ~Fields;
        foreach (var set in Earlier)
        {
            won = key.CompareTo(set.Provenance.Key) > 0 ? won : won & ~set.Fields;
        }

        return won;
    }

    /// <summary>The provenance after a submission has set the fields it won.</summary>
    public FieldProvenance With(Provenance source, FigureFields won)
    {
        if (Fields == FigureFields.None || (Fields & ~won) == 0 && _earlier is null)
        {
            return new(source, won);
        }

        return Merge(source, won);
    }

    // A method of its own, because its closure would otherwise be allocated for every value.
    private FieldProvenance Merge(Provenance source, FigureFields won)
    {
        var sets = All.Select(set => set with { Fields = set.Fields & ~won }).Where(set => set.Fields != FigureFields.None)
            .Append(new ProvenanceFields(source, won)).OrderByDescending(set => set.Provenance.Key).ToArray();
        return new(sets[0].Provenance, sets[0].Fields, sets[1..]);
    }

    public bool Equals(FieldProvenance other) => Latest == other.Latest && Fields == other.Fields && Earlier.SequenceEqual(other.Earlier);

    public override bool Equals(object? obj) => obj is FieldProvenance other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Latest, Fields);

    public static bool operator ==(FieldProvenance left, FieldProvenance right) => left.Equals(right);

    public static bool operator !=(FieldProvenance left, FieldProvenance right) => !left.Equals(right);
}
