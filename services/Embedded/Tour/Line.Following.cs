using System.Globalization;
using System.Text.Json;

namespace SkillStation.Embedded.Tour;

// 就业回访: follow-ups at T+7, 30, 90 and 180 days, and what the Scheduler makes of all of it.
public sealed partial class Line
{
    private const int Sustained = 12;
    private const int LostAgain = 3;
    private const int NoAnswer = 4;

    private async Task FollowUp()
    {
        story.Chapter("就业回访", "Follow-up to work");
        var followed = carers.Where(p => completed.Contains(p.RequestId) && p.Goal != "Life").ToList();
        tally.Cases = followed.Count;
        await Services.Until(services.Requests, Heroine.Path, r => r.At("placement").ValueKind == JsonValueKind.Object, "the case is open");
        story.Tell($"{followed.Count} 人以就业为目标，站点跟踪半年。", $"{followed.Count} learners want work; their stations follow them for half a year.");

        await story.Progress("第 7、30、90、180 天回访", "Follow-ups after 7, 30, 90 and 180 days", 4 * followed.Count, async step =>
        {
            foreach (var (point, window) in new[] { (7, 3), (30, 15), (90, 15), (180, 15) })
            {
                await MoveTo(finished.AddDays(point).AddHours(1));
                foreach (var (person, i) in followed.Select((p, i) => (p, i)))
                {
                    if (Outcome(i, followed.Count, point) is var (outcome, evidence))
                    {
                        await Answer(person, point, outcome, evidence, byInstitutionFirst: i == 0 && point == 30);
                    }

                    step();
                }

                await MoveTo(finished.AddDays(point + window + 1).AddHours(1));
            }
        });

        tally.EmployedAt90 = Sustained + LostAgain;
        tally.SustainedAt180 = Sustained;
        story.Tell(
            $"{Sustained} 人稳定就业满半年（社保或用人单位核实），{LostAgain} 人就业后又离职，{NoAnswer} 人联系不上，其余还在求职。机构自己说的不算数。",
            $"{Sustained} are still at work after half a year (confirmed by records or employers), {LostAgain} lost it again, {NoAnswer} cannot be reached, the others seek. An institution's own word does not count.");
        await Services.Until(services.Requests, Heroine.Path, r => r.Text("placement.result") == "Sustained", "the placement is sustained", services.Sweep);

        foreach (var person in others.Concat(carers.Skip(28 - Silent).Take(Silent)))
        {
            await Services.Until(services.Requests, person.Path, r => r.Text("status") == "Unserved", "the request that found no class is told so", services.Sweep);
        }

        tally.Unserved = others.Count + Silent;
        story.Tell($"{tally.Unserved} 份点单没能成班，每个人都得到了说明和另一个选择，需求记入统计。", $"{tally.Unserved} requests found no class; each was told why and what else is possible, and the demand stays counted.");
    }

    /// <summary>What the station hears from the i-th learner at a point; null when nobody answers.</summary>
    private static (string Outcome, string Evidence)? Outcome(int i, int learners, int point) => i switch
    {
        < Sustained => point == 7 ? ("Seeking", "SelfReported") : ("EmployedContract", i % 2 == 0 ? "EmployerConfirmed" : "SystemMatch"),
        < Sustained + LostAgain => point == 90 ? ("EmployedContract", "Document") : ("Seeking", "SelfReported"),
        _ when i >= learners - NoAnswer => null,
        _ => ("Seeking", "SelfReported"),
    };

    private async Task Answer(Person person, int point, string outcome, string evidence, bool byInstitutionFirst)
    {
        bool IsTheirs(JsonElement task) => task.Id("requestId") == person.RequestId && task.Int("point") == point;
        var due = await Services.Until(services.Scheduler, $"stations/{person.Station}/follow-ups?state=due&size=100", f => f.List().Any(IsTheirs), $"the follow-up after {point} days is due", services.Sweep);
        var path = $"stations/{person.Station}/follow-ups/{due.List().Single(IsTheirs).Id()}/answer";
        if (byInstitutionFirst)
        {
            var code = await Services.Refused(services.Scheduler, path, new { outcome, evidence = "InstitutionReported" });
            if (code != "evidence-institution-alone")
            {
                throw new UnexpectedAnswerException($"An institution's word alone was answered with {code}.");
            }
        }

        await services.Post(services.Scheduler, path, new { outcome, evidence });
    }

    private async Task<bool> CompareIndicators()
    {
        story.Chapter("指标", "Indicators");
        var median = await MedianDaysToFirstLesson();
        var counted = await Services.Until(
            services.Scheduler, $"indicators?district={DistrictCode}", i => i.Int("unserved") == tally.Unserved && i.Int("at180Days.sustained") == tally.SustainedAt180, "all facts have reached the Scheduler");
        IndicatorLine Row(string chinese, string english, string member, int done) =>
            new(chinese, english, counted.Int(member).ToString(CultureInfo.InvariantCulture), done.ToString(CultureInfo.InvariantCulture));
        List<IndicatorLine> lines =
        [
            Row("点单", "Asked", "asked", tally.Asked),
            Row("未受理", "Refused", "refused", tally.Refused),
            Row("拼班", "Pooled", "pooled", tally.Pooled),
            Row("派单", "Dispatched", "dispatched", tally.Dispatched),
            Row("接单", "Accepted", "accepted", tally.Accepted),
            Row("开始上课", "Started", "started", tally.Started),
            Row("结业", "Completed", "completed", tally.Completed),
            Row("拿到证书", "Certified", "certified", tally.Certified),
            Row("评单", "Rated", "rated", tally.Rated),
            Row("未能成班", "Unserved", "unserved", tally.Unserved),
            Row("就业跟踪", "Placement cases", "casesOpened", tally.Cases),
            Row("90 天就业", "Employed at 90 days", "at90Days.employed", tally.EmployedAt90),
            Row("180 天稳定就业", "Sustained at 180 days", "at180Days.sustained", tally.SustainedAt180),
            new("点单到第一课（天，中位数）", "Request to first lesson (days, median)", counted.At("medianDaysToFirstLesson") is { ValueKind: JsonValueKind.Number } days ? days.GetDecimal().ToString("0.0", CultureInfo.InvariantCulture) : "–", median),
            new("改派后排队位置不变", "Place in the queue kept through re-dispatch", "✓", tally.PlaceKept ? "✓" : "✗"),
        ];
        story.Table(lines);
        return lines.TrueForAll(l => l.Agrees);
    }

    private async Task<string> MedianDaysToFirstLesson()
    {
        var days = new List<double>();
        foreach (var person in carers.Where(p => seated.Contains(p.RequestId)))
        {
            var view = await Services.Get(services.Requests, person.Path);
            days.Add((firstLesson - view.At("submittedAt").GetDateTimeOffset()).TotalDays);
        }

        days.Sort();
        var middle = (days[(days.Count - 1) / 2] + days[days.Count / 2]) / 2;
        return middle.ToString("0.0", CultureInfo.InvariantCulture);
    }
}
