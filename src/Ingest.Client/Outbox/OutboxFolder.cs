using System.Globalization;
using XilinIngest.Contracts;
using XilinIngest.InputOutput;

namespace XilinIngest.Client.Outbox;

/// <summary>
/// Submissions on disk: in <c>waiting/</c> until the reply, then in <c>sent/&lt;unit&gt;/&lt;month&gt;/</c> with their receipts. One
/// process at a time holds the folder; the lock ends with the process. An outbox belongs to one service.
/// </summary>
internal sealed class OutboxFolder : IDisposable
{
    private readonly FileLock _lock;

    // The same as on disk, because no other process writes while the lock is held.
    private readonly List<(string File, OutboxEntry Entry)> _pending = [];
    private readonly Lock _changing = new();
    private long _next;

    private OutboxFolder(string path, FileLock taken)
    {
        (Path, _lock) = (path, taken);
        AtomicFile.CreateFolder(PendingFolder);
        AtomicFile.CreateFolder(SentFolder);
        AtomicFile.RestrictToOwner(PendingFolder);
        AtomicFile.RestrictToOwner(SentFolder);
        foreach (var file in Directory.GetFiles(PendingFolder, AtomicFile.TemporaryFilePattern))
        {
            File.Delete(file);
        }

        foreach (var file in Directory.GetFiles(PendingFolder, "*.json").Order(StringComparer.Ordinal))
        {
            _next = Math.Max(_next, NumberOf(file) + 1);
            var entry = OutboxEntry.Read(file);

            // A kill between the two steps of Complete left it in both folders.
            if (File.Exists(SentPath(entry)))
            {
                AtomicFile.Delete(file);
            }
            else
            {
                _pending.Add((file, entry));
            }
        }
    }

    public string Path { get; }

    private string PendingFolder => System.IO.Path.Combine(Path, "waiting");

    private string SentFolder => System.IO.Path.Combine(Path, "sent");

    /// <summary>The folder of the current user.</summary>
    public static string Default => System.IO.Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } data ? data : ".", "xilin", "outbox");

    /// <summary>Opens the folder, and waits while another process holds it.</summary>
    /// <param name="path">The folder; it is created if missing.</param>
    /// <param name="onWaiting">Called once if it has to wait.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public static async Task<OutboxFolder> OpenAsync(string path, Action onWaiting, CancellationToken cancellationToken)
    {
        path = System.IO.Path.GetFullPath(path);
        AtomicFile.CreateFolder(path);
        for (var tries = 0; ; tries++)
        {
            if (FileLock.TryAcquire(System.IO.Path.Combine(path, "in-use.lock")) is { } taken)
            {
                try
                {
                    return new OutboxFolder(path, taken);
                }
                catch
                {
                    taken.Dispose();
                    throw;
                }
            }

            if (tries == 10)
            {
                onWaiting();
            }

            // This polls for a lock; it does not retry a failure.
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    /// <summary>The entries without a reply, oldest first.</summary>
    public IReadOnlyList<OutboxEntry> Pending()
    {
        lock (_changing)
        {
            return [.. _pending.Select(waiting => waiting.Entry)];
        }
    }

    /// <summary>The waiting entries that a user may send: the user's own, and those without a user.</summary>
    /// <param name="user">The user; null: over HTTP, without a user name.</param>
    public IReadOnlyList<OutboxEntry> PendingFor(string? user) => [.. Pending().Where(entry => entry.BelongsTo(user))];

    /// <summary>The entries of a unit's month, waiting or answered.</summary>
    public IReadOnlyList<OutboxEntry> EntriesFor(string unit, string period) =>
        [.. Answered(SentFolderOf(unit, period)), .. Pending().Where(entry => entry.Unit == unit && entry.Period == period)];

    /// <summary>All answered entries, by unit and month.</summary>
    public IEnumerable<OutboxEntry> Answered() => Directory.EnumerateDirectories(SentFolder).Order(StringComparer.Ordinal)
        .SelectMany(unit => Directory.EnumerateDirectories(unit).Order(StringComparer.Ordinal)).SelectMany(Answered);

    /// <summary>Saves an entry. A waiting entry keeps its position. The entry is on disk when this returns.</summary>
    public void Save(OutboxEntry entry)
    {
        lock (_changing)
        {
            var at = _pending.FindIndex(waiting => waiting.Entry.Id == entry.Id);
            if (at >= 0 && _pending[at].Entry.User == entry.User)
            {
                return;
            }

            var file = at >= 0
                ? _pending[at].File
                : System.IO.Path.Combine(PendingFolder, $"{_next++.ToString("D10", CultureInfo.InvariantCulture)}-{entry.Id:D}.json");
            AtomicFile.Write(file, entry.ToBytes());
            if (at >= 0)
            {
                _pending[at] = (file, entry);
            }
            else
            {
                _pending.Add((file, entry));
            }
        }
    }

    /// <summary>Moves an entry with its reply to the sent folder.</summary>
    public void Complete(OutboxEntry answered)
    {
        lock (_changing)
        {
            var path = SentPath(answered);
            AtomicFile.CreateFolder(System.IO.Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, answered.ToBytes());
            foreach (var (file, _) in _pending.Where(waiting => waiting.Entry.Id == answered.Id))
            {
                AtomicFile.Delete(file);
            }

            _pending.RemoveAll(waiting => waiting.Entry.Id == answered.Id);
        }
    }

    /// <summary>Removes an entry that need not be sent, because the same content was accepted before and is effective.</summary>
    public void Remove(OutboxEntry repeated)
    {
        lock (_changing)
        {
            foreach (var (file, _) in _pending.Where(waiting => waiting.Entry.Id == repeated.Id))
            {
                AtomicFile.Delete(file);
            }

            _pending.RemoveAll(waiting => waiting.Entry.Id == repeated.Id);
        }
    }

    /// <summary>
    /// Saves a receipt from the office's queue without a waiting sender. Its submission was sent by another program, or waits here and will
    /// be sent again. A receipt that is already saved with its submission is not saved again.
    /// </summary>
    public void SaveUnmatchedReceipt(SubmissionReceipt receipt)
    {
        lock (_changing)
        {
            if (!File.Exists(System.IO.Path.Combine(SentFolderOf(receipt.Unit, receipt.Period), $"{receipt.SubmissionId:D}.json")))
            {
                var folder = System.IO.Path.Combine(Path, "receipts-of-others");
                AtomicFile.CreateFolder(folder);
                AtomicFile.Write(
                    System.IO.Path.Combine(folder,
                        $"{receipt.Sequence.ToString("D10", CultureInfo.InvariantCulture)}-{receipt.SubmissionId:D}.json"),
                        System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(receipt, OutboxEntryJson.Options));
            }
        }
    }

    public void Dispose() => _lock.Dispose();

    private static IEnumerable<OutboxEntry> Answered(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(OutboxEntry.Read) : [];

    private static long NumberOf(string file) =>
        long.TryParse(System.IO.Path.GetFileName(file).Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : 0;

    private string SentPath(OutboxEntry entry) => System.IO.Path.Combine(SentFolderOf(entry.Unit, entry.Period), $"{entry.Id:D}.json");

    private string SentFolderOf(string unit, string period) => System.IO.Path.Combine(SentFolder, ToFolderName(unit), ToFolderName(period));

    // A folder name is derived from text that an office wrote, so it must not name another folder.
    private static string ToFolderName(string text) =>
        text is { Length: > 0 and <= 32 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        ? text
        : "x-" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))[..16];
}
