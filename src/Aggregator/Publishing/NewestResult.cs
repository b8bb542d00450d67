using XilinIngest.Contracts;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>The newest version of a published result. The next version replaces it in place.</summary>
/// <param name="id">The result.</param>
/// <param name="month">The totals of the same unit and month, of a total.</param>
internal sealed class NewestResult(ResultId id, TotalsOfMonth? month)
{
    public ResultId Id => id;

    /// <summary>The totals of the same unit and month; null: it is no total.</summary>
    public TotalsOfMonth? Month => month;

    /// <summary>0: it is not published yet.</summary>
    public int Version { get; private set; }

    /// <summary>The version that it has next.</summary>
    public int NextVersion => Version + 1;

    /// <summary>The text of the newest version.</summary>
    public byte[] Json { get; private set; } = [];

    /// <summary>The publication that has the newest version; null: there is none yet.</summary>
    public NewestPublication? Publication { get; private set; }

    /// <summary>The fingerprint of the published state of an alert; null: it is no alert.</summary>
    public string? AlertFingerprint { get; private set; }

    /// <summary>Replaces the version by a newer one.</summary>
    /// <returns>The former publication, if it has no newest version any more.</returns>
    public long? Replace(int version, NewestPublication publication, byte[] json, string? alertFingerprint = null)
    {
        var former = Publication;
        (Version, Publication, Json, AlertFingerprint) = (version, publication, json, alertFingerprint);
        publication.Results++;
        return former is not null && --former.Results == 0 ? former.Id : null;
    }
}

/// <summary>A publication that has the newest version of at least one result.</summary>
internal sealed class NewestPublication(long id)
{
    public long Id => id;

    /// <summary>How many newest versions it has.</summary>
    public int Results { get; set; }
}

/// <summary>The totals of one unit and month, of which the new ones are published in one message.</summary>
internal sealed class TotalsOfMonth(string unit, long period)
{
    public string Unit => unit;

    public long Period => period;

    /// <summary>The id of the last publication; 0: there is none.</summary>
    public long LastPublication { get; set; }

    /// <summary>The publication that is being made; null: there is none.</summary>
    public NewestPublication? Next { get; set; }

    /// <summary>The new totals, with the place of their indicators in the catalogue.</summary>
    public List<(int Order, IndicatorTotal Total, byte[] Json)> New { get; } = [];
}
