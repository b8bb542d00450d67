using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using XilinIngest.Submissions.Reading;

namespace XilinIngest.Submissions.Tests;

/// <summary>Whatever comes: an answer, or a body that no one can read; and never a figure that was not sent.</summary>
public sealed class Any_body_at_all
{
    private const int Times = 10_000;
    private static readonly string[] Fields =
    [
        "submissionId", "unit", "period", "revision", "submittedAt", "submittedBy", "values", "explanations", "correction", "submissions",
        "indicator", "value",
        "yearToDate", "lastYear", "numerator", "denominator", "date", "withdraw", "note", "rule", "text", "reason",
        "\\u0075nit", "","PETITIONS",
    ];

    private static readonly string[] Scalars =
    [
        "null", "true", "0", "-0", "-0.0", "3", "1.50", "-7", "1e5", "1e-400", "9999999999999999999999999999999999999999", "0.0000001",
        "\"\"", "\"PETITIONS\"",
        "\"RETAIL_SALES\"", "\"VACCINATION\"", "\"件\"", "\"2022-07\"", "\"9999-12\"", "\"0001-01\"", $"\"{Village}\"", $"\"{Firm}\"",
        "\"2022-08-03T09:14:00+08:00\"",
        "\"9999-12-31T23:59:59Z\"", "\"0001-01-01T00:00:00+08:00\"", "\"0001-01-01T00:00:00Z\"", "\"0b9f6a3c-52d1-4d0e-9a57-3f2f6c1d8e01\"",
        "\"\\ud800\"",
        "\"\\u0000\\u001b[31m\"", "\"a\\nb\"", "\"\\u2028\\u202e\"", "\"😀\"", "\"核实无误\"",
    ];

    private static readonly Gen<string> Json = Gen.Recursive<string>((depth, json) => depth > 2
        ? OneOf(Scalars)
        : Gen.Frequency(
            (3, OneOf(Scalars)),
            (1, json.Array[0, 3].Select(items => $"[{string.Join(',', items)}]")),
            (2, Gen.Select(OneOf(Fields), json).Array[0, 6]
                .Select(fields => $"{{{string.Join(',', fields.DistinctBy(f => f.Item1).Select(f => $"\"{f.Item1}\":{f.Item2}"))}}}"))));

    [Fact]
    public void Of_random_bytes_never_fails_the_reader() => Gen.Byte.Array[0, 200].Sample(AssertAnswered, iter: Times);

    [Fact]
    public void Of_random_JSON_never_fails_the_reader() => Gen.Select(OneOf(Fields), Json).Array[0, 8]
        .Select(fields => $"{{{string.Join(',', fields.DistinctBy(f => f.Item1).Select(f => $"\"{f.Item1}\":{f.Item2}"))}}}")
        .Sample(text => AssertAnswered(Encoding.UTF8.GetBytes(text)), iter: Times);

    [Fact]
    public void Of_a_good_one_with_a_field_replaced_never_fails_the_reader() => Gen.Select(Gen.Int[0, 15], Json).Sample((at, json) =>
    {
        var nodes = Places(Full()).ToList();
        AssertAnswered(Encoding.UTF8.GetBytes(Replace(Full(), nodes[at % nodes.Count], json)));
    }, iter: Times);

    [Fact]
    public void Of_a_good_one_with_bytes_changed_never_fails_the_reader() =>
        Gen.Select(Gen.Int[0, 500], Gen.Byte).Array[1, 4].Sample(changes =>
    {
        var bytes = Full().Bytes();
        foreach (var (at, value) in changes)
        {
            bytes[at % bytes.Length] = value;
        }

        AssertAnswered(bytes);
    }, iter: Times);

    [Fact]
    public void Of_a_good_one_cut_short_never_fails_the_reader()
    {
        var bytes = Full().Bytes();
        for (var length = 0; length < bytes.Length; length++)
        {
            AssertAnswered(bytes[..length]);
        }
    }

    private static Gen<string> OneOf(string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static JsonObject Full()
    {
        var sheet = NewSubmission(Village, "2022-07", Petitions(31.5m), Rate(1, 2))
            .Set("correction", ReasonOf("补报漏报的合同"));
        sheet["submissionId"] = "0b9f6a3c-52d1-4d0e-9a57-3f2f6c1d8e01";
        sheet.FirstValue()["yearToDate"] = 200;
        sheet["explanations"] = new JsonArray(Because("R06", "更正5月份漏报的一笔"));
        return sheet;
    }

    private static IEnumerable<string> Places(JsonObject sheet) =>
        sheet.Select(field => field.Key).Concat(sheet.FirstValue().Select(field => "values." + field.Key));

    private static string Replace(JsonObject sheet, string place, string json)
    {
        var target = place.StartsWith("values.", StringComparison.Ordinal) ? sheet.FirstValue() : sheet;
        target[place.Split('.')[^1]] = "@here@";
        return sheet.ToJsonString().Replace("\"@here@\"", json, StringComparison.Ordinal);
    }

    private static void AssertAnswered(byte[] body)
    {
        IReadOnlyList<Submission> all;
        try
        {
            all = SubmissionTestReader.Read(body);
        }
        catch (UnreadableBodyException)
        {
            return;
        }

        Assert.NotEmpty(all);
        var text = Encoding.UTF8.GetString(body);
        foreach (var submission in all)
        {
            var decision = submission.Decide();
            Assert.All(decision.Findings, FindingAssertions.AssertComplete);
            Assert.Equal(submission.HasErrors, decision.Verdict == Contracts.Verdict.Refused && submission.Findings.Count > 0);
            foreach (var figures in submission.Values.Select(value => value.Figures))
            {
                decimal?[] all5 = [figures.Value, figures.YearToDate, figures.LastYear, figures.Numerator, figures.Denominator];
                Assert.All(all5.OfType<decimal>(),
                    figure => Assert.Contains(figure.ToString(CultureInfo.InvariantCulture).TrimStart('-'), text,
                        StringComparison.Ordinal));
            }
        }
    }
}
