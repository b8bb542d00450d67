using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using XilinIngest.Indicators;

namespace XilinIngest.Samples;

/// <summary>One value as sent; a null figure withdraws it.</summary>
internal sealed record Said(string Indicator, string Unit, Figure? Figure, decimal? YearToDate = null, string? Note = null);

/// <summary>One submission as sent: a line of a file.</summary>
internal sealed record Submission(
    string Unit, Period Period, int Revision, DateTimeOffset At, IReadOnlyList<Said> Values, IReadOnlyList<Answer> Answers, string? Reason)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The first 16 bytes of the SHA-256 of <c>unit|period|revision</c>, marked as a version 8 UUID (RFC 9562).</summary>
    private Guid Id
    {
        get
        {
            var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{Unit}|{Period}|{Revision}")).AsSpan(0, 16);
            bytes[6] = (byte)(bytes[6] & 0x0F | 0x80);
            bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
            return new Guid(bytes, bigEndian: true);
        }
    }

    public string Line()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("submissionId", Id);
            json.WriteString("unit", Unit);
            json.WriteString("period", Period.ToString());
            json.WriteNumber("revision", Revision);
            json.WriteString("submittedAt", At);
            json.WriteString("submittedBy", Unit);
            json.WriteStartArray("values");
            foreach (var value in Values)
            {
                Write(json, value);
            }

            json.WriteEndArray();
            WriteWords(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, Said value)
    {
        json.WriteStartObject();
        json.WriteString("indicator", value.Indicator);
        if (value.Figure is { } figure)
        {
            json.WriteNumber("value", figure.Value);
            json.WriteString("unit", value.Unit);
            WriteIfAny(json, "yearToDate", value.YearToDate);
            WriteIfAny(json, "lastYear", figure.LastYear);
            WriteIfAny(json, "numerator", figure.Numerator);
            WriteIfAny(json, "denominator", figure.Denominator);
            if (figure.Date is { } date)
            {
                json.WriteString("date", date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            }
        }
        else
        {
            json.WriteNull("value");
            json.WriteString("unit", value.Unit);
        }

        if (value.Note is { } note)
        {
            json.WriteString("note", note);
        }

        json.WriteEndObject();
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private void WriteWords(Utf8JsonWriter json)
    {
        if (Answers.Count > 0)
        {
            json.WriteStartArray("explanations");
            foreach (var answer in Answers)
            {
                json.WriteStartObject();
                json.WriteString("rule", answer.Rule);
                json.WriteString("indicator", answer.Indicator);
                json.WriteString("text", answer.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (Reason is not null)
        {
            json.WriteStartObject("correction");
            json.WriteString("reason", Reason);
            json.WriteEndObject();
        }
    }
}
