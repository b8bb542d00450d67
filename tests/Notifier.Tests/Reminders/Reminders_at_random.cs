using CsCheck;

namespace XilinIngest.Notifier.Tests.Reminders;

/// <summary>Time, reports, restarts, an aggregator and a channel that are away, in any order.</summary>
public sealed class Reminders_at_random
{
    private const int Steps = 40;
    private static readonly string[] Units = [ReminderWorkbench.Village, ReminderWorkbench.OtherVillage];
    private static readonly string[] Periods = ["2022-07", "2022-08"];

    // The rules as a clerk reads them: days after the 8th, at nine in China.
    private static readonly (string Rule, int Offset)[] Rules = [("three-days", -3), ("one-day", -1), ("today", 0), ("over", 2)];

    private static readonly StepKind[] Kinds =
    [
        StepKind.Wait, StepKind.Wait, StepKind.Wait, StepKind.Wait, StepKind.Wait, StepKind.Report, StepKind.TakeBack, StepKind.Restart,
        StepKind.Aggregator, StepKind.Channel,
    ];

    private static readonly Gen<Step> AnyStep = Gen.Select(
        Gen.Int[0, Kinds.Length - 1].Select(kind => Kinds[kind]), Gen.Int[0, 1], Gen.Int[0, 1], Gen.Int[1, 60],
        (kind, unit, period, hours) => new Step(kind, Units[unit], Periods[period], hours));

    private enum StepKind
    {
        Wait, Report, TakeBack, Restart, Aggregator, Channel,
    }

    [Fact]
    public Task Reach_each_unit_that_is_late_once_a_rule_and_none_that_has_reported() => AnyStep.Array[1, Steps].SampleAsync(
        async steps =>
        {
            await using var bench = await ReminderWorkbench.StartAsync(
                "unit,role,name,telephone,mail\n",
                [.. Rules.Select(rule => FormattableString.Invariant($"{rule.Rule},,,{rule.Offset},09:00,reporter,page,,,"))]);
            var owed = new List<(string Sent, string Unit, string Period, int Since)>();
            for (var step = 1; step <= steps.Length; step++)
            {
                bench.Book.Advance();
                Apply(steps[step - 1], bench);
                Owe(bench, owed, step);
                await bench.PlanAsync();
                await bench.SendAsync();
            }

            (bench.Book.IsAway, bench.IsChannelAway) = (false, false);
            bench.Clock.Advance(TimeSpan.FromMinutes(15));
            Owe(bench, owed, steps.Length + 1);
            await bench.PlanAsync();
            await bench.SendAsync();

            Assert.Equal(bench.Sent.Distinct().Order(), bench.Sent.Order());
            var lost = owed.Where(each => bench.Book.MissingSince(each.Unit, each.Period) is { } since && since < each.Since)
                .Select(each => each.Sent).Except(bench.Sent);
            Assert.Empty(lost);
            Assert.Empty(bench.Sent.Except(owed.Select(each => each.Sent)));
        }, iter: 6, threads: 1);

    // What has to be sent from this step on, if the unit goes on being late. The newest time that has come counts, for three days.
    private static void Owe(ReminderWorkbench bench, List<(string Sent, string Unit, string Period, int Since)> owed, int step)
    {
        foreach (var period in bench.Book.IsAway ? [] : Periods)
        {
            var now = bench.Clock.GetUtcNow();
            var deadline = ReminderWorkbench.Deadlines[period];
            var come = Rules.Select(rule => (rule.Rule, At: deadline.AddDays(rule.Offset).AddHours(-9)))
                .Where(each => each.At <= now).ToList();
            if (come is [] || now - come[^1].At >= TimeSpan.FromDays(3) || owed.Exists(each => IsOf(each, come[^1].Rule, period)))
            {
                continue;
            }

            owed.AddRange(Units.Select(unit => ($"reminder/{come[^1].Rule} {period} {unit}", unit, period, step)));
        }
    }

    private static bool IsOf((string Sent, string Unit, string Period, int Since) owed, string rule, string period) =>
        owed.Sent.StartsWith($"reminder/{rule} {period} ", StringComparison.Ordinal);

    private static void Apply(Step step, ReminderWorkbench bench)
    {
        switch (step.Kind)
        {
            case StepKind.Wait:
                bench.Clock.Advance(TimeSpan.FromHours(step.Hours));
                break;
            case StepKind.Report:
                bench.Book.Report(step.Unit, step.Period);
                break;
            case StepKind.TakeBack:
                bench.Book.TakeBack(step.Unit, step.Period);
                break;
            case StepKind.Restart:
                bench.Restart();
                break;
            case StepKind.Aggregator:
                bench.Book.IsAway = !bench.Book.IsAway;
                break;
            default:
                bench.IsChannelAway = !bench.IsChannelAway;
                break;
        }
    }

    private sealed record Step(StepKind Kind, string Unit, string Period, int Hours);
}
