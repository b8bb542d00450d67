using System.Text.Json.Nodes;
using XilinIngest.Contracts;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.SubmissionFiles.Forms;
using XilinIngest.SubmissionFiles.Rows;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Dashboard.DataEntry;

/// <summary>What became of an uploaded workbook.</summary>
/// <param name="File">Its name.</param>
/// <param name="Filled">The fields that were filled; they are sent by the button of the form.</param>
/// <param name="Findings">What could not be taken, with its cell, and hints.</param>
internal sealed record UploadedForm(string File, IReadOnlyList<Field> Filled, IReadOnlyList<LocatedFinding> Findings)
{
    /// <summary>The largest file that is read. A form has some 40 KiB.</summary>
    public const long MaxBytes = 4 * 1024 * 1024;

    private static readonly Lang Zh = new(English: false);
    private static readonly Lang En = new(English: true);

    /// <summary>Reads the Excel form of a unit and month into the fields.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="name">Its name.</param>
    /// <param name="form">The form that is open.</param>
    /// <param name="fields">Its fields.</param>
    /// <param name="catalogue">The catalogue in force.</param>
    /// <param name="now">The time of the service.</param>
    public static UploadedForm Read(
        byte[] bytes, string name, UnitForm form, EntryFormFields fields, CatalogueView catalogue, DateTimeOffset now)
    {
        var place = new SourceLocation(name);
        if (UnsupportedFiles.Check(bytes, Path.GetExtension(name).ToLowerInvariant()) is { } kind)
        {
            return Refused(name, kind);
        }

        if (!UnsupportedFiles.IsZip(bytes))
        {
            return Refused(name, FileFindings.NotReadable("不是 Excel 工作簿。", "This is no Excel workbook.",
                "在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”。", "Open it in Excel or WPS and save it as an Excel workbook (.xlsx)."));
        }

        var content = ExcelFile.Read(bytes, place, now, new CatalogueNames(catalogue.Known), WorkbookLimits.OfUploads);
        var (filled, findings) = (new List<Field>(), UploadFindings.Of(content.Findings));
        foreach (var draft in content.Drafts)
        {
            findings.AddRange(draft.Findings);
            if (draft.Unit == form.Unit && draft.Period == form.Period)
            {
                filled.AddRange(UploadedFigures.Fill(draft, fields, findings));
            }
            else if (!draft.HasBadUnit && !draft.HasBadPeriod)
            {
                findings.Add(new(draft.Location with { Row = null, Column = null }, FileFindings.FormOfAnother(
                    Describe(draft.Unit, draft.Period, catalogue), Describe(form.Unit, form.Period, catalogue))));
            }
        }

        return new(name, filled, [.. findings, .. content.Notices]);
    }

    /// <summary>The result for a file that is not read at all.</summary>
    public static UploadedForm Refused(string name, Finding finding) =>
        new(name, [], [new(new SourceLocation(name), finding)]);

    private static (string Zh, string En) Describe(string unit, string period, CatalogueView catalogue) =>
        ($"{catalogue.UnitName(unit, Zh)}{FigureFormat.Month(period, Zh)}", $"{catalogue.UnitName(unit, En)}, {period}");
}

/// <summary>Puts the figures of an uploaded form into the fields.</summary>
internal static class UploadedFigures
{
    /// <returns>The fields that were filled.</returns>
    public static IReadOnlyList<Field> Fill(SubmissionDraft draft, EntryFormFields fields, List<LocatedFinding> findings)
    {
        var filled = new List<Field>();
        foreach (var value in (draft.Body["values"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var code = (string)value["indicator"]!;
            if (fields.Lines.FirstOrDefault(line => line.Indicator.Code == code) is not { } line)
            {
                findings.Add(new(draft.IndicatorLocations.GetValueOrDefault(code) ?? draft.Location, FileFindings.NotInForm(code)));
                continue;
            }

            filled.AddRange(FillLine(line, value));
        }

        filled.AddRange(SetText(fields.SubmittedBy, draft.Body["submittedBy"]));
        filled.AddRange(SetText(fields.Reason, draft.Body["correction"]?["reason"]));
        foreach (var explanation in (draft.Body["explanations"] as JsonArray ?? []).OfType<JsonObject>())
        {
            filled.AddRange(SetText(
                fields.ExplanationOf((string)explanation["rule"]!, (string)explanation["indicator"]!), explanation["text"]));
        }

        return filled;
    }

    private static IEnumerable<Field> FillLine(IndicatorFields line, JsonObject value)
    {
        // A null in place of the value withdraws the whole indicator.
        if (value.TryGetPropertyValue(FigureNames.Value, out var figure) && figure is null)
        {
            foreach (var number in line.Numbers)
            {
                number.Typed = "";
                yield return number;
            }
        }

        // The stage comes before its date, because another stage clears the date.
        foreach (var (name, node) in value.Where(each => each.Value is not null).OrderBy(each => each.Key == FigureNames.Date))
        {
            if (line.FieldOf(name) is { } field)
            {
                field.Typed = name == FigureNames.Date ? (string)node! : node!.ToJsonString();
                if (field == line.Value && line.Indicator.Stages.Count > 0)
                {
                    line.StageChosen();
                }

                yield return field;
            }
        }

        foreach (var name in (value["withdraw"] as JsonArray ?? []).Select(node => (string)node!))
        {
            if (line.FieldOf(name) is { } field)
            {
                field.Typed = "";
                yield return field;
            }
        }

        foreach (var note in SetText(line.Note, value["note"]))
        {
            yield return note;
        }
    }

    private static IEnumerable<Field> SetText(Field field, JsonNode? text)
    {
        if (text is not null)
        {
            field.Typed = (string)text!;
            yield return field;
        }
    }
}
