using RabbitMQ.Client.Exceptions;
using XilinIngest.Client.DeadLetters;
using XilinIngest.ClientLibrary.Transports;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Commands;

/// <summary>The actions of <see cref="DeadLetterCommand"/>.</summary>
internal static class DeadLetterActions
{
    private const int PreviewLength = 80;

    public static async Task<int> RunAsync(
        ClientSettings settings, Func<DeadLetterQueue, Task<int>> act, CancellationToken cancellationToken)
    {
        var bus = settings.Bus
            ?? throw new CommandException(ExitCodes.Usage, "搁置的报文在消息队列里，请用 --bus。",
                "What was put aside is on the message queue: name it with --bus.");
        try
        {
            await using var queue = await DeadLetterQueue.OpenAsync(bus, settings.Timeout, cancellationToken);
            return await act(queue);
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason is { ReplyCode: 403 or 404 } reason)
        {
            throw new CommandException(ExitCodes.Refused, $"{bus} 不允许：{reason.ReplyText} 请用统计站的用户 xilin-staff。",
                $"{bus} does not allow it: {reason.ReplyText} Use the staff's user, xilin-staff.");
        }
        catch (Exception exception)
        when (AmqpTransport.IsTransportFault(exception)
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CommandException(ExitCodes.NotSent, $"{bus} 连接不上或没有收下：{AmqpTransport.InnermostMessage(exception)} 没有移走的仍在原处。",
                $"{bus} is away or did not take it: {AmqpTransport.InnermostMessage(exception)} What was not taken away is where it was.");
        }
    }

    public static async Task<int> ListAsync(DeadLetterQueue queue, int limit, ConsoleOutput output, CancellationToken cancellationToken)
    {
        var number = 0;
        await foreach (var message in queue.ReadAsync(cancellationToken))
        {
            if (++number <= limit)
            {
                PrintMessage(number, message, output);
            }
        }

        output.WriteErrorLine($"共搁置 {number} 条{(number > limit ? $"，只列出前 {limit} 条（--limit）" : "")}。",
            $"{number} parked{(number > limit ? $"; the first {limit} are listed (--limit)" : "")}.");
        return ExitCodes.Accepted;
    }

    public static async Task<int> ShowAsync(
        DeadLetterQueue queue, IReadOnlyList<DeadLetterSelector> wanted, string? file, ConsoleOutput output,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(queue, wanted, output, cancellationToken) is not [var (number, message)])
        {
            return ExitCodes.Refused;
        }

        await queue.RequeueAsync(cancellationToken);
        PrintMessage(number, message, output, withBeginning: false);
        foreach (var (name, value) in message.Properties.Headers ?? new Dictionary<string, object?>())
        {
            Console.Out.WriteLine(
                $"    {TerminalText.ToSingleLine(name)}: {TerminalText.ToSingleLine(DeadLetterMessage.FormatHeader(value))}");
        }

        foreach (var (name, value) in new[] { ("user_id", message.Properties.UserId), ("correlation_id", message.Properties.CorrelationId),
            ("message_id", message.Properties.MessageId), ("reply_to", message.Properties.ReplyTo),
            ("content_type", message.Properties.ContentType), ("type", message.Properties.Type) })
        {
            if (!string.IsNullOrEmpty(value))
            {
                Console.Out.WriteLine($"    {name}: {TerminalText.ToSingleLine(value)}");
            }
        }

        var (text, readAs) = TerminalText.DecodeBody(message.Body);
        output.WriteLine($"── 正文（{readAs ?? "不是文本，逐字节显示"}）──", $"── body ({readAs ?? "no text, shown byte by byte"}) ──");
        Console.Out.WriteLine(text);
        if (file is not null)
        {
            await File.WriteAllBytesAsync(file, message.Body, cancellationToken);
            output.WriteErrorLine($"正文 {message.Body.Length} 字节已存为 {file}。", $"The body, {message.Body.Length} bytes, is in {file}.");
        }

        return ExitCodes.Accepted;
    }

    /// <param name="queue">The queue.</param>
    /// <param name="wanted">The messages; null: all that are in the queue now.</param>
    /// <param name="output">Prints the result.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<int> ResendAsync(
        DeadLetterQueue queue, IReadOnlyList<DeadLetterSelector>? wanted, ConsoleOutput output, CancellationToken cancellationToken)
    {
        var (number, sent, left) = (0, 0, 0);
        if (wanted is not null)
        {
            if (await FindAsync(queue, wanted, output, cancellationToken) is not { Count: > 0 } found)
            {
                return ExitCodes.Refused;
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

        output.WriteErrorLine($"重发 {sent} 条{(left > 0 ? $",{left} 条留在原处" : "")}。回执送到原发送单位；仍无法读取的会再次搁置。",
            $"{sent} sent again{(left > 0 ? $", {left} left where they were" : "")}. Receipts go to the senders; what still cannot be "
            + "read is parked again.");
        return left > 0 ? ExitCodes.Refused : ExitCodes.Accepted;

        async Task OneAsync(int at, DeadLetterMessage message)
        {
            if (!message.CanBeResent)
            {
                left++;
                PrintMessage(at, message, output, withBeginning: false);
                output.WriteLine(
                    $"    ✗ 没有重发：它来自“{TerminalText.ToSingleLine(message.Exchange)}”，不是报送（{Exchanges.Intake}）。服务之间的消息不必重发，服务会自己补取；可以丢弃。",
                    $"    ✗ Not sent again: it came from '{TerminalText.ToSingleLine(message.Exchange)}', not from the intake "
                    + $"({Exchanges.Intake}). Services ask each other for what is missing; it may be dropped.");
                return;
            }

            await queue.ResendAsync(message, cancellationToken);
            sent++;
            output.WriteLine(
                $"✓ 已重发 {message.Id} {SenderName(message, output)} {TerminalText.ToSingleLine(message.RoutingKey)} "
                    + $"{message.Body.Length} 字节",
                $"✓ sent again {message.Id} {SenderName(message, output)} {TerminalText.ToSingleLine(message.RoutingKey)} "
                    + $"{message.Body.Length} bytes");
        }
    }

    public static async Task<int> DropAsync(
        DeadLetterQueue queue, IReadOnlyList<DeadLetterSelector> wanted, bool yes, ConsoleOutput output,
        CancellationToken cancellationToken)
    {
        if (!yes && Console.IsInputRedirected)
        {
            throw new CommandException(ExitCodes.Usage, "没有终端可以询问；确实要丢弃，请加 --yes。",
                "There is no terminal to ask at; to drop it all the same, add --yes.");
        }

        if (await FindAsync(queue, wanted, output, cancellationToken) is not { Count: > 0 } found)
        {
            return ExitCodes.Refused;
        }

        foreach (var (number, message) in found)
        {
            PrintMessage(number, message, output);
        }

        if (!yes)
        {
            // The messages are returned while a person decides, so that others can read them.
            await queue.RequeueAsync(cancellationToken);
            Console.Error.Write(output.Text($"丢弃以上 {found.Count} 条，不能恢复。输入 yes 确认：", $"Drop these {found.Count} for good? Type yes: "));
            if (Console.In.ReadLine()?.Trim() != "yes")
            {
                return output.WriteFailure(ExitCodes.Refused, "没有丢弃。", "Nothing was dropped.");
            }

            found = await FindAsync(queue, [.. found.Select(one => new DeadLetterSelector(null, one.Message.Id))], output,
                cancellationToken);
        }

        foreach (var (_, message) in found)
        {
            await queue.DropAsync(message, cancellationToken);
            output.WriteLine($"已丢弃 {message.Id} {SenderName(message, output)} {message.Body.Length} 字节",
                $"dropped {message.Id} {SenderName(message, output)} {message.Body.Length} bytes");
        }

        return found.Count > 0 ? ExitCodes.Accepted : ExitCodes.Refused;
    }

    // Returns all wanted messages, or none after printing the reason.
    private static async Task<IReadOnlyList<(int Number, DeadLetterMessage Message)>> FindAsync(
        DeadLetterQueue queue, IReadOnlyList<DeadLetterSelector> wanted, ConsoleOutput output, CancellationToken cancellationToken)
    {
        var found = new List<(int Number, DeadLetterMessage Message)>();
        var missing = wanted.Distinct().ToList();
        var number = 0;
        await foreach (var message in queue.ReadAsync(cancellationToken))
        {
            number++;
            if (missing.RemoveAll(one => one.Matches(number, message)) > 0)
            {
                found.Add((number, message));
            }

        }

        foreach (var one in missing)
        {
            output.WriteErrorLine($"没有 {one} 这一条：可能已被别人处理。请重新 xilin parked list。",
                $"There is no {one}: someone else may have dealt with it. See xilin parked list.");
        }

        return missing.Count == 0 ? found : [];
    }

    private static void PrintMessage(int number, DeadLetterMessage message, ConsoleOutput output, bool withBeginning = true)
    {
        var at = message.DeadLetteredAt.Length > 0
            ? TerminalText.ToSingleLine(message.DeadLetteredAt) : output.Text("时间不明", "unknown time");
        output.WriteLine(
            $"{number} {message.Id} {at} {SenderName(message, output)} {TerminalText.ToSingleLine(message.RoutingKey)} "
                + $"{message.Body.Length} 字节",
            $"{number} {message.Id} {at} {SenderName(message, output)} {TerminalText.ToSingleLine(message.RoutingKey)} "
                + $"{message.Body.Length} bytes");
        output.WriteLine($"    {TerminalText.ToSingleLine(message.ReasonZh)}", $"    {TerminalText.ToSingleLine(message.ReasonEn)}");
        if (withBeginning)
        {
            Console.Out.WriteLine($"    {TerminalText.Preview(message.Body, PreviewLength)}");
        }
    }

    private static string SenderName(DeadLetterMessage message, ConsoleOutput output) =>
        message.Sender is { } sender ? TerminalText.ToSingleLine(sender) : output.Text("未署名", "unnamed");
}
