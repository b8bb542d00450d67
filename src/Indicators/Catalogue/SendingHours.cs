namespace XilinIngest.Indicators;

/// <summary>The days on which offices work: Monday to Friday, but for the days that the State Council has moved (调休).</summary>
/// <param name="Exceptions">Days that differ from that; true: a working day.</param>
public sealed record WorkingDays(IReadOnlyDictionary<DateOnly, bool> Exceptions)
{
    /// <summary>Monday to Friday.</summary>
    public static WorkingDays MondayToFriday { get; } = new(new Dictionary<DateOnly, bool>());

    public bool Contains(DateOnly day) => Exceptions.TryGetValue(day, out var works)
        ? works : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}

/// <summary>The hours in which a route may send, in China's time.</summary>
/// <param name="QuietFrom">The start of the quiet hours.</param>
/// <param name="QuietTo">Their end, on the next day if it is before the start; equal to the start: no quiet hours.</param>
/// <param name="WorkingDaysOnly">Whether nothing is sent on other days.</param>
public sealed record SendingHours(TimeOnly QuietFrom, TimeOnly QuietTo, bool WorkingDaysOnly)
{
    // A holiday of a whole year would be a mistake in the file, not a reason to search for ever.
    private const int MaxDays = 366;
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    /// <summary>At any time.</summary>
    public static SendingHours Always { get; } = new(TimeOnly.MinValue, TimeOnly.MinValue, WorkingDaysOnly: false);

    /// <summary>The first moment from a time on in which something may be sent.</summary>
    public DateTimeOffset FirstFrom(DateTimeOffset time, WorkingDays working)
    {
        var local = time.ToOffset(ChinaOffset);
        for (var day = 0; day <= MaxDays; day++)
        {
            var date = DateOnly.FromDateTime(local.DateTime);
            if (WorkingDaysOnly && !working.Contains(date))
            {
                local = new DateTimeOffset(date.AddDays(1).ToDateTime(TimeOnly.MinValue), ChinaOffset);
                continue;
            }

            if (!IsQuiet(TimeOnly.FromDateTime(local.DateTime)))
            {
                break;
            }

            // The end of the quiet hours, which may be on the next day, and that day a holiday.
            var end = TimeOnly.FromDateTime(local.DateTime) < QuietTo ? date : date.AddDays(1);
            local = new DateTimeOffset(end.ToDateTime(QuietTo), ChinaOffset);
        }

        return local.ToUniversalTime();
    }

    private bool IsQuiet(TimeOnly time) => QuietFrom != QuietTo && time.IsBetween(QuietFrom, QuietTo);
}
