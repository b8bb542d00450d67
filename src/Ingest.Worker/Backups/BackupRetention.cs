namespace XilinIngest.Worker.Backups;

/// <summary>Which backups are kept: the newest of each of the last days, and of each of the last months, that have one.</summary>
/// <param name="Daily">The number of days.</param>
/// <param name="Monthly">The number of months.</param>
internal sealed record BackupRetention(int Daily = 30, int Monthly = 12)
{
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    /// <summary>The backups that may be deleted; never the newest.</summary>
    /// <param name="made">When each was made.</param>
    public IReadOnlyList<DateTimeOffset> FindExpired(IEnumerable<DateTimeOffset> made)
    {
        List<DateTimeOffset> newestFirst = [.. made.OrderDescending()];
        var kept = newestFirst.Take(1)
            .Concat(NewestOfEach(newestFirst, time => time.Date).Take(Daily))
            .Concat(NewestOfEach(newestFirst, time => new DateTime(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Unspecified))
                .Take(Monthly)).ToHashSet();
        return [.. newestFirst.Where(time => !kept.Contains(time))];
    }

    private static IEnumerable<DateTimeOffset> NewestOfEach(
        IEnumerable<DateTimeOffset> newestFirst, Func<DateTimeOffset, DateTime> spanOf) =>
        newestFirst.GroupBy(time => spanOf(time.ToOffset(ChinaOffset))).Select(group => group.First());
}
