using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Worker.Submissions.Checking;

namespace XilinIngest.Worker.Submissions.Reading;

/// <summary>Reads the fields of one JSON object by name and type; what is wrong becomes a finding, and what was not asked for too.</summary>
internal readonly struct FieldReader(JsonElement element, string path, List<Finding> findings)
{
    /// <summary>Whether it is there and not null.</summary>
    public bool Has(string name) => element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A text without control characters; null where it is absent, null or wrong (a finding says so).</summary>
    public string? Text(string name, int maxLength)
    {
        if (!Take(name, JsonValueKind.String, "text", out var value))
        {
            return null;
        }

        // A lone surrogate escape is valid JSON and no text.
        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            findings.Add(BuiltIn.WrongType(path + name, "text"));
            return null;
        }

        if (text.Length > maxLength)
        {
            findings.Add(BuiltIn.TooLong(path + name, maxLength));
            return null;
        }

        foreach (var c in text)
        {
            if (char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
            {
                findings.Add(BuiltIn.WrongType(path + name, "text without control characters"));
                return null;
            }
        }

        return text;
    }

    public int? WholeNumber(string name, int min, int max)
    {
        if (!Take(name, JsonValueKind.Number, $"whole number from {min} to {max}", out var value))
        {
            if (!Has(name))
            {
                findings.Add(BuiltIn.Missing(path + name));
            }

            return null;
        }

        if (value.TryGetInt32(out var number) && number >= min && number <= max)
        {
            return number;
        }

        findings.Add(BuiltIn.WrongType(path + name, $"whole number from {min} to {max}"));
        return null;
    }

    public JsonElement? Object(string name) => Take(name, JsonValueKind.Object, "object", out var value) ? value : null;

    public IEnumerable<JsonElement>? Array(string name, int maxLength)
    {
        if (!Take(name, JsonValueKind.Array, "array", out var value))
        {
            return null;
        }

        if (value.GetArrayLength() > maxLength)
        {
            findings.Add(BuiltIn.TooMany(path + name, maxLength));
            return null;
        }

        return value.EnumerateArray();
    }

    /// <summary>A field of any type.</summary>
    public JsonElement? Any(string name)
    {
        return element.TryGetProperty(name, out var value) ? value : null;
    }

    /// <summary>A misspelt field would be lost in silence: it is refused instead.</summary>
    public void RefuseAllBut(ReadOnlySpan<string> known)
    {
        foreach (var property in element.EnumerateObject())
        {
            var isKnown = false;
            foreach (var name in known)
            {
                if (property.NameEquals(name))
                {
                    isKnown = true;
                    break;
                }
            }

            if (!isKnown)
            {
                findings.Add(BuiltIn.UnknownField(path + property.Name));
            }
        }
    }

    private bool Take(string name, JsonValueKind kind, string expected, out JsonElement value)
    {
        if (!element.TryGetProperty(name, out value) || value.ValueKind == JsonValueKind.Null)
        {
            return false;
        }

        if (value.ValueKind == kind)
        {
            return true;
        }

        findings.Add(BuiltIn.WrongType(path + name, expected));
        return false;
    }
}
