using System.Diagnostics;

namespace SkillStation.Support;

/// <summary>Waiting is for a condition, with a deadline; never for a length of time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static Task True(Func<bool> condition, string what) => True(() => Task.FromResult(condition()), what);

    public static async Task True(Func<Task<bool>> condition, string what, TimeSpan? deadline = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > (deadline ?? Deadline))
            {
                throw new TimeoutException($"In vain waited until {what}.");
            }

            await Task.Delay(20);
        }
    }
}
