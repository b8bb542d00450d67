using System.Globalization;
using XilinIngest.Contracts;
using XilinIngest.Storage;

namespace XilinIngest.Client.Outbox;

/// <summary>
/// Submissions on disk: <c>waiting/</c> until they are answered, then <c>sent/&lt;unit&gt;/&lt;month&gt;/</c> with their receipts. One
/// process at a time has it; a killed one leaves it free. An outbox belongs to one service.
/// </summary>
internal sealed class OutboxFolder : IDisposable
{
    private readonly FileLock _lock;

    // As it is on disk: no one else writes while the lock is held.
    private readonly List<(string File, OutboxEntry Entry)> _waiting = [];
    private readonly Lock _changing = new();
    private long _next;

    private OutboxFolder(string path, FileLock taken)
    {
        (Path, _lock) = (path, taken);
        Durable.MakeFolder(WaitingFolder);
        Durable.MakeFolder(SentFolder);
        Durable.Close(WaitingFolder);
        Durable.Close(SentFolder);
        foreach (var file in Directory.GetFiles(WaitingFolder, Durable.Drafts))
        {
            File.Delete(file);
        }

        foreach (var file in Directory.GetFiles(WaitingFolder, "*.json").Order(StringComparer.Ordinal))
        {
            _next = Math.Max(_next, NumberOf(file) + 1);
            var entry = OutboxEntry.Read(file);

            // A kill between the two steps of Settle left it in both.
            if (File.Exists(SentPath(entry)))
            {
                Durable.Delete(file);
            }
            else
            {
                _waiting.Add((file, entry));
            }
        }
    }

    public string Path { get; }

    private string WaitingFolder => System.IO.Path.Combine(Path, "waiting");

    private string SentFolder => System.IO.Path.Combine(Path, "sent");

    /// <summary>The user's own.</summary>
    public static string Default => System.IO.Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } data ? data : ".", "xilin", "outbox");

    /// <summary>Takes it, and waits while another process has it.</summary>
    /// <param name="path">The folder; made where it is missing.</param>
    /// <param name="waits">Called once, when it has to wait.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<OutboxFolder> OpenAsync(string path, Action waits, CancellationToken cancellationToken)
    {
        path = System.IO.Path.GetFullPath(path);
        Durable.MakeFolder(path);
        for (var tries = 0; ; tries++)
        {
            if (FileLock.TryTake(System.IO.Path.Combine(path, "in-use.lock")) is { } taken)
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
                waits();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    /// <summary>What has no answer yet, oldest first.</summary>
    public IReadOnlyList<OutboxEntry> Waiting()
    {
        lock (_changing)
        {
            return [.. _waiting.Select(waiting => waiting.Entry)];
        }
    }

    /// <summary>Of these what a user may send: their own, and what is no one's.</summary>
    /// <param name="user">Null: over HTTP, where no one has a name.</param>
    public IReadOnlyList<OutboxEntry> WaitingOf(string? user) => [.. Waiting().Where(entry => entry.IsOf(user))];

    /// <summary>What is known of a unit's month, waiting or answered.</summary>
    public IReadOnlyList<OutboxEntry> Of(string unit, string period) =>
        [.. Answered(SentFolderOf(unit, period)), .. Waiting().Where(entry => entry.Unit == unit && entry.Period == period)];

    /// <summary>Everything answered, by unit and month.</summary>
    public IEnumerable<OutboxEntry> Answered() => Directory.EnumerateDirectories(SentFolder).Order(StringComparer.Ordinal)
        .SelectMany(unit => Directory.EnumerateDirectories(unit).Order(StringComparer.Ordinal)).SelectMany(Answered);

    /// <summary>Keeps an entry, in its place where it is waiting already. It is on disk when this returns.</summary>
    public void Put(OutboxEntry entry)
    {
        lock (_changing)
        {
            var at = _waiting.FindIndex(waiting => waiting.Entry.Id == entry.Id);
            if (at >= 0 && _waiting[at].Entry.User == entry.User)
            {
                return;
            }

            var file = at >= 0 ? _waiting[at].File : System.IO.Path.Combine(WaitingFolder, $"{_next++.ToString("D10", CultureInfo.InvariantCulture)}-{entry.Id:D}.json");
            Durable.Write(file, entry.ToBytes());
            if (at >= 0)
            {
                _waiting[at] = (file, entry);
            }
            else
            {
                _waiting.Add((file, entry));
            }
        }
    }

    /// <summary>Moves an entry to what was sent, with its answer.</summary>
    public void Settle(OutboxEntry answered)
    {
        lock (_changing)
        {
            var path = SentPath(answered);
            Durable.MakeFolder(System.IO.Path.GetDirectoryName(path)!);
            Durable.Write(path, answered.ToBytes());
            foreach (var (file, _) in _waiting.Where(waiting => waiting.Entry.Id == answered.Id))
            {
                Durable.Delete(file);
            }

            _waiting.RemoveAll(waiting => waiting.Entry.Id == answered.Id);
        }
    }

    /// <summary>Takes out what need not be sent after all: the same content was accepted before, and stands.</summary>
    public void Drop(OutboxEntry repeated)
    {
        lock (_changing)
        {
            foreach (var (file, _) in _waiting.Where(waiting => waiting.Entry.Id == repeated.Id))
            {
                Durable.Delete(file);
            }

            _waiting.RemoveAll(waiting => waiting.Entry.Id == repeated.Id);
        }
    }

    /// <summary>
    /// Keeps a receipt from the office's queue that no one waits for: of a submission that another program sent, or that is waiting
    /// here and will be asked for again. One that is kept with its submission already is not kept twice.
    /// </summary>
    public void Receive(SubmissionReceipt receipt)
    {
        lock (_changing)
        {
            if (!File.Exists(System.IO.Path.Combine(SentFolderOf(receipt.Unit, receipt.Period), $"{receipt.SubmissionId:D}.json")))
            {
                var folder = System.IO.Path.Combine(Path, "receipts-of-others");
                Durable.MakeFolder(folder);
                Durable.Write(System.IO.Path.Combine(folder, $"{receipt.Sequence.ToString("D10", CultureInfo.InvariantCulture)}-{receipt.SubmissionId:D}.json"), System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(receipt, EntryJson.Shown));
            }
        }
    }

    public void Dispose() => _lock.Dispose();

    private static IEnumerable<OutboxEntry> Answered(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(OutboxEntry.Read) : [];

    private static long NumberOf(string file) =>
        long.TryParse(System.IO.Path.GetFileName(file).Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private string SentPath(OutboxEntry entry) => System.IO.Path.Combine(SentFolderOf(entry.Unit, entry.Period), $"{entry.Id:D}.json");

    private string SentFolderOf(string unit, string period) => System.IO.Path.Combine(SentFolder, Safe(unit), Safe(period));

    // What an office wrote names no folder of its own choosing.
    private static string Safe(string text) => text is { Length: > 0 and <= 32 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        ? text
        : "x-" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))[..16];
}
