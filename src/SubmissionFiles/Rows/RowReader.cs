using System.Globalization;
using System.Text.Json.Nodes;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.SubmissionFiles.Rows;

/// <summary>Creates submissions from rows of a CSV file or a form. Rows of one unit, month and revision form one submission.</summary>
/// <param name="savedAt">When the file was saved.</param>
/// <param name="catalogue">Resolves names in place of codes; if null, only codes are accepted.</param>
/// <param name="skipsBlankRows">Whether a row without figures is skipped, as in a form; otherwise it is a fault.</param>
internal sealed class RowReader(DateTimeOffset savedAt, CatalogueNames? catalogue, bool skipsBlankRows)
{
    private readonly Dictionary<(string Unit, string Period, string Revision), SubmissionDraft> _drafts = [];
    private readonly List<AmbiguousRow> _ambiguous = [];
    private readonly RowKeyReader _keys = new(catalogue);

    public List<SubmissionDraft> Drafts { get; } = [];

    public void Add(IReadOnlyDictionary<FormColumn, FileCell> cells, SourceLocation row)
    {
        if (skipsBlankRows && RowFigures.IsBlank(cells))
        {
            return;
        }

        // A fault of a cell is reported regardless of its column.
        var findings =
            cells.Values.Where(cell => cell.Finding is not null).Select(cell => new LocatedFinding(cell.Location, cell.Finding!)).ToList();
        var (unitCell, monthCell) = (cells.GetValueOrDefault(FormColumn.Unit) ?? new FileCell("", row),
                cells.GetValueOrDefault(FormColumn.Period) ?? new FileCell("", row));
        var unit = _keys.ReadUnit(unitCell, findings);
        var period = RowKeyReader.ReadMonth(monthCell, findings);
        var revision = RowKeyReader.ReadRevision(cells.GetValueOrDefault(FormColumn.Revision), findings);
        var indicator = _keys.ReadIndicator(cells.GetValueOrDefault(FormColumn.Indicator) ?? new FileCell("", row), findings);
        var draft = GetOrAddDraft(unit, period, revision, row);

        // A header or a merged cell is read once for each of its rows.
        draft.Findings.AddRange(findings.Except(draft.Findings));
        draft.HasBadUnit |= findings.Exists(finding => finding.Location == unitCell.Location);
        draft.HasBadPeriod |= findings.Exists(finding => finding.Location == monthCell.Location);
        AddIfAmbiguous(unit, period, draft, row);
        AddHeader(draft, cells);
        AddValue(draft, cells, indicator, row);
    }

    /// <summary>Adds a row that cannot be read. Its first cells may still identify its submission.</summary>
    public void AddUnreadable(IReadOnlyDictionary<FormColumn, FileCell> cells, SourceLocation row)
    {
        var unit = cells.GetValueOrDefault(FormColumn.Unit) is { } code ? _keys.ReadUnit(code, []) : "";
        var period = cells.GetValueOrDefault(FormColumn.Period) is { } month ? RowKeyReader.ReadMonth(month, []) : "";
        _ambiguous.Add(new(UnitCode.TryParse(unit, out _) ? unit : null, Period.TryParse(period, out _) ? period : null, null, row));
    }

    /// <summary>
    /// Call it after the last row. A submission is rejected if a row with an unknown unit or month may belong to it, because it would be
    /// sent incomplete.
    /// </summary>
    public void RejectAmbiguous()
    {
        foreach (var draft in Drafts)
        {
            if (_ambiguous.Find(row => row.MayBelongTo(draft)) is { } doubtful)
            {
                draft.Findings.Add(new(draft.Location, FileFindings.AmbiguousRow(doubtful.Row.Description)));
            }
        }
    }

    private void AddIfAmbiguous(string unit, string period, SubmissionDraft own, SourceLocation row)
    {
        var (isUnit, isMonth) = (UnitCode.TryParse(unit, out _), Period.TryParse(period, out _));
        if (!isUnit || !isMonth)
        {
            _ambiguous.Add(new(isUnit ? unit : null, isMonth ? period : null, own, row));
        }
    }

    private void AddValue(SubmissionDraft draft, IReadOnlyDictionary<FormColumn, FileCell> cells, string indicator, SourceLocation row)
    {
        if (indicator.Length == 0)
        {
            // The row already has its finding. Its figures are read to find further faults.
            RowFigures.Read(draft, cells, [], row, []);
            return;
        }

        if (!draft.IndicatorLocations.TryAdd(indicator, row))
        {
            draft.Findings.Add(new(row, FileFindings.SameIndicatorTwice(indicator, draft.IndicatorLocations[indicator].Row)));
            return;
        }

        var value = new JsonObject { ["indicator"] = indicator };
        RowFigures.Read(draft, cells, value, row, catalogue?.StagesOf(indicator) ?? []);
        AddWords(draft, cells, indicator, value);
        ((JsonArray)draft.Body["values"]!).Add(value);
    }

    // With a rule, the text is an answer to a question of the checks. Without one, it is kept for any later question and sent as a note.
    private static void AddWords(SubmissionDraft draft, IReadOnlyDictionary<FormColumn, FileCell> cells, string indicator, JsonObject value)
    {
        var (note, explanation) = (TextIn(cells, FormColumn.Note), TextIn(cells, FormColumn.Explanation));
        if (explanation is not null && TextIn(cells, FormColumn.Rule) is { } rule)
        {
            var all = draft.Body["explanations"] as JsonArray ?? [];
            all.Add(new JsonObject { ["rule"] = rule, ["indicator"] = indicator, ["text"] = explanation });
            draft.Body["explanations"] = all;
        }
        else if (explanation is not null)
        {
            draft.PreparedExplanations[indicator] = explanation;
            note = note is null ? explanation : $"{note};{explanation}";
        }
        else if (TextIn(cells, FormColumn.Rule) is not null)
        {
            draft.Findings.Add(new(cells[FormColumn.Rule].Location, FileFindings.BadCell(
                "写了审核公式，没有写说明。", "It names a rule without an explanation.", "补写说明，或删去审核公式。",
                "Write the explanation, or delete the rule.")));
        }

        if (note is not null)
        {
            value["note"] = note;
        }
    }

    private static void AddHeader(SubmissionDraft draft, IReadOnlyDictionary<FormColumn, FileCell> cells)
    {
        SetOnce(draft, cells, FormColumn.SubmittedBy, () => draft.Body["submittedBy"]?.GetValue<string>(),
            text => draft.Body["submittedBy"] = text);
        SetOnce(draft, cells, FormColumn.SubmittedAt, () => draft.Body["submittedAt"]?.GetValue<string>(),
            text => draft.Body["submittedAt"] = text);
        SetOnce(draft, cells, FormColumn.Correction, () => draft.Body["correction"]?["reason"]?.GetValue<string>(),
            text => draft.Body["correction"] = new JsonObject { ["reason"] = text });
    }

    private static void SetOnce(
        SubmissionDraft draft, IReadOnlyDictionary<FormColumn, FileCell> cells, FormColumn column, Func<string?> current,
        Action<string> set)
    {
        if (TextIn(cells, column) is not { } text)
        {
            return;
        }

        if (current() is { } before && before != text)
        {
            draft.Findings.Add(
                new(cells[column].Location,
                    FileFindings.Contradiction(cells[column].Location.Column ?? FormColumns.ChineseName(column), before, text)));
            return;
        }

        set(text);
    }

    private SubmissionDraft GetOrAddDraft(string unit, string period, string revision, SourceLocation row)
    {
        if (_drafts.TryGetValue((unit, period, revision), out var known))
        {
            return known;
        }

        var body = new JsonObject { ["unit"] = unit, ["period"] = period };
        if (revision.Length > 0)
        {
            body["revision"] = int.Parse(revision, CultureInfo.InvariantCulture);
        }

        body["values"] = new JsonArray();
        var draft = new SubmissionDraft(row, body, savedAt);
        Drafts.Add(draft);
        return _drafts[(unit, period, revision)] = draft;
    }

    private static string? TextIn(IReadOnlyDictionary<FormColumn, FileCell> cells, FormColumn column) => RowFigures.TextIn(cells, column);

    /// <param name="Unit">Null if it is unknown.</param>
    /// <param name="Period">Null if it is unknown.</param>
    /// <param name="AssignedDraft">
    /// The submission that the row was assigned to, which already has its findings; null if there is none.
    /// </param>
    /// <param name="Row">Its position.</param>
    private sealed record AmbiguousRow(string? Unit, string? Period, SubmissionDraft? AssignedDraft, SourceLocation Row)
    {
        public bool MayBelongTo(SubmissionDraft draft) =>
            draft != AssignedDraft && (Unit is null || Unit == draft.Unit) && (Period is null || Period == draft.Period);
    }
}
