using SkillStation.Contracts;

namespace SkillStation.Requests.Domain;

/// <summary>The same in both languages; the page picks.</summary>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English.</param>
public sealed record Words(string Zh, string En);

/// <summary>What a resident reads of each thing that happened.</summary>
internal static class EventWords
{
    public static Words Of(EventCode code, string? detail) => code switch
    {
        EventCode.Submitted => new("您提交了点单。", "You asked for this course."),
        EventCode.Amended => new("您修改了点单。", "You changed the request."),
        EventCode.Answered => new("您回答了站点的问题。", "You answered the station's question."),
        EventCode.Admitted => new("站点受理了您的点单。", "The station took your request on."),
        EventCode.InformationRequested => new($"站点想问您：{detail}", $"The station asks: {detail}"),
        EventCode.Refused => new($"站点没有受理：{Reason(detail).Zh}。", $"The station did not take it on: {Reason(detail).En}."),
        EventCode.Pooled => new("开始为您拼班。", "A class is being formed for you."),
        EventCode.Repooled => new("进入下一次拼班，排队位置不变。", "Your next class is being formed; you keep your place in the queue."),
        EventCode.Escalated => new("已交区人社局决定。", "The district bureau now decides."),
        EventCode.Dispatched => new($"第 {detail} 次派单给培训机构。", $"Offered to a training institution (attempt {detail})."),
        EventCode.OfferAccepted => new($"{detail}接单。", $"{detail} took the class on."),
        EventCode.ClassScheduled => new($"课表排好，上课地点：{detail}。", $"The timetable is set; the class meets at {detail}."),
        EventCode.SeatOffered => new("给您留了名额，等您确认。", "A seat is kept for you; please confirm it."),
        EventCode.MovedUp => new("有人让出名额，轮到您了，等您确认。", "Somebody gave up a seat and it is your turn; please confirm it."),
        EventCode.Waitlisted => new($"名额已满，您是候补第 {detail} 位。", $"All seats are offered; you are number {detail} on the waitlist."),
        EventCode.SeatConfirmed => new("您确认了名额。", "You confirmed the seat."),
        EventCode.SeatDeclined => new("您没有要这个名额。", "You did not take the seat."),
        EventCode.SeatLapsed => new("名额没有按时确认，已让给下一位。", "The seat was not confirmed in time and went to the next person."),
        EventCode.SeatReleased => new($"这个班没有轮到您：{Reason(detail).Zh}。", $"You did not get into this class: {Reason(detail).En}."),
        EventCode.ClassCancelled => new("这个班取消了，站点会改派其他机构，您的排队位置不变。", "This class was cancelled. The station asks another institution; you keep your place in the queue."),
        EventCode.ClassStarted => new("开班了。", "The class began."),
        EventCode.Completed => new("恭喜，您结业了。", "Congratulations, you completed the course."),
        EventCode.NotCompleted => new($"这次没有结业：{Reason(detail).Zh}。", $"The course was not completed this time: {Reason(detail).En}."),
        EventCode.Dropped => new($"已退出这个班：{Reason(detail).Zh}。", $"Out of this class: {Reason(detail).En}."),
        EventCode.CredentialIssued => new($"证书已发放，编号 {detail}。", $"A certificate was issued, number {detail}."),
        EventCode.RatingOpened => new("培训结束，可以评价了。", "The training is over; you can rate it now."),
        EventCode.Rated => new("您评价了这次培训。", "You rated the training."),
        EventCode.NotRated => new("评价时间已过，按未评价结束。", "The time for rating is over; closed as not rated."),
        EventCode.Withdrawn => new("您撤回了点单。", "You withdrew the request."),
        EventCode.WithdrawnUnanswered => new("站点的问题没有按时回答，点单已取消。", "The station's question was not answered in time; the request was cancelled."),
        EventCode.Unserved => new($"这次没能开班：{Reason(detail).Zh}。", $"No class could be made this time: {Reason(detail).En}."),
        EventCode.FollowUpOpened => new("站点开始就业回访。", "The station begins to follow up about work."),
        EventCode.FollowUpAsked => new($"结业第 {detail} 天的就业回访。", $"Follow-up about work, day {detail} after completion."),
        EventCode.Placed => new("找到工作了，恭喜。", "Work was found, congratulations."),
        EventCode.Sustained => new("半年后仍在岗。", "Still at work half a year later."),
        EventCode.FollowUpClosed => new("就业回访结束。", "The follow-up about work is over."),
        _ => new(code.ToString(), code.ToString()),
    };

    /// <summary>Codes of the other services, in plain words; an unknown one stays as it is.</summary>
    public static Words Reason(string? code) => code switch
    {
        "Duplicate" => new("同样的点单已经有一份", "the same request is there already"),
        "SameOccupationThisYear" => new("同一工种一年内只能培训一次", "the same occupation can be trained once a year only"),
        "LevelAlreadyHeld" => new("您已经有这个等级的证书", "you hold this level already"),
        "AgeOutOfRange" => new("年龄不在这门课的范围内", "the course is for another age"),
        "ProgrammeGroupMismatch" => new("这门课面向其他人群", "the course is for another group of people"),
        "OutOfCity" => new("住处或工作地不在本市", "neither home nor work is in the city"),
        "NotInCatalogue" => new("课程目录里没有这门课", "the course is not in the catalogue"),
        "FalseInformation" => new("填写的信息与事实不符", "what was entered is not true"),
        "EntrepreneurVsEmploymentSameYear" => new("就业培训和创业培训一年内只能选一种", "training for work and for a business cannot be had in the same year"),
        "TooFewPeople" => new("人数不够", "too few people"),
        "NoInstitution" => new("没有培训机构能承接", "no institution can hold it"),
        "ClosedByDistrict" => new("区人社局决定不开班", "the district bureau decided so"),
        "NoSecondTurn" => new("两次没有要名额", "the seat was not taken twice"),
        SeatReasons.ByResident => new("您自己的决定", "your own decision"),
        SeatReasons.NoAnswer => new("没有按时答复", "no answer in time"),
        SeatReasons.Withdrawn => new("已撤回", "withdrawn"),
        SeatReasons.ClassFull => new("名额已满", "the class is full"),
        SeatReasons.LearnerClash => new("与您的另一个班时间冲突", "it meets at the hours of another class of yours"),
        DropReasons.NoShow => new("没有来上课", "did not come to class"),
        DropReasons.BelowAttendance => new("出勤课时不够", "too few hours attended"),
        DropReasons.FailedAssessment => new("考核没有通过", "the assessment was not passed"),
        DropReasons.AbsentFromAssessment => new("没有参加考核", "absent from the assessment"),
        null => new("原因未写明", "no reason given"),
        _ => new(code, code),
    };
}
