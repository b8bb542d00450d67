using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.TestEngines;

namespace XilinIngest.Aggregator.Tests.Publishing;

/// <summary>A cube of a whole year, and a ledger that was restored from the backup of ten months.</summary>
public sealed class A_ledger_that_was_replaced : IDisposable
{
    private readonly RestartableCubeHost _disk = new(UniformDistrict.Catalogue);
    private readonly List<AcceptedSubmission> _year = [.. UniformDistrict.Pack(UniformDistrict.Year(2022)).Submissions];
    private readonly List<AcceptedSubmission> _tenMonths = [.. UniformDistrict.Pack(UniformDistrict.Year(2022, months: 10)).Submissions];

    public A_ledger_that_was_replaced()
    {
        _disk.Step(Pack(_year, "a"));
        _disk.Step(End(_year, "a"));
        Assert.Null(_disk.Host.LedgerProgress.MissingRows);
        _disk.Restart(UniformDistrict.Catalogue);
    }

    public void Dispose() => _disk.Dispose();

    [Fact]
    public void Is_asked_at_the_start_and_where_it_is_the_same_all_stays()
    {
        Assert.Equal((_year.Count + 1, null), _disk.Host.LedgerProgress.MissingRows);
        Assert.Empty(_disk.Step(End(_year, "a")));
        Assert.Null(_disk.Host.LedgerProgress.MissingRows);
        Assert.Null(_disk.Host.LedgerReplacement);
    }

    [Fact]
    public void Has_nothing_of_it_said_before_it_is_whole_and_then_all_that_differs()
    {
        var before = _disk.Versions;
        Assert.Empty(_disk.Step(End(_tenMonths, "a") with { FromSequence = _year.Count + 1 }));
        Assert.Equal(new LedgerReplacement(_year.Count, IsRebuilt: false, null), _disk.Host.LedgerReplacement);
        Assert.Equal((1, null), _disk.Host.LedgerProgress.MissingRows);

        // Who asks meanwhile is told what was last said, not a half.
        Assert.Equal(12, _disk.Host.Read((cube, _) => cube.HorizonOf(2022)));
        Assert.Empty(_disk.Step(Pack(_tenMonths, "a")));
        Assert.Equal(before.Count, _disk.Versions.Count);

        var messages = _disk.Step(End(_tenMonths, "a"));
        Assert.Equal(_tenMonths.Count, _disk.Host.AppliedThrough);
        _disk.AssertMatchesOracle(_tenMonths);
        Assert.All(messages.OfType<TotalsPublished>().SelectMany(message => message.Totals), total => Assert.Empty(total.Cause));
        Assert.Contains(messages.OfType<TotalsPublished>(), message => message.Period == "2022-12"
            && message.Totals.All(total => total.YearToDate is null && total.Version > 1));
        Assert.DoesNotContain(messages.OfType<TotalsPublished>(), message => message.Period == "2022-10");
        Assert.Equal(before.Select(Text), _disk.Versions.Take(before.Count).Select(Text));
        Assert.Empty(_disk.Step());
    }

    [Fact]
    public void Is_loaded_whole_by_a_process_that_follows_the_cube()
    {
        using var follower = new FollowingCube(_disk, UniformDistrict.Catalogue);
        follower.AssertIsAsLoaded();
        var loaded = follower.Cube;
        _disk.Step(End(_tenMonths, "a") with { FromSequence = _year.Count + 1 });
        _disk.Step(Pack(_tenMonths, "a"), End(_tenMonths, "a"));
        follower.AssertIsAsLoaded();
        Assert.Equal(_tenMonths.Count, follower.Host.AppliedThrough);
        Assert.NotSame(loaded, follower.Cube);
    }

    [Fact]
    public void Has_its_closings_told_once_it_is_whole()
    {
        var close = RequestPacks.Change(_tenMonths.Count + 1, "2022-03", MonthTransition.Closed);
        List<AcceptedSubmission> all = [.. _tenMonths, _tenMonths[0] with { Sequence = close.Sequence }];
        _disk.Step(End(all, "b") with { FromSequence = _year.Count + 1 });
        Assert.Empty(_disk.Step(Pack(all, "b") with { Submissions = _tenMonths, MonthChanges = [close] }));
        var told = Assert.Single(_disk.Step(End(all, "b")).OfType<MonthChanged>());
        Assert.Equal((1, close.Sequence), (told.Version, told.Cause.Single()));
        _disk.AssertPublishesEachOnce([close], []);
    }

    [Fact]
    public void Counts_what_it_took_since_though_the_numbers_were_given_before()
    {
        var revision =
            UniformDistrict.Revision(TestDistrict.Street1, TestDistrict.Budget, new Period(2022, 3), 400) with
            {
                Sequence =
                _tenMonths.Count + 1
            };
        List<AcceptedSubmission> all = [.. _tenMonths, revision];

        // Published as it was committed, and then the answer to what was asked at the start.
        _disk.Step(Pack(all, "b", from: all.Count, previous: $"a{_tenMonths.Count}"));
        _disk.Step(End(all, "b") with { FromSequence = _year.Count + 1 });
        _disk.Step(Pack(_tenMonths, "a"), Pack(all, "b", from: all.Count, previous: $"a{_tenMonths.Count}"), End(all, "b"));
        Assert.Equal(all.Count, _disk.Host.AppliedThrough);
        _disk.AssertMatchesOracle(all);
    }

    [Fact]
    public void Is_found_out_by_its_hashes_where_it_has_grown_past_the_other()
    {
        List<AcceptedSubmission> longer = [.. _tenMonths,
                .. UniformDistrict.Month(new Period(2022, 11))
                .Concat(UniformDistrict.Month(new Period(2022, 12))).Concat(UniformDistrict.Month(new Period(2023, 1)))];
        longer = [.. longer.Select((submission, i) => submission with { Sequence = i + 1 })];
        _disk.Step(Pack(longer, "b", from: _year.Count + 1, previous: $"b{_year.Count}"));
        Assert.NotNull(_disk.Host.LedgerReplacement);
        _disk.Step(Pack(longer, "b"), End(longer, "b"));
        Assert.Equal(longer.Count, _disk.Host.AppliedThrough);
        _disk.AssertMatchesOracle(longer);
    }

    [Fact]
    public void Is_found_again_after_a_kill_before_it_was_whole()
    {
        _disk.Step(End(_tenMonths, "a") with { FromSequence = _year.Count + 1 });
        _disk.Step(Pack([.. _tenMonths.Take(20)], "a"));
        _disk.Restart(UniformDistrict.Catalogue);
        Assert.Equal(_year.Count, _disk.Host.AppliedThrough);
        _disk.Step(End(_tenMonths, "a") with { FromSequence = _year.Count + 1 });
        _disk.Step(Pack(_tenMonths, "a"), End(_tenMonths, "a"));
        _disk.AssertMatchesOracle(_tenMonths);
    }

    [SqliteOnlyFact]
    public void Leaves_the_cube_as_it_was_in_a_file_beside_it()
    {
        var effective = Standing(_disk.Store);
        _disk.Step(End(_tenMonths, "a") with { FromSequence = _year.Count + 1 });
        _disk.Step(Pack(_tenMonths, "a"), End(_tenMonths, "a"));
        Assert.NotEqual(effective, Standing(_disk.Store));
        Assert.Equal(effective, Standing(new CubeStore(new Database(_disk.Host.LedgerReplacement!.BackupPath!))));
    }

    [Fact]
    public void Is_read_anew_once_more_where_the_catalogue_changes_meanwhile()
    {
        _disk.Step(End(_tenMonths, "a") with { FromSequence = _year.Count + 1 });
        _disk.Step(Pack([.. _tenMonths.Take(20)], "a"));
        var other = UniformDistrict.With();
        _disk.Edit(other);
        Assert.Equal((1, null), _disk.Host.LedgerProgress.MissingRows);
        _disk.Step(Pack(_tenMonths, "a"), End(_tenMonths, "a"));
        _disk.AssertMatchesOracle(_tenMonths);
    }

    private static (long, ResultId, string) Text(ResultVersion version) =>
        (version.Publication.Id, version.Id, System.Text.Encoding.UTF8.GetString(version.Json));

    private static int Standing(CubeStore store)
    {
        using var connection = store.Open();
        using var rows = CubeStore.ReadEffective(connection);
        var count = 0;
        while (rows.MoveNext())
        {
            count++;
        }

        return count;
    }

    // The rows of a ledger are named by it and their number: enough of a hash.
    private static SubmissionsAccepted Pack(List<AcceptedSubmission> rows, string ledger, int from = 1, string? previous = null) => new()
    {
        FromSequence = from,
        ToSequence = rows.Count,
        PreviousLeafHash = previous,
        LastLeafHash = $"{ledger}{rows.Count}",
        Submissions = [.. rows.Skip(from - 1)],
    };

    private static SubmissionsAccepted End(List<AcceptedSubmission> rows, string ledger) => new()
    {
        FromSequence = rows.Count + 1,
        ToSequence = rows.Count,
        PreviousLeafHash = $"{ledger}{rows.Count}",
        Submissions = [],
    };
}

public sealed class A_cube_from_before_the_hashes
{
    [Fact]
    public void Learns_the_one_of_its_newest_row_and_holds_to_it_from_then_on()
    {
        using var disk = new RestartableCubeHost(UniformDistrict.Catalogue);
        var pack = UniformDistrict.Pack(UniformDistrict.Year(2022));
        disk.Step(pack);
        disk.Restart(UniformDistrict.Catalogue);
        var end = new SubmissionsAccepted
        {
            FromSequence = pack.ToSequence + 1,
            ToSequence = pack.ToSequence,
            PreviousLeafHash = "a",
            Submissions = []
        };
        Assert.Empty(disk.Step(end));
        disk.Restart(UniformDistrict.Catalogue);
        disk.Step(end with { PreviousLeafHash = "b" });
        Assert.NotNull(disk.Host.LedgerReplacement);
    }
}

public sealed class A_row_that_names_what_the_catalogue_does_not_know
{
    [Theory]
    [InlineData("NO_SUCH_THING", TestDistrict.Village1,
        "Ledger row 7 names indicator NO_SUCH_THING, which is not in the catalogue: put its row back into indicators.csv.")]
    [InlineData("no such thing", TestDistrict.Village1,
        "Ledger row 7 names indicator no such thing, which is not in the catalogue: put its row back into indicators.csv.")]
    [InlineData(TestDistrict.Firms, "320404009000",
        "Ledger row 7 is of unit 320404009000, which is not in the catalogue: put its row back into units.csv, and set valid_to where "
        + "it has ended.")]
    public void Stops_the_step_in_words(string indicator, string unit, string words)
    {
        using var disk = new RestartableCubeHost(UniformDistrict.Catalogue);
        var submission = UniformDistrict.Revision(TestDistrict.Village1, TestDistrict.Firms, new Period(2022, 3), 4);
        submission = submission with { Sequence = 7, Unit = unit, Values = [submission.Values[0] with { Indicator = indicator }] };
        var fault = Assert.Throws<InvalidDataException>(
            () => disk.Step(new SubmissionsAccepted { FromSequence = 7, ToSequence = 7, Submissions = [submission] }));
        Assert.Equal(words, fault.Message);
    }
}
