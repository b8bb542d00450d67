using System.Globalization;
using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Histories;

/// <summary>A catalogue as the files a host reads it from.</summary>
internal static class CatalogueFileWriter
{
    public static void Write(Catalogue catalogue, string folder)
    {
        Write(folder, "indicators.csv",
            "code,name_zh,name_en,unit,kind,reported_by,register,january_exempt_from,january_exempt_to,growth_basis,rank_by,direction,"
                + "may_be_negative,printed_unit_zh,printed_unit_en,printed_divisor,decimals,print_growth,phrase_zh,zero_phrase_zh,"
                + "rank_name_zh,chapter,section,stages_zh,stages_en",
            catalogue.Indicators.Select(i => string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{i.Code},{i.NameZh},{i.NameEn},{i.CanonicalUnit},{i.Kind.CatalogueWord},{Word(i.ReportedBy)},{i.Register},"
                    + $"{i.JanuaryExempt?.FromYear},{i.JanuaryExempt?.ToYear},{Word(i.Basis)},{Word(i.RankBy)},"
                    + $"{(i.Direction == Direction.HigherIsBetter ? "higher" : "lower")},yes,{i.Printing.UnitZh},{i.Printing.UnitEn},"
                    + $"{i.Printing.Divisor},{i.Printing.Decimals},yes,,,,{i.Chapter},{i.Section},"
                    + $"{string.Join('|', i.Stages.Select(stage => stage.NameZh))},"
                    + $"{string.Join('|', i.Stages.Select(stage => stage.NameEn))}")));
        Write(folder, "units.csv", "code,name_zh,name_en,kind,parent,valid_from,valid_to,registers,reports_whole",
            catalogue.Units.All.SelectMany(unit => unit.Spans.Select(span =>
                $"{unit.Code},{unit.NameZh},{unit.NameEn},{Word(unit.Kind)},{span.Parent},{span.From},{span.To},"
                    + $"{string.Join(' ', span.Registers)},{(unit.ReportsWhole ? "yes" : "no")}")));
        Write(folder, "targets.csv", "unit,indicator,year,kind,value,by_month",
            catalogue.Targets.Select(
                t => FormattableString.Invariant($"{t.Unit},{t.Indicator},{t.Year},{Word(t.Kind)},{t.Value},{t.ByMonth}")));
        Write(folder, "colours.csv", "level,scheme,amber_behind,red_behind,margin,silenced_by_parent",
            Enum.GetValues<UnitLevel>().Select(catalogue.ColourRuleOf).OfType<ColourRule>()
                .Select(rule => string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{Word(rule.Level)},{Word(rule.Scheme)},{rule.AmberBehind},{rule.RedBehind},{rule.Margin},"
                    + $"{(rule.SilencedByParent ? "yes" : "no")}")));
        Write(folder, "calendar.csv", "period,opens,deadline,closes,locks",
            catalogue.Calendar.Select(w => $"{w.Period},{Time(w.Opens)},{Time(w.Deadline)},{Time(w.Closes)},{Time(w.Locks)}"));
        Write(folder, "rules.csv", "id,version,severity,indicators,kinds,fires_when,message_zh,message_en,remedy_zh,remedy_en", []);
        Write(folder, "workflow.csv", "kind,subtree,reviewed,by,from", catalogue.Workflow.Rules.Select(rule =>
            $"{Word(rule.Kind)},{rule.Subtree},{(rule.IsReviewed ? "yes" : "no")},{(rule.IsReviewed ? rule.By?.Value ?? "above" : "")},"
                + $"{rule.From}"));
        var faults = CatalogueReader.Read(folder).Faults;
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static string Word(Enum word) => word.ToString().ToLowerInvariant()
        .Replace("higherisbetter", "higher", StringComparison.Ordinal).Replace("lowerisbetter", "lower", StringComparison.Ordinal);

    private static string Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) ?? "";

    private static void Write(string folder, string file, string header, IEnumerable<string> rows) =>
        File.WriteAllLines(Path.Combine(folder, file), rows.Prepend(header));
}
