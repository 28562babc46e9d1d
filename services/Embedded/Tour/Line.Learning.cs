using System.Text.Json;

namespace SkillStation.Embedded.Tour;

// 上课, 考核, 结业, 评单.
public sealed partial class Line
{
    private const int Fails = 1;
    private List<Guid> irregular = [];
    private List<Guid> completed = [];
    private DateTimeOffset finished;

    private async Task HoldTheClass()
    {
        story.Chapter("上课", "The class is held");
        irregular = [.. seated.Skip(24).Take(2)];
        var sessions = (await Services.Get(services.Acceptance, $"institutions/{institution}/classes/{classId}")).List("sessions").ToList();
        await story.Progress("三十次课，每次签到、关闭考勤表", "Thirty sessions, each with its attendance sheet", sessions.Count, async step =>
        {
            foreach (var session in sessions)
            {
                var number = session.Int("number");
                await services.MoveClockTo(session.At("startsAt").GetDateTimeOffset().AddMinutes(5));
                await Services.Put(services.Acceptance, $"institutions/{institution}/classes/{classId}/sessions/{number}/attendance", new
                {
                    // two come to every second session only, which is below four fifths of the hours
                    marks = seated.Select((id, i) => new { requestId = id, mark = irregular.Contains(id) && number % 2 == 0 ? "Absent" : (i + number) % 17 == 0 ? "Late" : "Present" }),
                });
                if (number == 1)
                {
                    await ShowHeroine("InClass");
                }

                await services.MoveClockTo(session.At("endsAt").GetDateTimeOffset().AddMinutes(10));
                await services.Post(services.Acceptance, $"institutions/{institution}/classes/{classId}/sessions/{number}/close");
                step();
            }
        });
        await services.Sweep();
        foreach (var id in irregular)
        {
            await Services.Until(services.Acceptance, $"institutions/{institution}/classes/{classId}", c => c.List("roster").Any(l => l.Id("requestId") == id && l.Text("state") == "Dropped"), "the attendance rule has spoken");
        }

        story.Tell("两人到课不足八成，不能参加考核。", "Two attended less than four fifths of the hours and cannot be assessed.");
    }

    private async Task AssessAndRate()
    {
        story.Chapter("考核与评单", "Assessment and ratings");
        var candidates = seated.Except(irregular).ToList();
        await MoveTo((await services.Now()).AddDays(3));
        await Services.Put(services.Acceptance, $"institutions/{institution}/classes/{classId}/results", new
        {
            assessor = "第三方评价机构",
            results = candidates.Select((id, i) => new { requestId = id, theory = i < candidates.Count - Fails ? 70 + (i % 25) : 52, practical = 68 + (i % 30) }),
        });
        finished = await services.Now();
        completed = [.. candidates.Take(candidates.Count - Fails)];
        tally.Completed = tally.Certified = completed.Count;
        tally.Started = seated.Count;

        var heroine = await Services.Until(services.Requests, Heroine.Path, r => r.Text("status") == "AwaitingRating" && r.At("credential.number").ValueKind == JsonValueKind.String, "the credential has arrived");
        var number = heroine.Text("credential.number");
        var check = await Services.Get(services.Acceptance, $"credentials/{number}");
        story.Tell($"{completed.Count} 人考核合格，拿到证书。任何人都能查验 {number}：{check.Text("courseName")}，有效。", $"{completed.Count} pass and have a certificate. Anybody can check {number}: {check.Text("courseNameEn")}, valid.");
        await ShowHeroine("AwaitingRating");

        var raters = carers.Where(p => seated.Contains(p.RequestId)).Take(20).ToList();
        foreach (var (person, i) in raters.Select((p, i) => (p, i)))
        {
            await Services.Until(services.Requests, person.Path, r => r.Text("status") == "AwaitingRating", "the person may rate");
            await services.Post(services.Requests, $"{person.Path}/rating", new
            {
                content = 4, teacher = 5, venueAndTime = 4, overall = 3 + (i % 3), reallyTaught = true, charged = false,
            });
        }

        tally.Rated = raters.Count;
        var graduation = await services.Now();
        await MoveTo(graduation.AddDays(7).AddMinutes(10));
        foreach (var person in carers.Where(p => seated.Contains(p.RequestId)).Skip(20))
        {
            await Services.Until(services.Requests, person.Path, r => r.Text("status") == "Closed", "the rating is closed", services.Sweep);
        }

        story.Tell("二十人评了单，其余七天后自动结束，记为“未评价”，不算好评。", "Twenty rate; after seven days the others are closed as not rated, never as good.");
        await ShowHeroine("Closed");
    }
}
