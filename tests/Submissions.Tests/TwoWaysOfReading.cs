using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using XilinIngest.Submissions.Reading;

namespace XilinIngest.Submissions.Tests;

/// <summary>The pass without a document reads a body exactly as the document reader does, or leaves it to that reader.</summary>
public sealed class A_body_read_without_a_document
{
    private const int Times = 20_000;
    private const long MaxDigits = 999_999_999_999_999;

    private static readonly string[] Fragments =
    [
        "null", "true", "0", "-0", "-0.0", "00", "1.", "-", "3", "1.50", "-7", "1e5", "1E2", "999999999999999.999999", "9999999999999999",
        "0.0000001", "123456789012345.1234567", "10000", "1.0", "\"\"", "\"PETITIONS\"", "\"RETAIL_SALES\"", "\"PETITION\\u0053\"",
        "\"件\"", "\"\\u4ef6\"", "\"万元\"", "\"2022-07\"", "\"2022-7\"", "\"2022-13\"", $"\"{Village}\"", $"\"{Firm}\"", "\"32040400720１\"",
        "\"2022-07-31\"", "\"2022-02-30\"", "\"2022-07-3\\u0031\"", "\" 2022-07-31\"", "\"2022-08-03T09:14:00+08:00\"",
        "\"2022-08-03 09:14+0800\"", "\"2022-08-03T09:14:00.5Z\"", "\"2022-08-03T09:14:00\"", "\"2022-08-03T24:00:00+08:00\"",
        "\"0001-01-01T00:00:00+08:00\"", "\"9999-12-31T23:59:59-01:00\"", "\"2022-08-03T09:14:00+14:01\"", "\"2022-08-03T09:14:00-00:00\"",
        "\"0b9f6a3c-52d1-4d0e-9a57-3f2f6c1d8e01\"", "\"0B9F6A3C-52d1-4d0e-9a57-3f2f6c1d8e01\"", "\"00000000-0000-0000-0000-000000000000\"",
        "\"{0b9f6a3c-52d1-4d0e-9a57-3f2f6c1d8e}\"", "\"0x9f6a3c-52d1-4d0e-9a57-3f2f6c1d8e01\"", "\"\\ud800\"", "\"\\udc00\\ud800\"",
        "\"\\u0000\"", "\"a\\nb\"", "\"\u007f\"", "\"\u0085\"", "\"·\"", "\"😀\"", "\"\\ud83d\\ude00\"", "[]", "{}", "[\"value\"]",
        "[\"yearToDate\"]", "[\"\\ud800\"]", "[null]", "[[[[[[[[[[[[[]]]]]]]]]]]]]", "{\"reason\":\"补报漏报的合同\"}",
        "[{\"rule\":\"R06\",\"indicator\":\"PETITIONS\",\"text\":\"更正漏报的一笔\"}]", "\"" + new string('长', 101) + "\"",
        "\"" + new string('a', 501) + "\"", "\"" + new string('长', 100) + "\"",
    ];

    private static readonly string[] Names =
    [
        "submissionId", "unit", "period", "revision", "submittedAt", "submittedBy", "values", "explanations", "correction", "submissions",
        "indicator", "value", "yearToDate", "lastYear", "numerator", "denominator", "date", "withdraw", "note", "\\u0075nit", "Unit", "",
        "\\ud800",
    ];

    private static readonly string[] Noise = [" ", "\t", ",", "{", "}", "[", "]", "\"", "\\", "\u0000", "\u0001", "\uFEFF", "x", "0", "e9"];

    private static readonly Gen<JsonObject> Regular =
        from values in Gen.Select(Gen.Int[0, 3], Gen.Long[-MaxDigits, MaxDigits], Gen.Int[0, 6]).Array[1, 4]
        from revision in Gen.Int[1, 9999]
        from offset in Gen.Int[-23, 23]
        from minutes in Gen.Int[0, 500_000]
        select Sheet(values.DistinctBy(value => value.Item1), revision,
            new DateTimeOffset(2022, 1, 1, 0, 0, 0, TimeSpan.FromMinutes(30 * offset)).AddMinutes(minutes));

    [Fact]
    public void Is_the_usual_case() => Gen.Select(Regular, Gen.Bool, Gen.Bool).Sample((sheet, escapes, indents) =>
        Assert.NotNull(RegularBodyReader.TryRead(Encoding.UTF8.GetBytes(Write(sheet, escapes, indents)), SubmissionTestReader.Catalogue)));

    [Fact]
    public void Is_the_usual_case_in_a_pack() => Gen.Select(Regular.Array[1, 5], Gen.Bool).Sample((sheets, escapes) =>
    {
        var body = Encoding.UTF8.GetBytes(PackOf(sheets.Select(sheet => Write(sheet, escapes, true))));
        Assert.Equal(sheets.Length, RegularBodyReader.TryRead(body, SubmissionTestReader.Catalogue)!.All.Count);
        AssertSame(body);
    });

    [Fact]
    public void Is_read_alike_where_it_is_regular() => Gen.Select(Regular, Gen.Bool, Gen.Bool).Sample((sheet, escapes, indents) =>
        AssertSame(Encoding.UTF8.GetBytes(Write(sheet, escapes, indents))));

    [Fact]
    public void Is_read_alike_where_a_field_has_another_value() => Gen.Select(Regular, Gen.Int[0, 99], OneOf(Fragments), Gen.Bool)
        .Sample((sheet, at, json, packed) =>
        {
            var (holder, name) = FieldAt(sheet, at);
            holder[name] = "@here@";
            AssertSame(InBody(sheet.ToJsonString().Replace("\"@here@\"", json, StringComparison.Ordinal), packed));
        }, iter: Times);

    [Fact]
    public void Is_read_alike_where_a_field_is_added_or_repeated() => Gen.Select(
        Regular, Gen.Int[0, 99], OneOf(Names), OneOf(Fragments), Gen.Bool).Sample((sheet, at, name, json, packed) =>
        {
            var (holder, before) = FieldAt(sheet, at);
            var value = holder[before];
            holder[before] = "@here@";
            var old = value?.ToJsonString() ?? "null";
            AssertSame(InBody(sheet.ToJsonString().Replace("\"@here@\"", $"{old},\"{name}\":{json}", StringComparison.Ordinal), packed));
        }, iter: Times);

    [Fact]
    public void Is_read_alike_where_a_field_is_missing_renamed_or_moved() => Gen.Select(
        Regular, Gen.Int[0, 99], Gen.Int[0, 2], OneOf(Names), Gen.Bool).Sample((sheet, at, change, name, packed) =>
        {
            var (holder, before) = FieldAt(sheet, at);
            var value = holder[before];
            holder.Remove(before);
            if (change > 0)
            {
                holder[change == 1 ? before : name.TrimStart('\\')] = value?.DeepClone();
            }

            AssertSame(InBody(sheet.ToJsonString(), packed));
        }, iter: Times);

    [Fact]
    public void Is_read_alike_where_bytes_are_changed_added_or_cut() => Gen.Select(
        Regular, Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2000], Gen.Byte, OneOf(Noise)).Array[1, 3], Gen.Bool)
        .Sample((sheet, changes, packed) =>
        {
            var body = InBody(Write(sheet, false, false), packed).ToList();
            foreach (var (kind, where, value, noise) in changes)
            {
                var at = where % (body.Count + 1);
                switch (kind)
                {
                    case 0 when at < body.Count:
                        body[at] = value;
                        break;
                    case 1:
                        body.InsertRange(at, Encoding.UTF8.GetBytes(noise));
                        break;
                    case 2:
                        body.AddRange(Encoding.UTF8.GetBytes(noise));
                        break;
                    default:
                        body.RemoveRange(at, Math.Min(where % 3, body.Count - at));
                        break;
                }
            }

            AssertSame([.. body]);
        }, iter: Times);

    [Fact]
    public void Is_read_alike_with_a_byte_order_mark_and_with_the_most_values_and_submissions()
    {
        var sheet = NewSubmission(Village, "2022-07", Petitions(3)).ToJsonString();
        AssertSame(Encoding.UTF8.GetBytes("\uFEFF" + sheet));
        AssertSame(Encoding.UTF8.GetBytes("\uFEFF\uFEFF" + sheet));
        AssertSame(Encoding.UTF8.GetBytes(sheet + "\uFEFF"));
        AssertSame(Encoding.UTF8.GetBytes(sheet + new string(' ', SubmissionReader.MaxBytes)));
        var large = sheet.Replace("{", "{" + new string(' ', SubmissionReader.MaxBytes), StringComparison.Ordinal);
        AssertSame(Encoding.UTF8.GetBytes(PackOf([large])));
        AssertSame(Encoding.UTF8.GetBytes(PackOf(Enumerable.Repeat(sheet, SubmissionReader.MaxPackSize))));
        AssertSame(Encoding.UTF8.GetBytes(PackOf(Enumerable.Repeat(sheet, SubmissionReader.MaxPackSize + 1))));
        AssertSame(Encoding.UTF8.GetBytes(PackOf([])));
        AssertSame(Encoding.UTF8.GetBytes(PackOf([sheet]).Replace("]}", "],\"unit\":1}", StringComparison.Ordinal)));
    }

    /// <summary>The same without chance and in less than a second: every fragment in every field.</summary>
    [Fact]
    public void Is_read_alike_with_each_value_in_each_field()
    {
        for (var at = 0; at < FieldCount; at++)
        {
            foreach (var json in Fragments)
            {
                var sheet = SheetOfAllFields();
                var (holder, name) = FieldAt(sheet, at);
                holder[name] = "@here@";
                AssertSame(InBody(sheet.ToJsonString().Replace("\"@here@\"", json, StringComparison.Ordinal), packed: at % 2 == 0));
            }
        }
    }

    [Fact]
    public void Is_read_alike_with_each_field_missing_doubled_or_beside_another()
    {
        for (var at = 0; at < FieldCount; at++)
        {
            var missing = SheetOfAllFields();
            var (from, removed) = FieldAt(missing, at);
            from.Remove(removed);
            AssertSame(InBody(missing.ToJsonString(), packed: false));
            foreach (var name in Names.Append("@itself@"))
            {
                var sheet = SheetOfAllFields();
                var (holder, before) = FieldAt(sheet, at);
                var value = holder[before]?.ToJsonString() ?? "null";
                holder[before] = "@here@";
                var added = name == "@itself@" ? before : name;
                AssertSame(InBody(
                    sheet.ToJsonString().Replace("\"@here@\"", $"{value},\"{added}\":{value}", StringComparison.Ordinal), packed: false));
            }
        }
    }

    [Fact]
    public void Is_not_left_to_the_document_where_only_the_order_of_its_fields_is_unusual()
    {
        var sheet = SheetOfAllFields();
        var turned = new JsonObject(sheet.Reverse().Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
        var body = Encoding.UTF8.GetBytes(turned.ToJsonString());
        Assert.NotNull(RegularBodyReader.TryRead(body, SubmissionTestReader.Catalogue));
        AssertSame(body);
    }

    [Theory]
    [InlineData("2022-08-03T09:14:00+08:00", true)]
    [InlineData("2022-12-31T23:59:59-13:59", true)]
    [InlineData("2022-01-01T00:00:00+00:00", true)]
    [InlineData("2024-02-29T00:00:00+08:00", true)]
    [InlineData("2022-08-03T09:14:00+14:00", true)]
    [InlineData("2022-08-03T09:14:00.123456789+08:00", true)]
    [InlineData("2022-02-29T00:00:00+08:00", false)]
    [InlineData("2022-00-03T09:14:00+08:00", false)]
    [InlineData("2022-13-03T09:14:00+08:00", false)]
    [InlineData("2022-08-00T09:14:00+08:00", false)]
    [InlineData("2022-08-32T09:14:00+08:00", false)]
    [InlineData("2022-08-03T24:00:00+08:00", false)]
    [InlineData("2022-08-03T09:60:00+08:00", false)]
    [InlineData("2022-08-03T09:14:60+08:00", false)]
    [InlineData("2022-08-03T09:14:00+08:60", false)]
    [InlineData("2022-08-03T09:14:00+14:01", false)]
    [InlineData("2022/08-03T09:14:00+08:00", false)]
    [InlineData("2022-08/03T09:14:00+08:00", false)]
    [InlineData("2022-08-03_09:14:00+08:00", false)]
    [InlineData("2022-08-03T09-14:00+08:00", false)]
    [InlineData("2022-08-03T09:14-00+08:00", false)]
    [InlineData("2022-08-03T09:14:00*08:00", false)]
    [InlineData("2022-08-03T09:14:00+08-00", false)]
    [InlineData("2o22-08-03T09:14:00+08:00", false)]
    [InlineData("20 2-08-03T09:14:00+08:00", false)]
    [InlineData("2022-8x-03T09:14:00+08:00", false)]
    public void Has_the_time_that_the_document_has(string time, bool isTime)
    {
        var body = ValidSubmission().Set("submittedAt", time).Bytes();
        Assert.Equal(isTime, RegularBodyReader.TryRead(body, SubmissionTestReader.Catalogue) is not null);
        AssertSame(body);
    }

    [Theory]
    [InlineData("0001-12-31T23:59:59+08:00")]
    [InlineData("0001-01-01T00:00:00+08:00")]
    [InlineData("0002-01-01T00:00:00+13:00")]
    [InlineData("9998-12-31T23:59:59-13:00")]
    [InlineData("9999-12-31T23:59:59-08:00")]
    public void Has_the_time_that_the_document_has_at_both_ends_of_the_calendar(string time) =>
        AssertSame(ValidSubmission().Set("submittedAt", time).Bytes());

    private static void AssertSame(byte[] body) => Assert.Equal(
        Describe(() => SubmissionReader.ReadByDocument(body, SubmissionTestReader.Catalogue)),
        Describe(() => SubmissionReader.Read(body, SubmissionTestReader.Catalogue)));

    private static string Describe(Func<SubmissionBatch> read)
    {
        try
        {
            var batch = read();
            return $"pack: {batch.IsPack}\n{string.Join('\n', batch.All.Select(Describe))}";
        }
        catch (UnreadableBodyException exception)
        {
            return exception.MessageZh + exception.Message;
        }
    }

    // The figures with their scale: the ledger and the pack keep it.
    private static string Describe(Submission read) => string.Join('|', Convert.ToHexString(read.Body.Span), read.Id, read.UnitText,
        read.Unit?.Index, read.PeriodText, read.Period, read.Revision, read.HasSubmittedAt,
        read.SubmittedAt.ToString("O", CultureInfo.InvariantCulture), read.CorrectionReason, JsonSerializer.Serialize(read.Explanations),
        string.Join(';', read.Values.Select(Describe)), JsonSerializer.Serialize(read.Findings), read.Findings.DroppedCount);

    private static string Describe(SubmittedValue value) => string.Create(CultureInfo.InvariantCulture,
        $"{value.Indicator.Code} {value.Figures.Value} {value.Figures.YearToDate} {value.Figures.LastYear} {value.Figures.Numerator}"
            + $" {value.Figures.Denominator} {value.Figures.Date} {value.ChangedFields} {value.IsReadable}");

    private static JsonObject Sheet(IEnumerable<(int Kind, long Digits, int Scale)> values, int revision, DateTimeOffset time)
    {
        var sheet = NewSubmission(Village, "2022-07", [.. values.Select(value => Value(value.Kind, value.Digits, value.Scale))]);
        sheet["revision"] = revision;
        sheet["submittedAt"] = time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        sheet["explanations"] = revision % 3 == 0 ? new JsonArray() : null;
        return sheet;
    }

    private static JsonObject Value(int kind, long digits, int scale)
    {
        var (low, high) = ((int)Math.Abs(digits), (int)(Math.Abs(digits) >> 32));
        var number = new decimal(low, high, 0, digits < 0, (byte)scale);
        var value = kind switch
        {
            0 => Petitions(number),
            1 => Sales(number),
            2 => Rate(scale, number),
            _ => TestSubmissions.Value("PROFIT", scale == 0 ? null : number, "万元"),
        };
        if (scale > 3)
        {
            value["lastYear"] = number;
            value["note"] = "更正\n漏报";
        }

        return value;
    }

    private static JsonObject SheetOfAllFields()
    {
        var rate = Rate(1, 2);
        rate["date"] = null;
        var petitions = Petitions(3);
        (petitions["yearToDate"], petitions["lastYear"], petitions["withdraw"]) = (8, 7, new JsonArray());
        petitions["note"] = "更正\n漏报";
        var sheet = NewSubmission(Village, "2022-07", petitions, rate);
        sheet["submissionId"] = "0b9f6a3c-52d1-4d0e-9a57-3f2f6c1d8e02";
        (sheet["explanations"], sheet["correction"], sheet["origin"]) = (new JsonArray(), null, null);
        return sheet;
    }

    private static int FieldCount { get; } = FieldsOf(SheetOfAllFields()).Count;

    private static (JsonObject Holder, string Name) FieldAt(JsonObject sheet, int at)
    {
        var all = FieldsOf(sheet);
        return all[at % all.Count];
    }

    private static List<(JsonObject Holder, string Name)> FieldsOf(JsonObject sheet) =>
    [
        .. sheet.Select(field => (sheet, field.Key)),
        .. sheet["values"]!.AsArray().SelectMany(value => value!.AsObject().Select(field => (value.AsObject(), field.Key))),
    ];

    private static byte[] InBody(string sheet, bool packed) => Encoding.UTF8.GetBytes(
        packed ? PackOf([NewSubmission(Village, "2022-07", Petitions(3)).ToJsonString(), sheet]) : sheet);

    private static string PackOf(IEnumerable<string> sheets) => $"{{\"submissions\":[{string.Join(',', sheets)}]}}";

    private static string Write(JsonObject sheet, bool escapes, bool indents) => sheet.ToJsonString(new JsonSerializerOptions
    {
        Encoder = escapes ? JavaScriptEncoder.Default : JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indents,
    });

    private static Gen<string> OneOf(string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}

public sealed class A_number_of_a_submission
{
    [Fact]
    public void Is_the_decimal_that_its_digits_say() => Gen.Select(
        Gen.Long[0, 999_999_999_999_999], Gen.Int[0, 6], Gen.Int[0, 999_999], Gen.Bool).Sample((integer, places, fraction, isNegative) =>
        {
            var digits = fraction.ToString("000000", CultureInfo.InvariantCulture)[..places];
            var text = (isNegative ? "-" : "") + integer.ToString(CultureInfo.InvariantCulture) + (places > 0 ? "." + digits : "");
            Assert.True(PlainDecimal.TryRead(Encoding.UTF8.GetBytes(text), out var number));
            Assert.Equal(decimal.GetBits(decimal.Parse(text, CultureInfo.InvariantCulture)), decimal.GetBits(number));
        }, iter: 50_000);

    [Theory]
    [InlineData("999999999999999", true)]
    [InlineData("-999999999999999.999999", true)]
    [InlineData("999999999999.999999", true)]
    [InlineData("9999999999999.999999", true)]
    [InlineData("0.000001", true)]
    [InlineData("-0.0", true)]
    [InlineData("1000000000000000", false)]
    [InlineData("-1000000000000000.5", false)]
    [InlineData("0.0000001", false)]
    [InlineData("1.0000000", false)]
    [InlineData("1e5", false)]
    [InlineData("1E5", false)]
    [InlineData("1.5e-3", false)]
    public void Has_at_most_15_digits_before_and_6_after_the_point_and_no_exponent(string text, bool isTaken)
    {
        Assert.Equal(isTaken, PlainDecimal.TryRead(Encoding.UTF8.GetBytes(text), out var number));
        var expected = isTaken ? decimal.Parse(text, CultureInfo.InvariantCulture) : 0;
        Assert.Equal(decimal.GetBits(expected), decimal.GetBits(number));
    }
}
