using System.Globalization;
using System.Text;
using SkillStation.Portal.Clients;
using SkillStation.Portal.Session;
using SkillStation.Portal.Shell;
using static SkillStation.Platform.Http.Language;

namespace SkillStation.Portal.Pages.Resident;

/// <summary>The timetable as a calendar file (RFC 5545), with the city's zone, which has no summer time, written out.</summary>
internal static class ClassCalendar
{
    public static void MapClassCalendar(this WebApplication app) => app.MapGet("/my/classes/{id:guid}/class.ics", async (Guid id, Visitor visitor, AcceptanceClient acceptance, TimeProvider clock, CancellationToken ct) =>
    {
        var own = await acceptance.ClassOf(visitor.ResidentId!.Value, id, ct);
        return own.Value is { } found
            ? Results.Text(Write(found, id, clock.GetUtcNow()), "text/calendar; charset=utf-8", Encoding.UTF8)
            : Results.StatusCode(own.Problem!.Status);
    }).WithMetadata(new IsPage(), new ForAttribute(Roles.Resident)).ExcludeFromDescription();

    public static string Write(LearnerClass of, Guid requestId, DateTimeOffset now)
    {
        var text = new StringBuilder();
        void Line(string line) => Fold(text, line);
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//SkillStation//Portal//ZH");
        Line("CALSCALE:GREGORIAN");
        Line("BEGIN:VTIMEZONE");
        Line("TZID:Asia/Shanghai");
        Line("BEGIN:STANDARD");
        Line("DTSTART:19700101T000000");
        Line("TZOFFSETFROM:+0800");
        Line("TZOFFSETTO:+0800");
        Line("TZNAME:CST");
        Line("END:STANDARD");
        Line("END:VTIMEZONE");
        foreach (var session in of.Sessions)
        {
            Line("BEGIN:VEVENT");
            Line(string.Create(CultureInfo.InvariantCulture, $"UID:{requestId:N}-{session.Number}@skillstation"));
            Line("DTSTAMP:" + now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
            Line("DTSTART;TZID=Asia/Shanghai:" + Local(session.StartsAt));
            Line("DTEND;TZID=Asia/Shanghai:" + Local(session.EndsAt));
            Line("SUMMARY:" + Escape(Pick($"{of.CourseName} 第 {session.Number} 次课", $"{of.CourseNameEn}, session {session.Number}")));
            Line("LOCATION:" + Escape(session.Room is null ? of.Venue : $"{of.Venue} {session.Room}"));
            Line("BEGIN:VALARM");
            Line("ACTION:DISPLAY");
            Line("DESCRIPTION:" + Escape(Pick("一小时后上课", "Class in an hour")));
            Line("TRIGGER:-PT1H");
            Line("END:VALARM");
            Line("END:VEVENT");
        }

        Line("END:VCALENDAR");
        return text.ToString();
    }

    private static string Local(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    // Lines end with CRLF and have at most 75 bytes; a character is never cut.
    private static void Fold(StringBuilder text, string line)
    {
        var bytes = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > 74)
            {
                text.Append("\r\n ");
                bytes = 1;
            }

            text.Append(rune.ToString());
            bytes += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }
}
