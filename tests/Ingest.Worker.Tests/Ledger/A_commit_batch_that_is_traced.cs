using System.Diagnostics;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Observability;

namespace XilinIngest.Worker.Tests.Ledger;

/// <summary>Submissions that came in spans of their own, and the span of the batch that takes them.</summary>
public sealed class A_commit_batch_that_is_traced : IDisposable
{
    private static readonly ActivitySource Senders = new("Test.Senders");
    private readonly LedgerFixture _ledger = new();
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => source.Name is "Test.Senders" or LedgerTelemetry.Name,
        Sample = (ref options) => options.Name == "not sampled"
            ? ActivitySamplingResult.PropagationData : ActivitySamplingResult.AllDataAndRecorded,
    };

    public A_commit_batch_that_is_traced() => ActivitySource.AddActivityListener(_listener);

    public void Dispose()
    {
        _listener.Dispose();
        _ledger.Dispose();
    }

    [Fact]
    public void Is_a_part_of_the_first_submissions_trace_and_links_to_each_other_once()
    {
        var (first, second) = (Receive("first", 2), Receive("second", 3));
        using var commit = LedgerTelemetry.StartCommit([.. first.Pending, .. second.Pending])!;
        Assert.Equal(first.Span.TraceId, commit.TraceId);
        Assert.Equal(first.Span.SpanId, commit.ParentSpanId);
        Assert.Equal([second.Span], commit.Links.Select(link => link.Context));
    }

    [Fact]
    public void Leaves_out_what_is_not_sampled()
    {
        var (dropped, taken) = (Receive("not sampled", 1), Receive("second", 1));
        using var commit = LedgerTelemetry.StartCommit([.. dropped.Pending, .. taken.Pending])!;
        Assert.Equal(taken.Span.TraceId, commit.TraceId);
        Assert.Empty(commit.Links);
        Assert.Null(LedgerTelemetry.StartCommit(dropped.Pending));
    }

    [Fact]
    public void Has_no_span_where_no_submission_has_one() => Assert.Null(LedgerTelemetry.StartCommit([Prepare()]));

    private (ActivityContext Span, List<PendingSubmission> Pending) Receive(string span, int count)
    {
        using var activity = Senders.StartActivity(span)!;
        return (activity.Context, [.. Enumerable.Range(0, count).Select(_ => Prepare())]);
    }

    private PendingSubmission Prepare() => _ledger.Prepare(
        System.Text.Encoding.UTF8.GetBytes(XilinSubmissions.ValidSubmission().ToJsonString()));
}
