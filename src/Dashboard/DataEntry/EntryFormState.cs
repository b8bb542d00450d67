using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Dashboard.Data;

namespace XilinIngest.Dashboard.DataEntry;

/// <summary>
/// Someone entering a form: what the service says of it, and what became of sending it. A submission has one id, however often it takes
/// to send it: until there is an answer the same bytes go again, and count once.
/// </summary>
internal sealed class EntryFormState(ServiceClient client)
{
    // A notice that an explanation was not needed: it is only sent along to be looked at, and not sent in the end.
    private const string UnneededExplanationRule = "F404";

    private int _edits;
    private int _editsWhenSent = -1;
    private int _editsWhenChecked;

    public EntryFormFields Fields { get; } = new();

    public UnitForm Form { get; private set; } = null!;

    /// <summary>What the service would answer; null: nothing was typed, or it was not to be asked.</summary>
    public SubmissionCheck? Check { get; private set; }

    /// <summary>Why there is no answer.</summary>
    public ServiceProblem? Problem { get; private set; }

    public bool IsChecking { get; private set; }

    public bool IsSending { get; private set; }

    /// <summary>What was sent and not answered: it may be recorded, or not.</summary>
    public string? UnansweredBody { get; private set; }

    public SubmissionReceipt? Receipt { get; private set; }

    /// <summary>What the receipt is of.</summary>
    public SubmitIndicators? Sent { get; private set; }

    public IEnumerable<Finding> Findings => Check?.Findings.Where(finding => finding.Rule != UnneededExplanationRule) ?? [];

    public int Faults =>
        Fields.Lines.Sum(line => line.Faults.Count()) + Findings.Count(finding => finding.Severity == FindingSeverity.Error);

    public int Questions => Findings.Count(finding => finding.Severity == FindingSeverity.Question);

    /// <summary>Whether it is the submission that has no answer yet that would be sent: nothing was typed since.</summary>
    public bool IsResend => UnansweredBody is not null && _editsWhenSent == _edits;

    /// <summary>Counts what is typed, so that an answer to what is no longer there is known.</summary>
    public int CountEdit() => ++_edits;

    public bool IsUnchangedSince(int typed) => _edits == typed;

    /// <summary>Whether something was typed since it was checked.</summary>
    public bool IsCheckOutdated => _editsWhenChecked != _edits;

    /// <returns>Whether something else stands than before.</returns>
    public bool Load(UnitForm form, CatalogueView catalogue)
    {
        var isNew = Form?.NextRevision != form.NextRevision;
        Form = form;
        Fields.Load(form, catalogue);
        return isNew;
    }

    /// <summary>Puts back what a page that is gone had kept.</summary>
    public void Restore(IReadOnlyDictionary<string, string> typed, string? body)
    {
        Fields.Restore(typed);

        // What was typed since is another submission: it goes under an id of its own, and is not taken for the one that has no answer.
        UnansweredBody = body;
        _editsWhenSent = body is not null && Fields.Matches(JsonSerializer.Deserialize<SubmitIndicators>(body, WireFormat.Options)!)
            ? _edits : -1;
    }

    /// <summary>Asks what it would be answered, by the rules that will judge it.</summary>
    /// <param name="now">The service's time, about.</param>
    public async Task CheckAsync(DateTimeOffset now)
    {
        if (Fields.ToSubmission(Form, Guid.NewGuid(), now) is not { } submission)
        {
            (Check, Problem, IsChecking, _editsWhenChecked) = (null, null, false, _edits);
            return;
        }

        IsChecking = true;
        var typed = _edits;
        var answer = await client.PostAsync<SubmissionCheck>("/api/submissions/check", Serialize(submission));
        if (IsUnchangedSince(typed))
        {
            (Check, Problem, IsChecking, _editsWhenChecked) = (answer.Value, answer.Problem, false, typed);
        }
    }

    /// <summary>Sends it, if nothing stands in its way. While it is on its way, a second call does nothing.</summary>
    /// <param name="now">As above.</param>
    /// <param name="keep">Keeps what is sent until it is answered, should the page go.</param>
    public async Task SendAsync(DateTimeOffset now, Func<string, Task> keep)
    {
        if (IsSending)
        {
            return;
        }

        IsSending = true;
        try
        {
            if (IsResend || await PrepareAsync(now, keep))
            {
                await PostAsync();
            }
        }
        finally
        {
            IsSending = false;
        }
    }

    /// <summary>Back to the form.</summary>
    public void ReturnToForm() => (Receipt, Sent) = (null, null);

    private async Task<bool> PrepareAsync(DateTimeOffset now, Func<string, Task> keep)
    {
        var typed = _edits;
        await CheckAsync(now);
        if (Faults > 0 || Check is not { Verdict: not Verdict.Refused } || !IsUnchangedSince(typed))
        {
            return false;
        }

        Fields.RemoveStaleExplanations([.. Findings]);

        // Its time orders it among others: the service's, to the moment.
        var begin = await client.GetUncachedAsync<ReportingStatus>("/api/begin");
        if (begin.Value is null || Fields.ToSubmission(Form, Guid.NewGuid(), begin.Value.Now) is not { } submission)
        {
            Problem = begin.Problem;
            return false;
        }

        (UnansweredBody, _editsWhenSent) = (Serialize(submission), typed);
        await keep(UnansweredBody);
        return true;
    }

    private async Task PostAsync()
    {
        // Here the right to the unit is exercised: all that is entered goes through this line.
        var answer = await client.PostAsync<SubmissionReceipt>("/api/submissions", UnansweredBody!);
        Problem = answer.Problem;
        if (answer.Value is { } receipt)
        {
            (Receipt, Sent, Check) = (receipt, JsonSerializer.Deserialize<SubmitIndicators>(UnansweredBody!, WireFormat.Options), null);
            if (receipt.Verdict != Verdict.Refused)
            {
                Fields.Clear();
            }
        }

        // A no for good is an answer too; what is away may have taken it.
        if (answer.Problem is not { Status: 0 or 429 or >= 500 })
        {
            UnansweredBody = null;
        }
    }

    private static string Serialize(SubmitIndicators submission) => JsonSerializer.Serialize(submission, WireFormat.Options);
}
