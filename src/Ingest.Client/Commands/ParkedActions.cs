using RabbitMQ.Client.Exceptions;
using XilinIngest.Client.Parked;
using XilinIngest.Client.Sending;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Commands;

/// <summary>What <see cref="ParkedCommand"/> does.</summary>
internal static class ParkedActions
{
    private const int Shown = 80;

    public static async Task<int> RunAsync(Settings settings, Func<ParkedQueue, Task<int>> act, CancellationToken cancellationToken)
    {
        var bus = settings.Bus ?? throw new FaultException(Exit.Usage, "搁置的报文在消息队列里,请用 --bus。", "What was put aside is on the message queue: name it with --bus.");
        try
        {
            await using var queue = await ParkedQueue.OpenAsync(bus, settings.Patience, cancellationToken);
            return await act(queue);
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason is { ReplyCode: 403 or 404 } reason)
        {
            throw new FaultException(Exit.Refused, $"{bus} 不允许:{reason.ReplyText} 请用统计站的用户 xilin-staff。", $"{bus} does not allow it: {reason.ReplyText} Use the staff's user, xilin-staff.");
        }
        catch (Exception exception) when (BusLine.IsOfTheLine(exception) || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new FaultException(Exit.NotSent, $"{bus} 连接不上或没有收下:{BusLine.Reason(exception)} 没有移走的仍在原处。", $"{bus} is away or did not take it: {BusLine.Reason(exception)} What was not taken away is where it was.");
        }
    }

    public static async Task<int> ListAsync(ParkedQueue queue, int limit, Say say, CancellationToken cancellationToken)
    {
        var number = 0;
        await foreach (var message in queue.ReadAsync(cancellationToken))
        {
            if (++number <= limit)
            {
                Tell(number, message, say);
            }
        }

        say.Aside($"共搁置 {number} 条{(number > limit ? $",只列出前 {limit} 条(--limit)" : "")}。", $"{number} parked{(number > limit ? $"; the first {limit} are listed (--limit)" : "")}.");
        return Exit.Accepted;
    }

    public static async Task<int> ShowAsync(ParkedQueue queue, IReadOnlyList<Wanted> wanted, string? file, Say say, CancellationToken cancellationToken)
    {
        if (await FindAsync(queue, wanted, say, cancellationToken) is not [var (number, message)])
        {
            return Exit.Refused;
        }

        await queue.ReleaseAsync(cancellationToken);
        Tell(number, message, say, withBeginning: false);
        foreach (var (name, value) in message.Properties.Headers ?? new Dictionary<string, object?>())
        {
            Console.Out.WriteLine($"    {Harmless.Line(name)}: {Harmless.Line(ParkedMessage.Shown(value))}");
        }

        foreach (var (name, value) in new[] { ("user_id", message.Properties.UserId), ("correlation_id", message.Properties.CorrelationId), ("message_id", message.Properties.MessageId), ("reply_to", message.Properties.ReplyTo), ("content_type", message.Properties.ContentType), ("type", message.Properties.Type) })
        {
            if (!string.IsNullOrEmpty(value))
            {
                Console.Out.WriteLine($"    {name}: {Harmless.Line(value)}");
            }
        }

        var (text, readAs) = Harmless.Body(message.Body);
        say.Line($"── 正文({readAs ?? "不是文本,逐字节显示"})──", $"── body ({readAs ?? "no text, shown byte by byte"}) ──");
        Console.Out.WriteLine(text);
        if (file is not null)
        {
            await File.WriteAllBytesAsync(file, message.Body, cancellationToken);
            say.Aside($"正文 {message.Body.Length} 字节已存为 {file}。", $"The body, {message.Body.Length} bytes, is in {file}.");
        }

        return Exit.Accepted;
    }

    /// <param name="queue">The queue.</param>
    /// <param name="wanted">Which; null: all that are there now.</param>
    /// <param name="say">Tells.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<int> ResendAsync(ParkedQueue queue, IReadOnlyList<Wanted>? wanted, Say say, CancellationToken cancellationToken)
    {
        var (number, sent, left) = (0, 0, 0);
        if (wanted is not null)
        {
            if (await FindAsync(queue, wanted, say, cancellationToken) is not { Count: > 0 } found)
            {
                return Exit.Refused;
            }

            foreach (var (at, message) in found)
            {
                await OneAsync(at, message);
            }
        }
        else
        {
            await foreach (var message in queue.ReadAsync(cancellationToken))
            {
                await OneAsync(++number, message);
            }
        }

        say.Aside($"重发 {sent} 条{(left > 0 ? $",{left} 条留在原处" : "")}。回执送到原发送单位;仍无法读取的会再次搁置。", $"{sent} sent again{(left > 0 ? $", {left} left where they were" : "")}. Receipts go to the senders; what still cannot be read is parked again.");
        return left > 0 ? Exit.Refused : Exit.Accepted;

        async Task OneAsync(int at, ParkedMessage message)
        {
            if (!message.CanBeResent)
            {
                left++;
                Tell(at, message, say, withBeginning: false);
                say.Line(
                    $"    ✗ 没有重发:它来自“{Harmless.Line(message.Exchange)}”,不是报送({Exchanges.Intake})。服务之间的消息不必重发,服务会自己补取;可以丢弃。",
                    $"    ✗ Not sent again: it came from '{Harmless.Line(message.Exchange)}', not from the intake ({Exchanges.Intake}). Services ask each other for what is missing; it may be dropped.");
                return;
            }

            await queue.ResendAsync(message, cancellationToken);
            sent++;
            say.Line($"✓ 已重发 {message.Id} {SenderOf(message, say)} {Harmless.Line(message.RoutingKey)} {message.Body.Length} 字节", $"✓ sent again {message.Id} {SenderOf(message, say)} {Harmless.Line(message.RoutingKey)} {message.Body.Length} bytes");
        }
    }

    public static async Task<int> DropAsync(ParkedQueue queue, IReadOnlyList<Wanted> wanted, bool yes, Say say, CancellationToken cancellationToken)
    {
        if (!yes && Console.IsInputRedirected)
        {
            throw new FaultException(Exit.Usage, "没有终端可以询问;确实要丢弃,请加 --yes。", "There is no terminal to ask at; to drop it all the same, add --yes.");
        }

        if (await FindAsync(queue, wanted, say, cancellationToken) is not { Count: > 0 } found)
        {
            return Exit.Refused;
        }

        foreach (var (number, message) in found)
        {
            Tell(number, message, say);
        }

        if (!yes)
        {
            // No one is kept from them while a person thinks.
            await queue.ReleaseAsync(cancellationToken);
            Console.Error.Write(say.Text($"丢弃以上 {found.Count} 条,不能恢复。输入 yes 确认:", $"Drop these {found.Count} for good? Type yes: "));
            if (Console.In.ReadLine()?.Trim() != "yes")
            {
                return say.Fail(Exit.Refused, "没有丢弃。", "Nothing was dropped.");
            }

            found = await FindAsync(queue, [.. found.Select(one => new Wanted(null, one.Message.Id))], say, cancellationToken);
        }

        foreach (var (_, message) in found)
        {
            await queue.DropAsync(message, cancellationToken);
            say.Line($"已丢弃 {message.Id} {SenderOf(message, say)} {message.Body.Length} 字节", $"dropped {message.Id} {SenderOf(message, say)} {message.Body.Length} bytes");
        }

        return found.Count > 0 ? Exit.Accepted : Exit.Refused;
    }

    // All of them or, told why, none.
    private static async Task<IReadOnlyList<(int Number, ParkedMessage Message)>> FindAsync(ParkedQueue queue, IReadOnlyList<Wanted> wanted, Say say, CancellationToken cancellationToken)
    {
        var found = new List<(int Number, ParkedMessage Message)>();
        var missing = wanted.Distinct().ToList();
        var number = 0;
        await foreach (var message in queue.ReadAsync(cancellationToken))
        {
            number++;
            if (missing.RemoveAll(one => one.Is(number, message)) > 0)
            {
                found.Add((number, message));
            }

        }

        foreach (var one in missing)
        {
            say.Aside($"没有 {one} 这一条:可能已被别人处理。请重新 xilin parked list。", $"There is no {one}: someone else may have dealt with it. See xilin parked list.");
        }

        return missing.Count == 0 ? found : [];
    }

    private static void Tell(int number, ParkedMessage message, Say say, bool withBeginning = true)
    {
        var at = message.At.Length > 0 ? Harmless.Line(message.At) : say.Text("时间不明", "unknown time");
        say.Line(
            $"{number} {message.Id} {at} {SenderOf(message, say)} {Harmless.Line(message.RoutingKey)} {message.Body.Length} 字节",
            $"{number} {message.Id} {at} {SenderOf(message, say)} {Harmless.Line(message.RoutingKey)} {message.Body.Length} bytes");
        say.Line($"    {Harmless.Line(message.ReasonZh)}", $"    {Harmless.Line(message.ReasonEn)}");
        if (withBeginning)
        {
            Console.Out.WriteLine($"    {Harmless.Beginning(message.Body, Shown)}");
        }
    }

    private static string SenderOf(ParkedMessage message, Say say) => message.Sender is { } sender ? Harmless.Line(sender) : say.Text("未署名", "unnamed");
}
