using System.Globalization;

namespace SkillStation.Acceptance.Data;

/// <summary>Where a page ended, in lists that are ordered by an instant and then by id.</summary>
internal readonly record struct Cursor(DateTimeOffset At, Guid Id)
{
    public static readonly Cursor Start = new(DateTimeOffset.MinValue, Guid.Empty);

    /// <summary>The start when the text is none of ours.</summary>
    public static Cursor Read(string? text) =>
        text?.Split('.') is [var ticks, var id]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var t) && t <= DateTimeOffset.MaxValue.Ticks && Guid.TryParse(id, out var guid)
            ? new Cursor(new DateTimeOffset(t, TimeSpan.Zero), guid)
            : Start;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}.{Id:N}");
}
