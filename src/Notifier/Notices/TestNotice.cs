namespace XilinIngest.Notifier.Notices;

/// <summary>A notice that shows whether a channel works. It is marked as a test, and tells no alert.</summary>
internal static class TestNotice
{
    /// <summary>The reason, and the name in place of a route's.</summary>
    public const string Reason = "test";

    public static NoticeContent Create(string channel, bool english, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Route = Reason,
        Group = "",
        Reason = Reason,
        Language = english ? "en" : "zh",
        CreatedAt = now,
        Title = english ? "Test notice, please ignore" : "测试通知，请忽略",
        Text = english
            ? $"This is a test of the channel {channel}. No alert was raised, changed or cleared."
            : $"这是对通知渠道 {channel} 的测试，没有预警新增、变化或解除。",
        Alerts = [],
    };
}
