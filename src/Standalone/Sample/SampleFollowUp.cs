using XilinIngest.Indicators;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Silences;

namespace XilinIngest.Standalone;

/// <summary>What people did about the alerts of the sample year: two were taken, of which one is overdue; a village is silenced.</summary>
internal static class SampleFollowUp
{
    private const string Director = "街道督查室1";
    private const string SilencedVillage = "320404004202";
    private static readonly AlertKey Overdue = new("320404004000", "RETAIL_SALES", 2022);
    private static readonly AlertKey HandedOver = new("320404004000", "PUBLIC_BUDGET_REVENUE", 2022);

    public static async Task AddAsync(IServiceProvider services, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The bus may deliver the last alerts a moment later.
        await services.GetRequiredService<AlertIntake>().CatchUpAsync(cancellationToken);
        var (store, today) = (services.GetRequiredService<NoticeStore>(), DateOnly.FromDateTime(now.UtcDateTime));
        store.ChangeTask(Overdue, new(
            AlertTaskAction.Taken, Director, MayDirect: true, "经济发展科1", "走访限上企业，核实数据并提出措施", today.AddDays(-3), now.AddDays(-10)));
        var day = now.AddDays(-2);
        store.ChangeTask(HandedOver, new(AlertTaskAction.Taken, Director, MayDirect: true, "经济发展科2", null, today.AddDays(14), day));
        store.ChangeTask(HandedOver, new(
            AlertTaskAction.HandedOver, "经济发展科2", MayDirect: false, "财政所1", "由业务科室牵头办理", null, day.AddHours(3)));
        store.AddSilence(new Silence
        {
            Id = new Guid("5f1d0a52-7c55-4b0e-8f3e-2f6d6c1f0001"),
            Unit = SilencedVillage,
            Level = Colour.Amber,
            StartsAt = now,
            EndsAt = now.AddDays(30),
            MadeBy = Director,
            Reason = "年度数据集中核实，暂不通知黄色预警",
        });
    }
}
