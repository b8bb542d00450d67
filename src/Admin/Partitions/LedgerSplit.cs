using System.Text;
using System.Text.Json.Nodes;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Admin.Partitions;

/// <summary>Writes the rows of the present ledgers into new ones, each into that of its unit, and compares.</summary>
internal sealed class LedgerSplit(IReadOnlyList<LedgerStore> sources, IReadOnlyList<LedgerCopy> targets, CatalogueSource catalogues)
{
    private const int ProgressStep = 10_000;
    private readonly Dictionary<(int Source, long Sequence), LedgerEntry> _reports = [];

    /// <summary>Copies all rows.</summary>
    /// <param name="progress">Called from time to time with the number of rows that were read.</param>
    /// <returns>The number of rows that were read.</returns>
    public long Copy(Action<long> progress)
    {
        var (catalogue, read) = (catalogues.Current, 0L);
        var byPath = targets.ToDictionary(target => target.Store.Partition);
        var topmost = catalogue.Units.Topmost is { } unit ? byPath[catalogue.Partitions.HomeOf(unit)] : targets[0];
        var sentIds = SentIds.Find(sources, catalogue);
        foreach (var (source, row) in SourceRows.Merge(sources))
        {
            var sent = sentIds.Of(source, row);
            if (SourceRows.IsMonthRequest(row))
            {
                foreach (var target in targets)
                {
                    target.Append(row, sent);
                }
            }
            else
            {
                var home = catalogue.Units.TryFind(row.Unit, out var known) ? byPath[catalogue.Partitions.HomeOf(known)] : topmost;
                var copy = home.Append(row.ToReview() is { } review ? WithRow(row, source, review.Row) : row, sent);
                if (row is { Verdict: StoredVerdicts.Accepted, IsRequest: false })
                {
                    _reports[(source, row.Sequence)] = copy with { Body = default, Findings = default };
                }
            }

            if (++read % ProgressStep == 0)
            {
                progress(read);
            }
        }

        foreach (var target in targets)
        {
            target.Complete();
        }

        return read;
    }

    /// <summary>What differs between the present ledgers and the new ones, each with its unit and month; nothing: they agree.</summary>
    public IEnumerable<string> FindDifferences()
    {
        var copies = targets.SelectMany(target => ReadMonths(target.Store)).ToDictionary(month => (month.Unit, month.Period));
        foreach (var (source, store) in sources.Index())
        {
            foreach (var month in ReadMonths(store))
            {
                if (!copies.Remove((month.Unit, month.Period), out var copy))
                {
                    yield return $"{month.Unit}, {month.Period}: missing";
                }
                else if (!month.Values.Select(value => Describe(value, sequence => _reports[(source, sequence)].Sequence)).ToHashSet()
                    .SetEquals(copy.Values.Select(value => Describe(value, sequence => sequence))))
                {
                    yield return $"{month.Unit}, {month.Period}: other figures";
                }
            }
        }

        foreach (var (unit, period) in copies.Keys)
        {
            yield return $"{unit}, {period}: was not there";
        }
    }

    // A review names the row that it reviewed, which has another number in the new ledger.
    private LedgerEntry WithRow(LedgerEntry row, int source, long reviewed)
    {
        var body = JsonNode.Parse(row.Body.Span)!.AsObject();
        var field = body.First(each => each.Key.Equals("rowToReview", StringComparison.OrdinalIgnoreCase)).Key;
        body[field] = _reports[(source, reviewed)].Sequence;
        return row with { Body = Encoding.UTF8.GetBytes(body.ToJsonString(WireFormat.Options)) };
    }

    private static List<(string Unit, Period Period, IReadOnlyList<EffectiveValue> Values)> ReadMonths(LedgerStore store)
    {
        using var connection = store.Open();
        using var transaction = Database.BeginRead(connection);
        var numbers = IndicatorNumbers.Load(connection, transaction, []);
        return [.. LedgerStore.ReadAllEffectiveMonths(connection, transaction)
            .Select(row => (row.Unit, row.Period, EffectiveMonthCodec.Decode(row.Data, numbers).Values))];
    }

    private static (IndicatorCode Indicator, Figures Figures, string Rows) Describe(EffectiveValue value, Func<long, long> rowOf) => (
        value.Indicator, value.Figures,
        string.Join(
            ' ', value.Provenance.All.Select(set => $"{rowOf(set.Provenance.Sequence)}:{set.Fields}").Order(StringComparer.Ordinal)));
}
