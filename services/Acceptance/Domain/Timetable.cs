using System.Globalization;
using SkillStation.Contracts;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance.Domain;

/// <summary>One block as the institution plans it; the room is its own or the station's.</summary>
internal sealed record PlannedSession(DateOnly Date, Slot Slot, decimal Hours, string? RoomNumber, string InstructorNumber);

/// <summary>What an institution and its station have to plan with.</summary>
internal sealed record PlanningMeans(
    string InstitutionName, IReadOnlyList<Room> Rooms, StationCopy? Station, IReadOnlyList<Instructor> Instructors, IReadOnlyList<Qualification> Qualifications);

/// <summary>A timetable that keeps every rule but one: whether rooms and teachers are free is not its to know.</summary>
internal sealed record Timetable(IReadOnlyList<PlannedSession> Sessions, int Capacity, string Venue)
{
    public static (Timetable? Timetable, Refusal? Refusal) Draw(TrainingClass of, IReadOnlyList<PlannedSession> sessions, PlanningMeans means, DateOnly today)
    {
        var rule = ClassRules.On(today);
        var refusal = InOrder(sessions) ?? InTime(of, sessions, rule, today) ?? OfTheRightLength(of, sessions, rule)
            ?? WithRoomsAndTeachers(of, sessions, means) ?? WithQualification(of, sessions, means);
        if (refusal is not null)
        {
            return (null, refusal);
        }

        var seats = sessions.Min(s => s.RoomNumber is null ? means.Station!.RoomCapacity : means.Rooms.Single(r => r.Number == s.RoomNumber).Capacity);
        var capacity = Math.Min(of.MaxSize, seats);
        return capacity < of.MinSize
            ? (null, TimetableRefusals.RoomTooSmall(seats, of.MinSize))
            : (new Timetable(sessions, capacity, Place(sessions, means)), null);
    }

    private static Refusal? InOrder(IReadOnlyList<PlannedSession> sessions)
    {
        for (var i = 1; i < sessions.Count; i++)
        {
            if ((sessions[i].Date, sessions[i].Slot).CompareTo((sessions[i - 1].Date, sessions[i - 1].Slot)) <= 0)
            {
                return TimetableRefusals.OutOfOrder(i);
            }
        }

        return sessions.Count == 0 ? TimetableRefusals.Empty : null;
    }

    private static Refusal? InTime(TrainingClass of, IReadOnlyList<PlannedSession> sessions, ClassRule rule, DateOnly today)
    {
        var earliest = today.AddDays(of.FilingMode == FilingModes.Approval ? rule.FilingDays : 1);
        return sessions[0].Date < earliest ? TimetableRefusals.TooEarly(earliest) : null;
    }

    private static Refusal? OfTheRightLength(TrainingClass of, IReadOnlyList<PlannedSession> sessions, ClassRule rule)
    {
        var longDay = sessions.GroupBy(s => s.Date).FirstOrDefault(d => d.Sum(s => s.Hours) > rule.MostHoursADay);
        if (longDay is not null)
        {
            return TimetableRefusals.DayTooLong(longDay.Key, longDay.Sum(s => s.Hours), rule.MostHoursADay);
        }

        var total = sessions.Sum(s => s.Hours);
        return total != of.Hours ? TimetableRefusals.WrongHours(total, of.Hours) : null;
    }

    private static Refusal? WithRoomsAndTeachers(TrainingClass of, IReadOnlyList<PlannedSession> sessions, PlanningMeans means)
    {
        for (var i = 0; i < sessions.Count; i++)
        {
            var room = sessions[i].RoomNumber;
            if (room is null && means.Station is not { RoomCapacity: > 0 })
            {
                return TimetableRefusals.NoStationRoom(i);
            }

            if (room is not null && means.Rooms.All(r => r.Number != room))
            {
                return TimetableRefusals.RoomUnknown(i);
            }

            var instructor = means.Instructors.SingleOrDefault(t => t.Number == sessions[i].InstructorNumber);
            if (instructor is null)
            {
                return TimetableRefusals.InstructorUnknown(i);
            }

            if (!instructor.Occupations.Contains(of.OccupationCode))
            {
                return TimetableRefusals.InstructorTeachesOther(i);
            }
        }

        return null;
    }

    private static Refusal? WithQualification(TrainingClass of, IReadOnlyList<PlannedSession> sessions, PlanningMeans means)
    {
        var uncovered = sessions.FirstOrDefault(s => !means.Qualifications.Any(q => q.CourseCode == of.CourseCode && q.IsValidOn(s.Date)));
        return uncovered is null ? null : TimetableRefusals.NotQualified(uncovered.Date);
    }

    private static string Place(IReadOnlyList<PlannedSession> sessions, PlanningMeans means)
    {
        var places = sessions.Select(s => s.RoomNumber is { } number
            ? $"{means.InstitutionName} {number} {means.Rooms.Single(r => r.Number == number).Name}"
            : means.Station!.Name).Distinct();
        var venue = string.Join("；", places);
        return venue.Length <= 200 ? venue : venue[..199] + "…";
    }
}

internal static class TimetableRefusals
{
    public static readonly Refusal Empty = Refusal.OfField("sessions", "sessions-missing", "请至少排一次课。", "Plan at least one session.");

    public static Refusal OutOfOrder(int index) => Refusal.OfField(
        $"sessions[{index}].date", "sessions-out-of-order", "课次要按时间先后排，同一时段只能排一次。", "Sessions must follow each other in time, one per half-day.");

    public static Refusal TooEarly(DateOnly earliest) => Refusal.OfField(
        "sessions[0].date", "start-too-early", $"开课最早只能在 {Day(earliest)}，请往后排。", $"The class can start on {Day(earliest)} at the earliest; please move it.");

    public static Refusal DayTooLong(DateOnly day, decimal hours, decimal most) => Refusal.OfField(
        "sessions", "day-too-long", $"{Day(day)} 排了 {Number(hours)} 课时，一天最多 {Number(most)} 课时。", $"{Day(day)} has {Number(hours)} class hours; a day may have {Number(most)} at most.");

    public static Refusal WrongHours(decimal total, decimal hours) => Refusal.OfField(
        "sessions", "hours-do-not-add-up", $"一共排了 {Number(total)} 课时，这门课要 {Number(hours)} 课时。", $"The sessions have {Number(total)} class hours; the course needs {Number(hours)}.");

    public static Refusal NoStationRoom(int index) => Refusal.OfField(
        $"sessions[{index}].stationRoom", "station-room-missing", "这个站点没有可借用的教室。", "The station has no room to lend.");

    public static Refusal RoomUnknown(int index) => Refusal.OfField(
        $"sessions[{index}].roomNumber", "room-unknown", "本机构没有这间教室。", "The institution has no such room.");

    public static Refusal RoomOrStation(int index) => Refusal.OfField(
        $"sessions[{index}].roomNumber", "room-or-station-room", "请选本机构的一间教室，或者选用站点教室，两者选一个。", "Choose a room of your own or the station's room, one of the two.");

    public static Refusal InstructorUnknown(int index) => Refusal.OfField(
        $"sessions[{index}].instructorNumber", "instructor-unknown", "本机构没有这位教师。", "The institution has no such instructor.");

    public static Refusal InstructorTeachesOther(int index) => Refusal.OfField(
        $"sessions[{index}].instructorNumber", "instructor-teaches-other", "这位教师不教这个工种，请换一位。", "This instructor does not teach this occupation; please choose another.");

    public static Refusal NotQualified(DateOnly day) => new(
        "qualification-not-valid", $"本机构在 {Day(day)} 没有这门课的有效资质，请改日期或先办理资质。", $"The institution has no valid qualification for this course on {Day(day)}; change the date or renew the qualification first.");

    public static Refusal RoomTooSmall(int seats, int needed) => new(
        "room-too-small", $"教室只能坐 {seats} 人，开班至少要 {needed} 人，请换大一点的教室。", $"The room holds {seats} people and the class needs {needed} to open; please choose a larger room.");

    public static Refusal RoomTaken(int number, DateOnly day, Slot slot) => new(
        "room-taken", $"第 {number} 次课（{Day(day)} {Chinese(slot)}）的教室已被占用，请换时间或教室。", $"The room of session {number} ({Day(day)}, {slot}) is taken; choose another time or room.");

    public static Refusal InstructorTaken(int number, DateOnly day, Slot slot) => new(
        "instructor-taken", $"第 {number} 次课（{Day(day)} {Chinese(slot)}）的教师已有别的课，请换时间或教师。", $"The instructor of session {number} ({Day(day)}, {slot}) teaches elsewhere then; choose another time or instructor.");

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Chinese(Slot slot) => slot switch { Slot.Morning => "上午", Slot.Afternoon => "下午", _ => "晚上" };
}
