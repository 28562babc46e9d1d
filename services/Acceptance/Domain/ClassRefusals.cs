using System.Globalization;
using SkillStation.Contracts;
using SkillStation.Platform;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance.Domain;

internal static class ClassRefusals
{
    public static readonly Refusal NotFound = Refusal.NotFound("class-not-found", "没有找到这个班。", "There is no such class.");
    public static readonly Refusal SessionNotFound = Refusal.NotFound("session-not-found", "没有找到这次课。", "There is no such session.");
    public static readonly Refusal NotToSchedule = new("class-not-to-schedule", "这个班现在不能排课。", "This class cannot be scheduled now.");
    public static readonly Refusal NoFilingToDecide = new("filing-not-open", "这个班现在没有待审的开班申请。", "This class has no filing that waits for a decision.");
    public static readonly Refusal NotOpen = new("class-not-open", "这个班现在不能分配名额。", "This class does not offer seats now.");
    public static readonly Refusal SeatNotOffered = new("seat-not-offered", "这个名额现在不在等待确认。", "This seat is not waiting for an answer.");
    public static readonly Refusal NotOnRoster = new("learner-not-on-roster", "这位学员不在名册上。", "This learner is not on the roster.");
    public static readonly Refusal NotRunning = new("class-not-running", "这个班现在不在上课期间，不能考勤。", "This class is not being taught now, so there is no attendance to record.");
    public static readonly Refusal SessionClosed = new("session-closed", "这次课的考勤表已经关闭。", "The attendance sheet of this session is closed.");
    public static readonly Refusal NotToAssess = new("class-not-in-assessment", "这个班现在不在考核阶段。", "This class is not being assessed now.");
    public static readonly Refusal AssessorTaught = Refusal.OfField("assessor", "assessor-taught", "考核的人不能是本班的任课教师，请换一位考评员。", "Who taught the class cannot assess it; please name another assessor.");
    public static readonly Refusal NotToCancel = new("class-already-started", "已经开课或已经结束的班不能取消。", "A class that has started or is over cannot be cancelled.");

    public static Refusal SessionNotStarted(DateTimeOffset opensAt)
    {
        var time = opensAt.ToLocal().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new("session-not-started", $"这次课还没到时间，{time} 起可以操作。", $"It is too early for this session; this can be done from {time}.");
    }

    public static Refusal LearnerNotMarkable(string field) => Refusal.OfField(
        field, "learner-not-on-roster", "这位学员没有确认名额，或在这里写了两次。", "This learner has no confirmed seat, or stands here twice.");

    public static Refusal LearnerUnknown(string field) => Refusal.OfField(
        field, "learner-not-on-roster", "这位学员不在本班，或在这里写了两次。", "This learner is not in this class, or stands here twice.");

    public static Refusal MarkMissing(string field) => Refusal.OfField(
        field, "mark-missing", "请填写成绩，或注明缺考。", "Give the mark, or say that the learner was absent.");

    public static Refusal ResultRecorded(string field) => new(
        "result-already-recorded", "这位学员的成绩已经登记，不能改写。", "This learner's result is recorded and cannot be overwritten.", Field: field);

    public static Refusal NotAssessable(string reason, string field) => new(
        "learner-not-assessable", $"这位学员不能参加考核：{Chinese(reason)}。", $"This learner cannot be assessed: {English(reason)}.", Field: field);

    private static string Chinese(string reason) => reason switch
    {
        DropReasons.NoShow => "前两次课都没有到",
        DropReasons.BelowAttendance => "出勤课时不够",
        DropReasons.Withdrawn => "已经退出",
        _ => "没有在读",
    };

    private static string English(string reason) => reason switch
    {
        DropReasons.NoShow => "absent from the first two sessions",
        DropReasons.BelowAttendance => "too few hours attended",
        DropReasons.Withdrawn => "withdrawn",
        _ => "not a learner of this class any more",
    };
}
