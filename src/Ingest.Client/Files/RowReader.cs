using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XilinIngest.Client.Catalogues;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Client.Files;

/// <summary>Makes submissions of rows, from CSV or a form: those of one unit, month and revision belong together.</summary>
/// <param name="savedAt">When the file was saved.</param>
/// <param name="catalogue">For names in place of codes; null: codes alone are understood.</param>
/// <param name="blankIsAbsent">Whether a row without figures says nothing, as in a form, or is a mistake.</param>
internal sealed partial class RowReader(DateTimeOffset savedAt, KnownCatalogue? catalogue, bool blankIsAbsent)
{
    private readonly Dictionary<(string Unit, string Period, string Revision), Draft> _drafts = [];
    private readonly List<DoubtfulRow> _doubtful = [];

    public List<Draft> Drafts { get; } = [];

    public void Add(IReadOnlyDictionary<Column, Cell> cells, Place row)
    {
        if (blankIsAbsent && RowValue.IsBlank(cells))
        {
            return;
        }

        // What is wrong with a cell as such is told whatever the cell is for.
        var findings = cells.Values.Where(cell => cell.Finding is not null).Select(cell => new Located(cell.Place, cell.Finding!)).ToList();
        var (unitCell, monthCell) = (cells.GetValueOrDefault(Column.Unit) ?? new Cell("", row), cells.GetValueOrDefault(Column.Period) ?? new Cell("", row));
        var unit = Unit(unitCell, findings);
        var period = Month(monthCell, findings);
        var revision = Revision(cells.GetValueOrDefault(Column.Revision), findings);
        var indicator = Indicator(cells.GetValueOrDefault(Column.Indicator) ?? new Cell("", row), findings);
        var draft = DraftOf(unit, period, revision, row);

        // A head or a merged cell is read once for each of its rows.
        draft.Findings.AddRange(findings.Except(draft.Findings));
        draft.HasBadUnit |= findings.Exists(finding => finding.Place == unitCell.Place);
        draft.HasBadPeriod |= findings.Exists(finding => finding.Place == monthCell.Place);
        Doubt(unit, period, draft, row);
        AddHead(draft, cells);
        AddValue(draft, cells, indicator, row);
    }

    /// <summary>A row that cannot be read at all, though its first cells may tell which submission it is of.</summary>
    public void AddUnreadable(IReadOnlyDictionary<Column, Cell> cells, Place row)
    {
        var unit = cells.GetValueOrDefault(Column.Unit) is { } code ? Unit(code, []) : "";
        var period = cells.GetValueOrDefault(Column.Period) is { } month ? Month(month, []) : "";
        _doubtful.Add(new(UnitCode.TryParse(unit, out _) ? unit : null, Period.TryParse(period, out _) ? period : null, null, row));
    }

    /// <summary>After the last row: what a row may belong to whose unit or month cannot be told is not sent by half.</summary>
    public void HoldBack()
    {
        foreach (var draft in Drafts)
        {
            if (_doubtful.Find(row => row.MayBeOf(draft)) is { } doubtful)
            {
                draft.Findings.Add(new(draft.Place, FileFindings.InDoubt(doubtful.Row.Both)));
            }
        }
    }

    private void Doubt(string unit, string period, Draft own, Place row)
    {
        var (isUnit, isMonth) = (UnitCode.TryParse(unit, out _), Period.TryParse(period, out _));
        if (!isUnit || !isMonth)
        {
            _doubtful.Add(new(isUnit ? unit : null, isMonth ? period : null, own, row));
        }
    }

    private static void AddValue(Draft draft, IReadOnlyDictionary<Column, Cell> cells, string indicator, Place row)
    {
        if (indicator.Length == 0)
        {
            // The row has its finding. Its figures are read for what else is wrong with them.
            RowValue.Read(draft, cells, [], row);
            return;
        }

        if (!draft.Rows.TryAdd(indicator, row))
        {
            draft.Findings.Add(new(row, FileFindings.SameIndicatorTwice(indicator, draft.Rows[indicator].Row)));
            return;
        }

        var value = new JsonObject { ["indicator"] = indicator };
        RowValue.Read(draft, cells, value, row);
        AddWords(draft, cells, indicator, value);
        ((JsonArray)draft.Body["values"]!).Add(value);
    }

    // With a rule it is an answer to a question that was asked. Without one it is kept for whatever is asked, and sent as a note.
    private static void AddWords(Draft draft, IReadOnlyDictionary<Column, Cell> cells, string indicator, JsonObject value)
    {
        var (note, explanation) = (TextIn(cells, Column.Note), TextIn(cells, Column.Explanation));
        if (explanation is not null && TextIn(cells, Column.Rule) is { } rule)
        {
            var all = draft.Body["explanations"] as JsonArray ?? [];
            all.Add(new JsonObject { ["rule"] = rule, ["indicator"] = indicator, ["text"] = explanation });
            draft.Body["explanations"] = all;
        }
        else if (explanation is not null)
        {
            draft.Answers[indicator] = explanation;
            note = note is null ? explanation : $"{note};{explanation}";
        }
        else if (TextIn(cells, Column.Rule) is not null)
        {
            draft.Findings.Add(new(cells[Column.Rule].Place, FileFindings.BadCell(
                "写了审核公式，没有写说明。", "It names a rule without an explanation.", "补写说明，或删去审核公式。", "Write the explanation, or delete the rule.")));
        }

        if (note is not null)
        {
            value["note"] = note;
        }
    }

    private static void AddHead(Draft draft, IReadOnlyDictionary<Column, Cell> cells)
    {
        Once(draft, cells, Column.SubmittedBy, () => draft.Body["submittedBy"]?.GetValue<string>(), text => draft.Body["submittedBy"] = text);
        Once(draft, cells, Column.SubmittedAt, () => draft.Body["submittedAt"]?.GetValue<string>(), text => draft.Body["submittedAt"] = text);
        Once(draft, cells, Column.Correction, () => draft.Body["correction"]?["reason"]?.GetValue<string>(), text => draft.Body["correction"] = new JsonObject { ["reason"] = text });
    }

    private static void Once(Draft draft, IReadOnlyDictionary<Column, Cell> cells, Column column, Func<string?> current, Action<string> set)
    {
        if (TextIn(cells, column) is not { } text)
        {
            return;
        }

        if (current() is { } before && before != text)
        {
            draft.Findings.Add(new(cells[column].Place, FileFindings.Contradiction(cells[column].Place.Column ?? Columns.ZhNameOf(column), before, text)));
            return;
        }

        set(text);
    }

    private Draft DraftOf(string unit, string period, string revision, Place row)
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
        var draft = new Draft(row, body, savedAt);
        Drafts.Add(draft);
        return _drafts[(unit, period, revision)] = draft;
    }

    private string Unit(Cell cell, List<Located> findings)
    {
        var text = NumberText.Plain(cell.Text);
        Finding? finding = cell.Finding is not null ? null
            : text.Length == 0 ? FileFindings.NoUnit()
            : Exponent().IsMatch(text) ? FileFindings.SpoiltCode(text)
            : TypedText.HidesSomething(text) ? FileFindings.Hides(text)
            : null;
        if (finding is not null)
        {
            findings.Add(new(cell.Place, finding));
        }

        return catalogue?.UnitNamed(text) ?? text;
    }

    private string Indicator(Cell cell, List<Located> findings)
    {
        var text = NumberText.Plain(cell.Text);
        Finding? finding = cell.Finding is not null ? null
            : text.Length == 0 ? FileFindings.NoIndicator()
            : TypedText.HidesSomething(text) ? FileFindings.Hides(text)
            : null;
        if (finding is not null)
        {
            findings.Add(new(cell.Place, finding));
        }

        return catalogue?.IndicatorNamed(text) ?? text;
    }

    private static string Month(Cell cell, List<Located> findings)
    {
        if (cell.Finding is null && MonthText.TryRead(cell.Text, out var period))
        {
            return period.ToString();
        }

        if (cell.Finding is null)
        {
            findings.Add(new(cell.Place, FileFindings.BadMonth(cell.Text)));
        }

        return TypedText.Trim(cell.Text);
    }

    private static string Revision(Cell? cell, List<Located> findings)
    {
        if (cell is null || cell.IsEmpty)
        {
            return "";
        }

        if (NumberText.TryRead(cell.Text, out var number, out _) && number is >= 1 and <= 9999 && decimal.IsInteger(number))
        {
            return number.ToString("0", CultureInfo.InvariantCulture);
        }

        if (cell.Finding is null)
        {
            findings.Add(new(cell.Place, FileFindings.BadWholeNumber(cell.Text)));
        }

        return "";
    }

    private static string? TextIn(IReadOnlyDictionary<Column, Cell> cells, Column column) => RowValue.TextIn(cells, column);

    [GeneratedRegex(@"\A[0-9](?:\.[0-9]+)?[eE]\+?[0-9]+\z")]
    private static partial Regex Exponent();

    /// <param name="Unit">Null: it cannot be told.</param>
    /// <param name="Period">Null: it cannot be told.</param>
    /// <param name="Own">The submission that it was put into, which has its findings already; null: none.</param>
    /// <param name="Row">Where it stands.</param>
    private sealed record DoubtfulRow(string? Unit, string? Period, Draft? Own, Place Row)
    {
        public bool MayBeOf(Draft draft) => draft != Own && (Unit is null || Unit == draft.Unit) && (Period is null || Period == draft.Period);
    }
}
