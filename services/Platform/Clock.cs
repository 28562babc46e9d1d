using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillStation.Platform.Http;

namespace SkillStation.Platform;

/// <summary>A clock that runs on from where it is set. For tours and tests only: never registered unless Clock:Movable says so.</summary>
public sealed class MovableClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private TimeSpan ahead = start - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return System.GetUtcNow() + ahead;
        }
    }

    /// <summary>Sets the clock; it never goes back, since rows already carry later instants.</summary>
    public bool TryMoveTo(DateTimeOffset instant)
    {
        lock (gate)
        {
            var jump = instant - (System.GetUtcNow() + ahead);
            if (jump < TimeSpan.Zero)
            {
                return false;
            }

            ahead += jump;
            return true;
        }
    }
}

/// <summary>Where the clock of this process stands.</summary>
/// <param name="Now">The instant, with offset.</param>
public sealed record ClockReading(DateTimeOffset Now);

internal static class ClockEndpoints
{
    private static readonly Refusal Backwards = new("clock-moves-forward-only", "时钟只能往前拨。", "The clock only moves forward.");

    public static void MapClock(this IEndpointRouteBuilder app, MovableClock clock)
    {
        app.MapGet("/clock", () => new ClockReading(clock.GetUtcNow())).ExcludeFromDescription();
        app.MapPut("/clock", (ClockReading to) => clock.TryMoveTo(to.Now)
            ? Results.Ok(new ClockReading(clock.GetUtcNow()))
            : Backwards.AsProblem()).ExcludeFromDescription();
    }
}

/// <summary>Instants are kept in UTC; people live in this zone.</summary>
public static class LocalTime
{
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public static DateTimeOffset ToLocal(this DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    public static DateOnly LocalDate(this DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToLocal().DateTime);

    /// <summary>The instant of a wall-clock time in the zone.</summary>
    public static DateTimeOffset At(DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    public static DateOnly Today(this TimeProvider clock) => clock.GetUtcNow().LocalDate();
}
