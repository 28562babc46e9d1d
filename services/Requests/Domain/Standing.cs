using System.Globalization;
using SkillStation.Contracts;
using SkillStation.Platform;

namespace SkillStation.Requests.Domain;

/// <summary>Who has to do the next thing.</summary>
internal enum HolderKind
{
    Resident,
    Station,
    Institution,
    District,
}

/// <summary>Everything that is known about a request when it is shown.</summary>
internal sealed record Circumstances(TrainingRequest Request, StationCopy? Station, PoolCopy? Pool, StationCopy? PoolStation, ClassCopy? Class, int? PlacesAhead, IReadOnlyList<DeadlineCopy> Deadlines)
{
    /// <summary>When a clock is due that was set after the instant given; an older one belongs to something that is over.</summary>
    public DateTimeOffset? Due(string kind, Guid? subject, DateTimeOffset? since = null) =>
        Deadlines.FirstOrDefault(d => d.Kind == kind && d.SubjectId == subject && (since is null || d.DueAt > since))?.DueAt;
}

/// <summary>Where a request stands in the resident's words: what it is called, who has it, until when, and what happens then.</summary>
internal sealed record Standing(string Code, Words Words, HolderKind? Holder, Words? HolderName, DateTimeOffset? Until, Words Next)
{
    /// <summary>The status shown: the request's own, or the pool's while that says more.</summary>
    public static string CodeOf(RequestStatus status, PoolCopy? pool, bool isScheduled) => status != RequestStatus.Pooled ? status.ToString() : pool?.State switch
    {
        PoolStates.Dispatching => PoolStates.Dispatching,
        PoolStates.Escalated => PoolStates.Escalated,
        PoolStates.Accepted => isScheduled ? "Scheduled" : PoolStates.Accepted,
        _ => nameof(RequestStatus.Pooled),
    };

    public static Words WordsOf(string code) => code switch
    {
        "Submitted" or "NeedsInfo" or "Admitted" => new("已提交", "Received"),
        "Pooled" => new("拼班中", "Forming a class"),
        "Dispatching" or "Escalated" => new("派单中", "Being dispatched"),
        "Accepted" => new("已接单", "Accepted"),
        "Scheduled" or "SeatOffered" or "Waitlisted" or "SeatConfirmed" => new("已排课", "Scheduled"),
        "InClass" => new("学习中", "Learning"),
        "AwaitingRating" => new("待评价", "To be rated"),
        "Closed" => new("已完成", "Done"),
        "Withdrawn" or "Dropped" => new("已取消", "Cancelled"),
        _ => new("未受理", "Not taken on"),
    };

    public static Standing Of(Circumstances c)
    {
        var r = c.Request;
        var code = CodeOf(r.Status, c.Pool, c.Class?.ScheduledAt is not null);
        var (holder, until, next) = NextStep(c, code);
        var name = holder switch
        {
            HolderKind.Resident => new Words("您", "You"),
            HolderKind.Station when (c.PoolStation ?? c.Station) is { } s => new Words(s.Name, s.NameEn),
            HolderKind.Station => new Words("站点", "The station"),
            HolderKind.Institution when c.Class?.InstitutionName is { Length: > 0 } zh => new Words(zh, c.Class.InstitutionNameEn),
            HolderKind.Institution => new Words("培训机构", "The training institution"),
            HolderKind.District when (c.PoolStation ?? c.Station) is { } s => new Words(s.DistrictName + "人社局", s.DistrictNameEn + " bureau"),
            HolderKind.District => new Words("区人社局", "The district bureau"),
            _ => null,
        };
        return new Standing(code, WordsOf(code), holder, name, until, next);
    }

    private static (HolderKind? Holder, DateTimeOffset? Until, Words Next) NextStep(Circumstances c, string code)
    {
        var r = c.Request;
        DateTimeOffset? until;
        switch (code)
        {
            case "Submitted":
                until = c.Due(DeadlineKinds.Triage, r.Id, r.QuestionAt);
                return (HolderKind.Station, until, new(
                    $"站点会{By(until).Zh}看您的点单。到时还没看，系统会自动受理，受理不了就交给站长。",
                    $"The station looks at your request {By(until).En}. If nobody has by then, it is admitted automatically or goes to the head of the station."));
            case "NeedsInfo":
                until = c.Due(DeadlineKinds.Information, r.Id, r.QuestionAt);
                return (HolderKind.Resident, until, new(
                    $"请{By(until).Zh}回答站点的问题：{r.Question} 到时没有回答，这份点单会取消，之后可以重新点单。",
                    $"Please answer the station {By(until).En}: {r.Question} Without an answer the request is cancelled; you can ask again at any time."));
            case "Admitted":
                return (HolderKind.Station, null, new("站点已经受理，正在为您拼班。", "The station has taken it on and is forming a class for you."));
            case "Pooled":
                return OfPool(c);
            case "Dispatching":
                until = c.Due(DeadlineKinds.OfferAnswer, c.Pool!.OfferAttempt >= c.Pool.Attempt ? c.Pool.OfferId : null);
                return (HolderKind.Institution, until, new(
                    $"已派给培训机构，机构会{By(until).Zh}答复。不接或没有答复，就派给下一家，或由区人社局决定，您的排队位置不变。",
                    $"Offered to a training institution, which answers {By(until).En}. If it declines or stays silent, the next one is asked or the district bureau decides; you keep your place in the queue."));
            case "Escalated":
                until = c.Due(DeadlineKinds.ForcedDecision, r.PoolId);
                return (HolderKind.District, until, new(
                    $"还没有找到承接的机构，已交区人社局，会{By(until).Zh}指定一家，或者给您别的选择。到时没有决定，就报到市里，您的排队位置不变。",
                    $"No institution holds it yet. The district bureau assigns one {By(until).En}, or offers you another way. If it does not, the city is told; you keep your place in the queue."));
            case "Accepted":
                until = c.Due(DeadlineKinds.ClassScheduling, c.Class?.Id);
                return (HolderKind.Institution, until, new(
                    $"机构已经接单，会{By(until).Zh}排出课表。到时没有排好，就改派其他机构，您的排队位置不变。",
                    $"An institution has taken it on and sets the timetable {By(until).En}. If it does not, another one is asked; you keep your place in the queue."));
            case "Scheduled":
                until = c.Due(DeadlineKinds.FilingDecision, c.Class?.Id);
                return until is null
                    ? (HolderKind.Institution, c.Class?.FirstSessionAt, new("课表已经排好，备案后会请您确认名额。", "The timetable is set. Once the class is filed you are asked to confirm your seat."))
                    : (HolderKind.District, until, new(
                        $"课表已经排好，区人社局会{By(until).Zh}审核，通过后请您确认名额。到时没有审核，就报到市里。",
                        $"The timetable is set. The district bureau reviews it {By(until).En}; then you are asked to confirm your seat. If it does not, the city is told."));
            case "SeatOffered":
                until = c.Due(DeadlineKinds.SeatAnswer, r.Id, r.SeatAt);
                return (HolderKind.Resident, until, new(
                    $"请{By(until).Zh}确认名额。到时没有确认，名额会让给下一位，{(r.SeatsGivenBack == 0 ? "我们再为您拼一次班，排队位置不变。" : "这份点单就结束了，我们会给您别的选择。")}",
                    $"Please confirm your seat {By(until).En}. Otherwise it goes to the next person{(r.SeatsGivenBack == 0 ? " and we form another class for you; you keep your place in the queue." : ", the request ends, and we offer you another way.")}"));
            case "Waitlisted":
                until = r.FirstSessionAt ?? c.Class?.FirstSessionAt;
                return (HolderKind.Institution, until, new(
                    $"您是候补第 {c.PlacesAhead + 1} 位。有人让出名额就轮到您；开班时还没轮到，我们再为您拼班，排队位置不变。",
                    $"You are number {c.PlacesAhead + 1} on the waitlist. When somebody gives up a seat you move up; if the class begins without you, we form another one and you keep your place in the queue."));
            case "SeatConfirmed":
                until = c.Class?.FirstSessionAt ?? r.FirstSessionAt;
                var venue = c.Class?.Venue;
                return (HolderKind.Institution, until, new(
                    $"名额已确认，{At(until).Zh}第一次上课{(venue is null ? "" : "，地点：" + venue)}。头两次都不来，名额就取消。",
                    $"Your seat is confirmed. The first session is {At(until).En}{(venue is null ? "" : ", at " + venue)}. Who misses the first two sessions loses the seat."));
            case "InClass":
                until = c.Due(DeadlineKinds.Assessment, c.Class?.Id);
                return (HolderKind.Institution, until, InClass(c, until));
            case "AwaitingRating":
                until = c.Due(DeadlineKinds.Rating, r.Id, r.RatingOpenedAt);
                return (HolderKind.Resident, until, new(
                    $"请{By(until).Zh}评价这次培训。到时没有评价就按未评价结束，不会当作好评。",
                    $"Please rate the training {By(until).En}. Otherwise it is closed as not rated, never as a good mark."));
            case "Closed" when r.Completed == false:
                return (null, null, new(
                    $"培训已结束，这次没有结业：{EventWords.Reason(r.EndCode).Zh}。欢迎再来点单。",
                    $"The training is over; the course was not completed: {EventWords.Reason(r.EndCode).En}. You are welcome to ask again."));
            case "Closed":
                return r.Placement is Placement.Open or Placement.Placed or Placement.Sustained
                    ? (HolderKind.Station, null, new("培训已完成，站点会在结业后半年内回访您的就业情况。", "The training is done. The station asks about your work during the half year after it."))
                    : (null, null, new("培训已完成，欢迎再来点单。", "The training is done. You are welcome to ask for another."));
            case "Withdrawn":
                return (null, null, new("点单已取消，随时可以重新点单。", "The request is cancelled. You can ask again at any time."));
            case "Dropped":
                return (null, null, new($"已退出这个班：{EventWords.Reason(r.EndCode).Zh}。随时可以重新点单。", $"Out of this class: {EventWords.Reason(r.EndCode).En}. You can ask again at any time."));
            default:
                return (null, null, new(
                    $"{EventWords.Reason(r.EndCode).Zh}。您可以这样做：{r.Alternative?.Text}",
                    $"Not possible: {EventWords.Reason(r.EndCode).En}. What you can do: {r.Alternative?.TextEn ?? r.Alternative?.Text}"));
        }
    }

    private static (HolderKind? Holder, DateTimeOffset? Until, Words Next) OfPool(Circumstances c)
    {
        if (c.Pool is not { State: PoolStates.Forming or PoolStates.Ready } pool)
        {
            return (HolderKind.Station, null, new("站点正在为您找合适的班，您的排队位置不变。", "The station is finding a class for you. You keep your place in the queue."));
        }

        DateTimeOffset? until;
        if (pool.State == PoolStates.Ready)
        {
            until = c.Due(DeadlineKinds.PoolDispatch, pool.Id);
            return (HolderKind.Station, until, new(
                $"人数够了，站点会{By(until).Zh}派给培训机构。到时没派，就交区人社局处理。",
                $"There are enough people. The station asks a training institution {By(until).En}; if it does not, the district bureau steps in."));
        }

        until = c.Due(pool.Widened ? DeadlineKinds.PoolWidenedClose : DeadlineKinds.PoolClose, pool.Id);
        return pool.Widened
            ? (HolderKind.Station, until, new(
                $"已扩大到邻近的区，还差 {pool.Missing} 人就能开班，等到{Till(until).Zh}。到时仍不够，这次开不了班，我们会给您别的选择。",
                $"The search now includes the districts nearby. {pool.Missing} more people are needed, and we wait until {Till(until).En}. If they do not come, there is no class this time and we offer you another way."))
            : (HolderKind.Station, until, new(
                $"还差 {pool.Missing} 人就能开班，等到{Till(until).Zh}。到时不够，会扩大到邻近的区再等一次。",
                $"{pool.Missing} more people are needed, and we wait until {Till(until).En}. After that the districts nearby are included and we wait once more."));
    }

    private static Words InClass(Circumstances c, DateTimeOffset? assessment)
    {
        var done = c.Class is { SessionsTotal: > 0 } k ? new Words($"已上 {k.SessionsClosed}/{k.SessionsTotal} 次课。", $"{k.SessionsClosed} of {k.SessionsTotal} sessions are over. ") : new Words("", "");
        var then = assessment is null
            ? new Words("上满八成课时，再按课程要求参加考核，就能结业。", "Attend four fifths of the hours and take the assessment, if the course has one, to complete it.")
            : new Words($"课已上完，机构会{By(assessment).Zh}组织考核。", $"The sessions are over; the institution holds the assessment {By(assessment).En}.");
        return new Words(done.Zh + then.Zh, done.En + then.En);
    }

    private static Words By(DateTimeOffset? instant) => instant is { } t ? new($"在 {Zh(t)} 前", $"by {En(t)}") : new("尽快", "soon");

    private static Words At(DateTimeOffset? instant) => instant is { } t ? new($"{Zh(t)} ", $"on {En(t)}") : new("稍后通知", "announced later");

    private static Words Till(DateTimeOffset? instant) => instant is { } t ? new($" {Zh(t)}", En(t)) : new("截止时间", "the closing date");

    private static string Zh(DateTimeOffset t) => t.ToLocal().ToString("M月d日 HH:mm", CultureInfo.InvariantCulture);

    private static string En(DateTimeOffset t) => t.ToLocal().ToString("d MMMM HH:mm", CultureInfo.InvariantCulture);
}
