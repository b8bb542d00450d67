using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Submissions.Reading;

/// <summary>Reads the fields of one JSON object by name and type. A wrong or unknown field becomes a finding.</summary>
public readonly struct FieldReader
{
    private readonly FieldNames _names;
    private readonly JsonElement[] _values;
    private readonly string _path;
    private readonly FindingList _findings;

    /// <param name="element">An object.</param>
    /// <param name="names">The fields it may have. Any other field is an error: a misspelt field would otherwise be lost.</param>
    /// <param name="path">The path of the object, such as <c>values.</c>; for the findings.</param>
    /// <param name="findings">Receives the findings.</param>
    /// <param name="buffer">
    /// A buffer with a slot for each name, shared by successive readers; if null, the reader allocates its own.
    /// </param>
    public FieldReader(JsonElement element, FieldNames names, string path, FindingList findings, JsonElement[]? buffer = null)
    {
        (_names, _path, _findings, _values) = (names, path, findings, buffer ?? new JsonElement[names.Count]);
        _values.AsSpan().Clear();
        var next = 0;
        foreach (var property in element.EnumerateObject())
        {
            var at = names.IndexOf(property, next);
            if (at < 0)
            {
                findings.Add(BuiltInFindings.UnknownField(path + property.Name));
                continue;
            }

            _values[at] = property.Value;
            next = at + 1;
        }
    }

    /// <summary>Whether the field is present and not null.</summary>
    public bool Has(string name) => Element(name) is { ValueKind: not JsonValueKind.Null };

    /// <summary>Whether the field is exactly this text, without escapes. It avoids a string allocation in the usual case.</summary>
    public bool HasText(string name, string text)
    {
        Span<byte> utf8 = stackalloc byte[64];
        return Element(name) is { ValueKind: JsonValueKind.String } value
            && Encoding.UTF8.TryGetBytes(text, utf8, out var length)
            && JsonMarshal.GetRawUtf8Value(value)[1..^1].SequenceEqual(utf8[..length]);
    }

    /// <summary>A text without control characters; null if it is absent, null or invalid; an invalid text adds a finding.</summary>
    public string? Text(string name, int maxLength)
    {
        if (!TryGet(name, JsonValueKind.String, "text", out var value))
        {
            return null;
        }

        if (GetString(value) is not { } text)
        {
            _findings.Add(BuiltInFindings.WrongType(_path + name, "text"));
            return null;
        }

        if (text.Length > maxLength)
        {
            _findings.Add(BuiltInFindings.TooLong(_path + name, maxLength));
            return null;
        }

        if (HasControlCharacter(text))
        {
            _findings.Add(BuiltInFindings.WrongType(_path + name, "text without control characters"));
            return null;
        }

        return text;
    }

    /// <summary>Whether a text has a control character other than a line break or a tab.</summary>
    public static bool HasControlCharacter(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A string; null if it has an unpaired surrogate escape, which is valid JSON but not a valid text.</summary>
    public static string? GetString(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public int? WholeNumber(string name, int min, int max)
    {
        if (!TryGet(name, JsonValueKind.Number, $"whole number from {min} to {max}", out var value))
        {
            if (!Has(name))
            {
                _findings.Add(BuiltInFindings.FieldMissing(_path + name));
            }

            return null;
        }

        if (value.TryGetInt32(out var number) && number >= min && number <= max)
        {
            return number;
        }

        _findings.Add(BuiltInFindings.WrongType(_path + name, $"whole number from {min} to {max}"));
        return null;
    }

    public JsonElement? Object(string name) => TryGet(name, JsonValueKind.Object, "object", out var value) ? value : null;

    public IEnumerable<JsonElement>? Array(string name, int maxLength)
    {
        if (!TryGet(name, JsonValueKind.Array, "array", out var value))
        {
            return null;
        }

        if (value.GetArrayLength() > maxLength)
        {
            _findings.Add(BuiltInFindings.TooMany(_path + name, maxLength));
            return null;
        }

        return value.EnumerateArray();
    }

    /// <summary>A field of any type; null if it is absent.</summary>
    public JsonElement? Element(string name) =>
        _values[_names.IndexOf(name)] is { ValueKind: not JsonValueKind.Undefined } value ? value : null;

    private bool TryGet(string name, JsonValueKind kind, string expected, out JsonElement value)
    {
        value = _values[_names.IndexOf(name)];
        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return false;
        }

        if (value.ValueKind == kind)
        {
            return true;
        }

        _findings.Add(BuiltInFindings.WrongType(_path + name, expected));
        return false;
    }
}
