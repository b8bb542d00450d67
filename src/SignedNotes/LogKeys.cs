namespace XilinIngest.SignedNotes;

/// <summary>A key of a log.</summary>
/// <param name="Key">The public key.</param>
/// <param name="After">The size of the log when the key was made: it signs larger ones.</param>
/// <param name="Introduction">The note that introduced it (<see cref="KeyIntroduction"/>); null: it is the log's first key.</param>
public sealed record LogKey(NoteVerifier Key, long After, string? Introduction);

/// <summary>
/// All keys that ever signed a log: its own, named as the log, and those of its times. Of each kind, a newer one takes the place of the one
/// before it.
/// </summary>
/// <param name="origin">The log.</param>
/// <param name="all">The keys, oldest first.</param>
public sealed class LogKeys(string origin, IReadOnlyList<LogKey> all)
{
    /// <summary>The end of the name of the key of times.</summary>
    public const string TimeName = "/time";

    /// <summary>The log.</summary>
    public string Origin => origin;

    /// <summary>The keys, oldest first.</summary>
    public IReadOnlyList<LogKey> All => all;

    /// <summary>The newest key of the log; null: there is none.</summary>
    public NoteVerifier? Newest => Find(NoteAlgorithm.Ed25519, long.MaxValue);

    /// <summary>The newest key of times; null: there is none.</summary>
    public NoteVerifier? NewestOfTimes => Find(NoteAlgorithm.Cosignature, long.MaxValue);

    /// <summary>The name of the key of times, which signs the times of all logs of an installation.</summary>
    public static string TimeNameOf(string installation) => installation + TimeName;

    /// <summary>When a checkpoint was signed, to the second; null: the keys of its size did not sign it, or it is of another log.</summary>
    /// <param name="checkpointOrigin">The log that it names.</param>
    /// <param name="size">The number of entries.</param>
    /// <param name="root">The root in hexadecimal.</param>
    /// <param name="signatures">The lines of its note.</param>
    public DateTimeOffset? FindTime(string? checkpointOrigin, long size, string? root, IReadOnlyList<string>? signatures)
    {
        if (checkpointOrigin != origin || CheckpointNote.Compose(origin, size, root, signatures) is not { } note
            || Find(NoteAlgorithm.Ed25519, size) is not { } log || Find(NoteAlgorithm.Cosignature, size) is not { } time)
        {
            return null;
        }

        var valid = note.Verify([log, time]).Valid;
        return valid.Count == 2 ? valid.First(signature => signature.Key.Equals(time)).Time : null;
    }

    /// <summary>Whether each key follows from one that is trusted; what does not, in plain words; null: nothing.</summary>
    /// <param name="isTrusted">Whether a key of the log is known from elsewhere, and no former one.</param>
    /// <param name="isKnownTime">Whether a key of times is known from elsewhere; null: each may be. One that is not has to stand after a
    /// trusted key, because a former key may be stolen: it must not introduce a key of times now.</param>
    public string? FindFault(Func<NoteVerifier, bool> isTrusted, Func<NoteVerifier, bool>? isKnownTime = null)
    {
        LogKey? log = null, time = null;
        var (anyTrusted, after) = (false, 0L);
        foreach (var each in all)
        {
            var isOfTimes = each.Key.Algorithm == NoteAlgorithm.Cosignature;
            if (!isOfTimes && (each.Key.Algorithm != NoteAlgorithm.Ed25519 || each.Key.Name != origin))
            {
                return $"the key {each.Key} is none of the log {origin}.";
            }

            var former = isOfTimes ? time : log;
            if (each.After < after || !IsIntroduced(each, former, log)
                || isOfTimes && !anyTrusted && isKnownTime?.Invoke(each.Key) == false)
            {
                return $"the key {each.Key} is not introduced by a key that was there before it.";
            }

            after = each.After;
            (log, time) = isOfTimes ? (log, each) : (each, time);
            anyTrusted |= !isOfTimes && isTrusted(each.Key);
        }

        return anyTrusted ? null : $"no key of the log {origin} is known.";
    }

    private bool IsIntroduced(LogKey added, LogKey? former, LogKey? log)
    {
        if (former is not null && added.Key.Name != former.Key.Name)
        {
            return false;
        }

        var said = new KeyIntroduction(origin, added.After, former?.Key, added.Key);
        return added.Key.Algorithm == NoteAlgorithm.Cosignature ? log is not null && said.IsMadeBy(added.Introduction, log.Key)
            : former is null ? added is { Introduction: null, After: 0 }
            : said.IsMadeBy(added.Introduction, former.Key, added.Key);
    }

    private NoteVerifier? Find(NoteAlgorithm algorithm, long size) =>
        all.LastOrDefault(each => each.Key.Algorithm == algorithm && each.After < size)?.Key;
}
