using System.Text;
using System.Text.Json;
using XilinIngest.Contracts;

namespace XilinIngest.ClientLibrary;

/// <summary>
/// A submission as it is sent. Store the bytes and send them again after a failure, because the service refuses the same id with other
/// content.
/// </summary>
public sealed record SubmissionMessage
{
    /// <summary>The submission's id, as in the body.</summary>
    public required Guid Id { get; init; }

    /// <summary>The unit's code, as in the body.</summary>
    public required string Unit { get; init; }

    /// <summary>The month, <c>yyyy-MM</c>, as in the body.</summary>
    public required string Period { get; init; }

    /// <summary>The submission (<see cref="SubmitIndicators"/>) as JSON, UTF-8, at most 256 KiB.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Serialises a submission.</summary>
    /// <param name="submission">The submission.</param>
    /// <returns>The message.</returns>
    public static SubmissionMessage From(SubmitIndicators submission)
    {
        ArgumentNullException.ThrowIfNull(submission);
        return new()
        {
            Id = submission.SubmissionId,
            Unit = submission.Unit,
            Period = submission.Period,
            Body = JsonSerializer.SerializeToUtf8Bytes(submission, WireFormat.Options),
        };
    }

    /// <summary>The body as text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Body.Span);
}
