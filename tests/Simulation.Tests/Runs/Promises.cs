using System.Text;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Verification;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Simulation.Tests.Processes;
using XilinIngest.Submissions.Accepted;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Verification;

namespace XilinIngest.Simulation.Tests.Runs;

/// <summary>Asks the five promises of a run that has come to rest, with plain code over its databases and what the bus carried.</summary>
internal sealed class Promises
{
    // The rows of several ledgers have the same numbers. For the oracle those of each ledger are moved beyond the others'.
    private const long RowsOfLedger = 1L << 40;

    private readonly List<string> _broken = [];
    private readonly SimulatedRun _run;
    private readonly Catalogue _catalogue;
    private readonly List<PartitionRecords> _parts;
    private readonly PartitionRecords _topmost;

    private Promises(SimulatedRun run)
    {
        (_run, _catalogue) = (run, run.Catalogues.Current);
        _parts = [.. run.Stores.All.Select(stores => new PartitionRecords(stores))];
        _topmost = _parts.First(part => part.Partition == _catalogue.Partitions.HomeOf(_catalogue.Units.Topmost!));
    }

    /// <returns>The broken promises; empty: none is.</returns>
    public static IReadOnlyList<string> FindBroken(SimulatedRun run)
    {
        var promises = new Promises(run);
        promises.AskReceipts();
        promises._parts.ForEach(promises.AskLedger);
        promises.AskVerdicts();
        promises.AskPublished();
        promises.AskResults();
        promises._parts.ForEach(promises.AskCauses);
        return promises._broken;
    }

    // 1. A positive receipt is in the ledger, once. The row of one without the right has an id that is derived from it.
    private void AskReceipts()
    {
        var parts = _parts.ToDictionary(part => part.Partition.Path);
        foreach (var receipt in _run.Bus.Receipts)
        {
            if (!parts.TryGetValue(receipt.Partition ?? "", out var part) || !part.Rows.TryGetValue(receipt.Sequence, out var row)
                || Convert.ToHexStringLower(row.LeafHash) != receipt.LeafHash
                || (row.SubmissionId != receipt.SubmissionId && receipt.Verdict != Verdict.Refused))
            {
                Break(1, $"the receipt of {receipt.SubmissionId} names row {receipt.Sequence} {receipt.Partition}, which is not its row");
            }
        }

        foreach (var twice in _parts.SelectMany(part => part.Rows.Values.Where(row => part == _topmost || row.ToMonthChange() is null))
            .GroupBy(row => row.SubmissionId).Where(rows => rows.Count() > 1))
        {
            Break(1, $"{twice.Key} has the rows {string.Join(", ", twice.Select(row => row.Sequence))}");
        }
    }

    // Each ledger has the rows of its units and all closings, and its log verifies.
    private void AskLedger(PartitionRecords part)
    {
        var suffix = part.Stores.Suffix;
        foreach (var fault in new LedgerVerifier(part.Ledger, _run.SignerOf(part.Partition), _run.Catalogues).Verify().Faults)
        {
            Break(1, $"the log{suffix} does not verify: {fault}");
        }

        foreach (var row in part.Rows.Values.Where(row => row.ToMonthChange() is null
            && _catalogue.Units.TryFind(row.Unit, out var unit) && _catalogue.Partitions.HomeOf(unit) != part.Partition))
        {
            Break(1, $"row {row.Sequence}{suffix} is of {row.Unit}, whose ledger is another");
        }

        if (!part.MonthRequests.SequenceEqual(_topmost.MonthRequests))
        {
            Break(1, $"the ledger{suffix} has {part.MonthRequests.Count} changes of months, and that of the topmost unit has "
                + $"{_topmost.MonthRequests.Count}, or they have another order");
        }
    }

    // 2. The results are those of the accepted set.
    private void AskResults()
    {
        foreach (var part in _parts)
        {
            foreach (var fault in part.Stores.Positions.Faults)
            {
                Break(2, $"in the cube{part.Stores.Suffix} {fault}");
            }

            var (position, last) = (part.ReadPosition(), part.LastRow);
            if (position.AppliedThrough != last
                || position.AppliedHash != (last == 0 ? null : Convert.ToHexStringLower(part.Rows[last].LeafHash)))
            {
                Break(2, $"the cube{part.Stores.Suffix} has the rows through {position.AppliedThrough} ({position.AppliedHash}), "
                    + $"the ledger has {last}");
                return;
            }
        }

        var now = SimulatedRun.Start + _run.Now;
        var truth = Oracle.Compute(
            _catalogue,
            _parts.SelectMany((part, i) => part.ReadAccepted(_catalogue)
                .Select(row => row with { Sequence = row.Sequence + i * RowsOfLedger })),
            now, [.. _topmost.Months.Select(AcceptedMonthFacts.Create)],
            [.. _parts.SelectMany((part, i) => part.Reviews.Select(AcceptedReviewFacts.Create).Select(review => review with
            {
                Sequence = review.Sequence + i * RowsOfLedger,
                Row = review.Row + i * RowsOfLedger,
            }))]);
        _parts.ForEach(part => AskResults(part, truth, now));
    }

    private void AskResults(PartitionRecords part, OracleResults truth, DateTimeOffset now)
    {
        var (cube, newest) = part.LoadCube(_catalogue);
        var cubes = _run.Running.OfType<AggregatorProcess>().Select(process => process.CubeOf(part.Partition.Path)).ToList();
        var served = cubes.FirstOrDefault(each => each.IsActive)?.Host;
        foreach (var difference in CubeVerifier.Compare(cube, truth, now)
            .Concat(PublishedResultsVerifier.Compare(newest, truth, cube.HasReportsOf)))
        {
            Break(2, $"{difference}{part.Stores.Suffix}");
        }

        if (served is { IsLoaded: true })
        {
            AskServed(served, newest, truth, part.Stores.Suffix);
        }

        foreach (var follower in _run.AreCubesLeased ? [] : cubes.Where(each => !each.IsRunning))
        {
            follower.Follow();
            AskServed(follower.Host, newest, truth, $"{part.Stores.Suffix}, which {follower.Name} follows");
        }
    }

    // The API answers with what is stored, and from a cube that is right.
    private void AskServed(CubeHost host, IEnumerable<ResultVersion> newest, OracleResults truth, string suffix)
    {
        foreach (var difference in host.Read((held, at) => CubeVerifier.Compare(held, truth, at).ToList()))
        {
            Break(2, $"{difference}, in memory{suffix}");
        }

        var served = host.Model.Current;
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
                Break(2, $"{version.Id}: the API does not answer with version {version.Version}, which is stored{suffix}");
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
            if (receipts.Select(receipt => $"{receipt.Partition} {receipt.Sequence} {receipt.Verdict} {receipt.LeafHash}").Distinct()
                .ToList() is { Count: > 1 } different)
            {
                Break(3, $"{receipts.Key} has the verdicts {string.Join(" and ", different)}");
            }
        }
    }

    // 4. Published is committed, and committed is published; each version in its order, without a gap.
    private void AskPublished()
    {
        var stored = new Dictionary<string, (PartitionRecords Part, Publication Publication)>();
        foreach (var part in _parts)
        {
            AskMarked(part);
            foreach (var publication in part.Publications)
            {
                if (!stored.TryAdd(publication.Payload, (part, publication)))
                {
                    Break(4, $"publication {publication.Id}{part.Stores.Suffix} is the same as another: {publication.Payload}");
                }
            }
        }

        var seen = new HashSet<(PartitionRecords Part, long Id)>();
        var newest = new Dictionary<string, long>();
        foreach (var text in _run.Bus.Results.Select(message => Encoding.UTF8.GetString(message.Body.Span)))
        {
            if (!stored.TryGetValue(text, out var found))
            {
                Break(4, $"published and not committed: {text}");
            }
            else if (seen.Add((found.Part, found.Publication.Id)))
            {
                foreach (var (of, version) in VersionsIn(found.Publication, found.Part.Stores.Suffix))
                {
                    if (version != newest.GetValueOrDefault(of) + 1)
                    {
                        Break(4, $"{of}: version {version} came after {newest.GetValueOrDefault(of)}");
                    }

                    newest[of] = version;
                }
            }
        }

        foreach (var (part, publication) in stored.Values.Where(each => !seen.Contains((each.Part, each.Publication.Id))))
        {
            Break(4, $"committed and not published: {publication.Id}{part.Stores.Suffix} {publication.Payload}");
        }
    }

    private void AskMarked(PartitionRecords part)
    {
        var (count, through) = (part.Publications.Count, part.ReadPosition().PublishedThrough);
        if (through != count
            || !part.Publications.Select(each => each.Id).SequenceEqual(Enumerable.Range(1, count).Select(id => (long)id)))
        {
            Break(4, $"{count} results{part.Stores.Suffix} are stored and {through} marked as published");
        }
    }

    // 5. Each number has its submissions.
    private void AskCauses(PartitionRecords part)
    {
        foreach (var publication in part.Publications)
        {
            foreach (var row in CausesOf(PublicationReader.Deserialize(publication)).Where(row =>
                !part.Rows.TryGetValue(row, out var cause) || cause.Verdict != StoredVerdicts.Accepted))
            {
                Break(5, $"publication {publication.Id}{part.Stores.Suffix} names row {row} as its cause, which is no accepted one");
            }
        }
    }

    private static IEnumerable<(string Of, long Version)> VersionsIn(Publication publication, string suffix) =>
        PublicationReader.Deserialize(publication) switch
        {
            ReportReviewed review => [($"review of row {review.Row}{suffix}", review.Version)],
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
