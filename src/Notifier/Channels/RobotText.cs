using System.Text;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Channels;

/// <summary>Writes notices as one text for a group chat: as many as fit, and of a notice that is too long its beginning.</summary>
internal static class RobotText
{
    /// <param name="notices">The notices, oldest first; at least one.</param>
    /// <param name="maxBytes">The most bytes in UTF-8.</param>
    /// <returns>The text, and how many of the notices it holds.</returns>
    public static (string Text, int Count) Compose(IReadOnlyList<NoticeContent> notices, int maxBytes)
    {
        var text = Shorten(notices[0], maxBytes);
        var count = 1;
        foreach (var notice in notices.Skip(1))
        {
            var longer = $"{text}\n\n{Write(notice)}";
            if (Encoding.UTF8.GetByteCount(longer) > maxBytes)
            {
                break;
            }

            (text, count) = (longer, count + 1);
        }

        return (text, count);
    }

    private static string Write(NoticeContent notice) => $"{notice.Title}\n{notice.Text}";

    private static string Shorten(NoticeContent notice, int maxBytes)
    {
        if (Encoding.UTF8.GetByteCount(Write(notice)) <= maxBytes)
        {
            return Write(notice);
        }

        var lines = notice.Text.Split('\n');
        for (var kept = lines.Length - 1; kept > 0; kept--)
        {
            var shorter = $"{notice.Title}\n{string.Join('\n', lines.Take(kept))}\n{Rest(notice, lines.Length - kept)}";
            if (Encoding.UTF8.GetByteCount(shorter) <= maxBytes)
            {
                return shorter;
            }
        }

        return $"{notice.Title}\n{Rest(notice, lines.Length)}";
    }

    private static string Rest(NoticeContent notice, int count) => notice.Language == "en"
        ? FormattableString.Invariant($"… and {count} more: see the list of notices.")
        : FormattableString.Invariant($"……另有{count}项，见通知列表。");
}
