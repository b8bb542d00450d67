using Microsoft.AspNetCore.Http;

namespace XilinIngest.TestServices;

/// <summary>Takes most notices at once, some late, refuses some for a while, and hangs up on some after it has kept them.</summary>
internal sealed class UnreliableReceiver(int seed)
{
    private readonly Random _random = new(seed);

    internal async Task<int> AnswerAsync(ReceivedNotice notice, HttpContext context)
    {
        int draw;
        lock (_random)
        {
            draw = _random.Next(100);
        }

        if (draw < 4)
        {
            return StatusCodes.Status503ServiceUnavailable;
        }

        if (draw < 8)
        {
            // Kept, and the sender does not hear of it.
            context.Abort();
        }
        else if (draw < 30)
        {
            await Task.Delay(draw);
        }

        return StatusCodes.Status204NoContent;
    }
}
