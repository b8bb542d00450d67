namespace XilinIngest.SignedNotes.Tests;

public sealed class The_keys_of_a_log
{
    private const string Origin = "stats.example/xilin/32.04";
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000);
    private static readonly byte[] Root = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private readonly NoteSigner _first = New(), _second = New(), _other = New();
    private readonly NoteSigner _time = NoteSigner.FromPem(NoteSigner.CreatePem(), "stats.example/xilin/time", NoteAlgorithm.Cosignature);

    [Fact]
    public void Sign_each_the_sizes_of_its_time_alone()
    {
        var keys = Keys(Introduce(100, _first, _second, _first, _second));
        Assert.Equal(Time, TimeOf(keys, 100, _first));
        Assert.Null(TimeOf(keys, 101, _first));
        Assert.Null(TimeOf(keys, 100, _second));
        Assert.Equal(Time, TimeOf(keys, 101, _second));
        Assert.Equal((_second.Verifier, _time.Verifier), (keys.Newest, keys.NewestOfTimes));
    }

    [Fact]
    public void Follow_from_any_of_them_that_is_known()
    {
        var keys = Keys(Introduce(100, _first, _second, _first, _second));
        Assert.Null(keys.FindFault(_first.Verifier.Equals));
        Assert.Null(keys.FindFault(_second.Verifier.Equals));
        Assert.Equal($"no key of the log {Origin} is known.", keys.FindFault(_other.Verifier.Equals));
    }

    [Fact]
    public void Do_not_follow_from_an_introduction_that_one_of_the_two_did_not_sign()
    {
        Assert.NotNull(Keys(Introduce(100, _first, _second, _first)).FindFault(_first.Verifier.Equals));
        Assert.NotNull(Keys(Introduce(100, _first, _second, _second)).FindFault(_second.Verifier.Equals));
        Assert.NotNull(Keys(Introduce(100, _other, _second, _other, _second)).FindFault(_first.Verifier.Equals));
    }

    [Fact]
    public void Do_not_follow_from_the_introduction_of_another_size_or_of_another_log()
    {
        var said = Introduce(100, _first, _second, _first, _second);
        Assert.NotNull(Keys(said with { After = 99 }).FindFault(_first.Verifier.Equals));
        Assert.NotNull(Keys(said with { Introduction = null }).FindFault(_first.Verifier.Equals));
        var all = Keys(said).All;
        Assert.NotNull(new LogKeys("stats.example/xilin", all).FindFault(_first.Verifier.Equals));
        LogKey[] swapped = [all[0], all[2], all[1] with { Introduction = all[2].Introduction }];
        Assert.NotNull(new LogKeys(Origin, swapped).FindFault(_first.Verifier.Equals));
    }

    [Fact]
    public void Do_not_follow_from_a_new_key_of_times_that_a_former_key_introduced()
    {
        // Whoever stole the former key may make one whenever it likes, and put it before the key that is known.
        var stolen = IntroduceTime(_first);
        var keys = new LogKeys(Origin, [.. Keys(stolen).All, Introduce(100, _first, _second, _first, _second)]);
        Assert.NotNull(keys.FindFault(_second.Verifier.Equals, _time.Verifier.Equals));
        Assert.Null(keys.FindFault(_second.Verifier.Equals, key => key.Equals(_time.Verifier) || key.Equals(stolen.Key)));
        Assert.Null(keys.FindFault(_first.Verifier.Equals, _time.Verifier.Equals));

        var alone = new LogKeys(Origin,
        [
            keys.All[0], new(stolen.Key, 0, Note(new(Origin, 0, null, stolen.Key), _first)), keys.All[^1],
        ]);
        Assert.NotNull(alone.FindFault(_second.Verifier.Equals, _time.Verifier.Equals));

        LogKey[] later = [.. Keys(Introduce(100, _first, _second, _first, _second)).All, IntroduceTime(_second, 100)];
        Assert.Null(new LogKeys(Origin, later).FindFault(_second.Verifier.Equals, _time.Verifier.Equals));
    }

    [Fact]
    public void Do_not_follow_where_a_key_signs_smaller_sizes_than_those_before_it()
    {
        var introduced = Introduce(100, _first, _second, _first, _second);
        LogKey[] smaller = [.. Keys(introduced).All, IntroduceTime(_second, 99)];
        Assert.NotNull(new LogKeys(Origin, smaller).FindFault(_second.Verifier.Equals));
        LogKey[] larger = [.. Keys(IntroduceTime(_first, 101)).All, introduced];
        Assert.NotNull(new LogKeys(Origin, larger).FindFault(_first.Verifier.Equals));
    }

    private LogKey IntroduceTime(NoteSigner log, long after = 0)
    {
        var key = NewTime();
        return new(key, after, Note(new(Origin, after, _time.Verifier, key), log));
    }

    private static NoteVerifier NewTime() =>
        NoteSigner.FromPem(NoteSigner.CreatePem(), "stats.example/xilin/time", NoteAlgorithm.Cosignature).Verifier;

    private static NoteSigner New() => NoteSigner.FromPem(NoteSigner.CreatePem(), Origin);

    private LogKeys Keys(LogKey added) => new(Origin,
        [new(_first.Verifier, 0, null), new(_time.Verifier, 0, Note(new(Origin, 0, null, _time.Verifier), _first)), added]);

    private static LogKey Introduce(long after, NoteSigner former, NoteSigner added, params NoteSigner[] signers) =>
        new(added.Verifier, after, Note(new(Origin, after, former.Verifier, added.Verifier), signers));

    private static string Note(KeyIntroduction said, params NoteSigner[] signers) =>
        SignedNote.Create(said.ToString(), [.. signers.Select(signer => signer.Sign(said.ToString()))]).ToString();

    private DateTimeOffset? TimeOf(LogKeys keys, long size, NoteSigner log)
    {
        var text = CheckpointText.Create(Origin, size, Root).ToString();
        return keys.FindTime(Origin, size, Convert.ToHexStringLower(Root), [log.Sign(text).Line, _time.Cosign(text, Time).Line]);
    }
}
