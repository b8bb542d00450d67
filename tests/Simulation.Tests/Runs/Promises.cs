using System.Text;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Verification;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Simulation.Tests.Processes;
using XilinIngest.Storage;
using XilinIngest.Submissions.Accepted;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Verification;

namespace XilinIngest.Simulation.Tests.Runs;

/// <summary>Asks the five promises of a run that has come to rest, with plain code over its databases and what the bus carried.</summary>
internal sealed class Promises
{
    private readonly List<string> _broken = [];
    private readonly SimulatedRun _run;
    private readonly LedgerStore _ledger;
    private readonly CubeStore _cube;
    private readonly Dictionary<long, LedgerEntry> _rows;
    private readonly List<Publication> _publications;

    private Promises(SimulatedRun run)
    {
        (_run, _ledger, _cube) = (run, new LedgerStore(run.Stores.Ledger), new CubeStore(run.Stores.Cube));
        using var connection = _ledger.Open();
        _rows = LedgerStore.ReadFrom(connection, 1, long.MaxValue).ToDictionary(row => row.Sequence);
        _publications = [.. _cube.ReadPublicationsAfter(0, int.MaxValue)];
    }

    /// <returns>The broken promises; empty: none is.</returns>
    public static IReadOnlyList<string> FindBroken(SimulatedRun run)
    {
        var promises = new Promises(run);
        promises.AskReceipts();
        promises.AskVerdicts();
        promises.AskPublished();
        promises.AskResults();
        promises.AskCauses();
        return promises._broken;
    }

    // 1. A positive receipt is in the ledger, once. The row of one without the right has an id that is derived from it.
    private void AskReceipts()
    {
        foreach (var receipt in _run.Bus.Receipts)
        {
            if (!_rows.TryGetValue(receipt.Sequence, out var row) || Convert.ToHexStringLower(row.LeafHash) != receipt.LeafHash
                || (row.SubmissionId != receipt.SubmissionId && receipt.Verdict != Verdict.Refused))
            {
                Break(1, $"the receipt of {receipt.SubmissionId} names row {receipt.Sequence}, which is not its row");
            }
        }

        foreach (var twice in _rows.Values.GroupBy(row => row.SubmissionId).Where(rows => rows.Count() > 1))
        {
            Break(1, $"{twice.Key} has the rows {string.Join(", ", twice.Select(row => row.Sequence))}");
        }

        foreach (var fault in new LedgerVerifier(_ledger, _run.Signer, _run.Catalogues).Verify().Faults)
        {
            Break(1, $"the log does not verify: {fault}");
        }
    }

    // 2. The results are those of the accepted set.
    private void AskResults()
    {
        using var connection = _cube.Open();
        var (position, last) = (CubeStore.ReadPosition(connection), (long)_rows.Count);
        if (position.AppliedThrough != last || position.AppliedHash != (last == 0 ? null : Convert.ToHexStringLower(_rows[last].LeafHash)))
        {
            Break(2, $"the cube has the rows through {position.AppliedThrough} ({position.AppliedHash}), the ledger has {last}");
            return;
        }

        var catalogue = _run.Catalogues.Current;
        var now = SimulatedRun.Start + _run.Now;
        var months = _rows.Values.Select(row => row.ToMonthChange()).OfType<MonthStateChange>().Select(AcceptedMonthFacts.Create).ToList();
        var reviews = _rows.Values.Select(row => row.ToReview()).OfType<ReportReview>().Select(AcceptedReviewFacts.Create).ToList();
        var truth = Oracle.Compute(catalogue, AcceptedPackFactory.ReadUpTo(_ledger, last, catalogue), now, months, reviews);
        using var snapshot = Database.BeginRead(connection);
        var cube = CubeLoader.Load(connection, catalogue, IndicatorNumbers.Load(connection, snapshot, []), snapshot);
        var served = _run.Running.OfType<AggregatorProcess>().FirstOrDefault(process => _run.Lease.IsHeldBy(process))?.Host;
        var newest = PublicationReader.NewestVersions(CubeStore.ReadNewest(connection, snapshot));
        foreach (var difference in CubeVerifier.Compare(cube, truth, now)
            .Concat(served is { IsLoaded: true } ? served.Read((held, at) => CubeVerifier.Compare(held, truth, at).ToList()) : [])
            .Concat(PublishedResultsVerifier.Compare(newest, truth)))
        {
            Break(2, difference.ToString());
        }

        if (served is { IsLoaded: true })
        {
            AskServed(served.Model.Current, newest);
        }
    }

    // The API answers with what is stored.
    private void AskServed(PublishedSnapshot served, IEnumerable<ResultVersion> newest)
    {
        foreach (var version in newest)
        {
            var id = new FigureId(version.Id.Unit, version.Indicator, (int)version.Id.Period);
            var text = version.Id.Kind switch
            {
                ResultKinds.Total => served.Totals.Find(id)?.Json,
                ResultKinds.Ranking => served.Rankings.Find(id)?.Json,
                _ => version.Json,
            };
            if (text is null || !text.AsSpan().SequenceEqual(version.Json))
            {
                Break(2, $"{version.Id}: the API does not answer with version {version.Version}, which is stored");
            }
        }
    }

    // 3. One verdict for each submission, the same each time.
    private void AskVerdicts()
    {
        var verdicts = _run.Bus.Receipts.ToLookup(receipt => receipt.SubmissionId);
        foreach (var id in _run.Offices.SubmissionIds.Where(id => !verdicts.Contains(id)))
        {
            Break(3, $"{id} has no verdict");
        }

        foreach (var receipts in verdicts)
        {
            if (receipts.Select(receipt => $"{receipt.Sequence} {receipt.Verdict} {receipt.LeafHash}").Distinct().ToList()
                is { Count: > 1 } different)
            {
                Break(3, $"{receipts.Key} has the verdicts {string.Join(" and ", different)}");
            }
        }
    }

    // 4. Published is committed, and committed is published; each version in its order, without a gap.
    private void AskPublished()
    {
        using var connection = _cube.Open();
        var position = CubeStore.ReadPosition(connection);
        if (!_publications.Select(each => each.Id).SequenceEqual(Enumerable.Range(1, _publications.Count).Select(id => (long)id))
            || position.PublishedThrough != _publications.Count)
        {
            Break(4, $"{_publications.Count} results are stored and {position.PublishedThrough} marked as published");
        }

        var stored = new Dictionary<string, Publication>();
        foreach (var publication in _publications)
        {
            if (!stored.TryAdd(publication.Payload, publication))
            {
                Break(4, $"publication {publication.Id} is the same as {stored[publication.Payload].Id}");
            }
        }

        var seen = new HashSet<long>();
        var newest = new Dictionary<string, long>();
        foreach (var text in _run.Bus.Results.Select(message => Encoding.UTF8.GetString(message.Body.Span)))
        {
            if (!stored.TryGetValue(text, out var publication))
            {
                Break(4, $"published and not committed: {text}");
            }
            else if (seen.Add(publication.Id))
            {
                foreach (var (of, version) in VersionsIn(publication))
                {
                    if (version != newest.GetValueOrDefault(of) + 1)
                    {
                        Break(4, $"{of}: version {version} came after {newest.GetValueOrDefault(of)}");
                    }

                    newest[of] = version;
                }
            }
        }

        foreach (var publication in _publications.Where(publication => !seen.Contains(publication.Id)))
        {
            Break(4, $"committed and not published: {publication.Id} {publication.Payload}");
        }
    }

    // 5. Each number has its submissions.
    private void AskCauses()
    {
        foreach (var publication in _publications)
        {
            foreach (var row in CausesOf(PublicationReader.Deserialize(publication)).Where(row =>
                !_rows.TryGetValue(row, out var cause) || cause.Verdict != StoredVerdicts.Accepted))
            {
                Break(5, $"publication {publication.Id} names row {row} as its cause, which is no accepted one");
            }
        }
    }

    private static IEnumerable<(string Of, long Version)> VersionsIn(Publication publication) =>
        PublicationReader.Deserialize(publication) switch
        {
            ReportReviewed review => [($"review of row {review.Row}", review.Version)],
            MonthChanged month => [($"month {month.Period}", month.Version)],
            _ => PublicationReader.VersionsIn(publication).Select(version => ($"{version.Id}", version.Version)),
        };

    private static IEnumerable<long> CausesOf(object message) => message switch
    {
        TotalsPublished totals => totals.Totals.SelectMany(total => total.Cause),
        RankingPublished ranking => ranking.Cause,
        AlertEvent alert => alert.Cause,
        ReportReviewed review => review.Cause,
        MonthChanged month => month.Cause,
        _ => [],
    };

    private void Break(int promise, string what) => _broken.Add($"Promise {promise}: {what}");
}
