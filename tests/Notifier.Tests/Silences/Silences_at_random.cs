using CsCheck;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Silences;

namespace XilinIngest.Notifier.Tests.Silences;

/// <summary>
/// Alerts, silences, waits and restarts in any order, against what each route must have been told as a clerk would work it out with a
/// pencil.
/// </summary>
public sealed class Silences_at_random
{
    private const int Steps = 40;
    private static readonly string[] Units =
        [NoticeWorkbench.Street, NoticeWorkbench.Village, NoticeWorkbench.OtherVillage, NoticeWorkbench.Firm];

    private static readonly string[] Indicators = ["RETAIL_SALES", "PETITIONS"];

    // The units above each.
    private static readonly Dictionary<string, string[]> Above = new()
    {
        [NoticeWorkbench.Street] = [],
        [NoticeWorkbench.Village] = [NoticeWorkbench.Street],
        [NoticeWorkbench.OtherVillage] = [NoticeWorkbench.Street],
        [NoticeWorkbench.Firm] = [NoticeWorkbench.Village, NoticeWorkbench.Street],
    };

    private static readonly (string Name, TargetColour Level, bool Inhibit)[] Routes =
        [("all", TargetColour.Amber, false), ("red", TargetColour.Red, false), ("top", TargetColour.Amber, true), ("toppest",
            TargetColour.Red, true)];

    // An alert as often as all others.
    private static readonly StepKind[] Kinds =
    [
        StepKind.Alert, StepKind.Alert, StepKind.Alert, StepKind.Alert, StepKind.Alert, StepKind.Silence, StepKind.Silence, StepKind.End,
        StepKind.Wait, StepKind.Wait, StepKind.Restart,
    ];

    private static readonly Gen<Step> AnyStep = Gen.Select(
        Gen.Int[0, Kinds.Length - 1].Select(kind => Kinds[kind]),
        Gen.Int[0, Units.Length - 1], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[1, 90],
        (kind, unit, indicator, colour, minutes) => new Step(kind, Units[unit], indicator, (TargetColour)colour, minutes));

    private enum StepKind
    {
        Alert, Silence, End, Wait, Restart,
    }

    [Fact]
    public void Hold_back_what_they_cover_and_what_differs_is_told_when_they_end() => AnyStep.Array[1, Steps].Sample(
        steps =>
        {
            using var bench = new NoticeWorkbench(
                "all,,,,amber,page,zh,alert,,,,,,", "red,,,,red,page,zh,alert,,,,,,no", "top,,,,amber,page,en,alert,,,,,,yes",
                "toppest,,,,red,page,en,alert,,,,,,yes");
            var plain = new PlainTelling();
            foreach (var step in steps)
            {
                Apply(step, bench, plain);
                bench.Plan();
                plain.Tell(bench.ColourOf, bench.Clock.GetUtcNow());
            }

            Assert.Equal(plain.Told.Order(StringComparer.Ordinal), bench.Told().Order(StringComparer.Ordinal));
            foreach (var of in plain.Told.GroupBy(AlertOf))
            {
                Assert.Equal(of, bench.Told().Where(told => AlertOf(told) == of.Key));
            }
        }, iter: 25, threads: 1);

    private static string AlertOf(string told) => told[..told.LastIndexOf(' ')];

    private static void Apply(Step step, NoticeWorkbench bench, PlainTelling plain)
    {
        var now = bench.Clock.GetUtcNow();
        switch (step.Kind)
        {
            case StepKind.Alert:
                bench.Publish(step.Unit, Indicators[step.Indicator % 2], step.Colour);
                break;
            case StepKind.Silence:
                plain.Silences.Add(bench.Store.AddSilence(new Silence
                {
                    Id = Guid.NewGuid(),
                    Unit = step.Unit,
                    Indicator = step.Indicator == 2 ? null : Indicators[step.Indicator],
                    Level = step.Colour == TargetColour.Amber ? Colour.Amber : Colour.Red,
                    StartsAt = now,
                    EndsAt = now.AddMinutes(step.Minutes),
                    MadeBy = "test",
                    Reason = "a reason",
                })!);
                break;
            case StepKind.End when plain.Silences.Count > 0:
                var at = step.Minutes % plain.Silences.Count;
                plain.Silences[at] = bench.Store.EndSilence(plain.Silences[at].Number, "test", now)!;
                break;
            case StepKind.Wait:
                bench.Clock.Advance(TimeSpan.FromMinutes(step.Minutes));
                break;
            case StepKind.Restart:
                bench.Restart();
                break;
        }
    }

    private sealed record Step(StepKind Kind, string Unit, int Indicator, TargetColour Colour, int Minutes);

    /// <summary>What each route must have been told, by the rules of docs/notices.md and nothing of the program's.</summary>
    private sealed class PlainTelling
    {
        private readonly Dictionary<string, TargetColour> _told = [];

        public List<Silence> Silences { get; } = [];

        public List<string> Told { get; } = [];

        public void Tell(Func<string, string, TargetColour> colourOf, DateTimeOffset now)
        {
            foreach (var (route, level, inhibit) in Routes)
            {
                foreach (var (unit, indicator) in Units.SelectMany(unit => Silences_at_random.Indicators.Select(each => (unit, each))))
                {
                    var colour = colourOf(unit, indicator);
                    var isInhibited = inhibit && colour >= level && Above[unit].Any(above =>
                        colourOf(above, indicator) is var of && of >= level && !IsSilent(above, indicator, of, now));
                    var shown = colour >= level ? colour : TargetColour.Green;
                    var before = _told.GetValueOrDefault($"{route} {unit} {indicator}");
                    if (shown == before || isInhibited || IsSilent(unit, indicator, colour, now))
                    {
                        continue;
                    }

                    _told[$"{route} {unit} {indicator}"] = shown;
                    Told.Add($"{route} {unit} {indicator} {before.ToWireName()}→{colour.ToWireName()}");
                }
            }
        }

        private bool IsSilent(string unit, string indicator, TargetColour colour, DateTimeOffset now) => Silences.Any(silence =>
            (silence.Unit == unit || Above[unit].Contains(silence.Unit)) && (silence.Indicator ?? indicator) == indicator
            && colour <= (silence.Level == Colour.Amber ? TargetColour.Amber : TargetColour.Red)
            && silence.StartsAt <= now && now < silence.EndsAt && silence.EndedAt is null);
    }
}
