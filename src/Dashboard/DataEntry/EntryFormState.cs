using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Dashboard.Data;

namespace XilinIngest.Dashboard.DataEntry;

/// <summary>
/// The state of an entry form: the service's check, and the result of sending. A submission keeps one id over all attempts: until there is
/// an answer, the same bytes are sent again and count once.
/// </summary>
internal sealed class EntryFormState(ServiceClient client)
{
    // The notice that an explanation was not needed. Such an explanation is part of the check, but is removed before sending.
    private const string UnneededExplanationRule = "F404";

    private int _edits;
    private int _editsWhenSent = -1;
    private int _editsWhenChecked;

    public EntryFormFields Fields { get; } = new();

    public UnitForm Form { get; private set; } = null!;

    /// <summary>The service's check; null: there is no input, or the service gave no answer.</summary>
    public SubmissionCheck? Check { get; private set; }

    /// <summary>The reason why there is no answer.</summary>
    public ServiceProblem? Problem { get; private set; }

    public bool IsChecking { get; private set; }

    public bool IsSending { get; private set; }

    /// <summary>The submission that was sent and has no answer. It may or may not be recorded.</summary>
    public string? UnansweredBody { get; private set; }

    public SubmissionReceipt? Receipt { get; private set; }

    /// <summary>The submission that the receipt belongs to.</summary>
    public SubmitIndicators? Sent { get; private set; }

    public IEnumerable<Finding> Findings => Check?.Findings.Where(finding => finding.Rule != UnneededExplanationRule) ?? [];

    public int Faults =>
        Fields.Lines.Sum(line => line.Faults.Count()) + Findings.Count(finding => finding.Severity == FindingSeverity.Error);

    public int Questions => Findings.Count(finding => finding.Severity == FindingSeverity.Question);

    /// <summary>Whether the unanswered submission would be sent again, because there was no input since.</summary>
    public bool IsResend => UnansweredBody is not null && _editsWhenSent == _edits;

    /// <summary>Counts the edits, so that an answer to outdated input can be recognised.</summary>
    public int CountEdit() => ++_edits;

    public bool IsUnchangedSince(int typed) => _edits == typed;

    /// <summary>Whether there was input since the last check.</summary>
    public bool IsCheckOutdated => _editsWhenChecked != _edits;

    /// <returns>Whether the effective values have changed.</returns>
    public bool Load(UnitForm form, CatalogueView catalogue)
    {
        var isNew = Form?.NextRevision != form.NextRevision;
        Form = form;
        Fields.Load(form, catalogue);
        return isNew;
    }

    /// <summary>Restores the input that a closed page had stored.</summary>
    public void Restore(IReadOnlyDictionary<string, string> typed, string? body)
    {
        Fields.Restore(typed);

        // Input after sending makes another submission. It gets its own id and does not replace the unanswered one.
        UnansweredBody = body;
        _editsWhenSent = body is not null && Fields.Matches(JsonSerializer.Deserialize<SubmitIndicators>(body, WireFormat.Options)!)
            ? _edits : -1;
    }

    /// <summary>Checks the input by the rules that apply to the submission itself.</summary>
    /// <param name="now">The approximate time of the service.</param>
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

    /// <summary>Sends the submission if there is no fault. A second call while sending has no effect.</summary>
    /// <param name="now">The approximate time of the service.</param>
    /// <param name="keep">Stores the submission until it is answered, in case the page closes.</param>
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

    /// <summary>Returns to the form.</summary>
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

        // The time of a submission determines its order, so the service's exact time is used.
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
        // Every submission of the form is sent here, so the service checks the right to the unit here.
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

        // A final refusal is an answer. An unavailable service may have recorded the submission.
        if (answer.Problem is not { Status: 0 or 429 or >= 500 })
        {
            UnansweredBody = null;
        }
    }

    private static string Serialize(SubmitIndicators submission) => JsonSerializer.Serialize(submission, WireFormat.Options);
}
