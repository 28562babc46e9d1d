using System.Text.Json;

namespace SkillStation.Embedded.Tour;

// 派单 and 接单: the station dispatches; one institution declines, one stays silent, the third accepts, files its timetable and offers seats.
public sealed partial class Line
{
    private const int Silent = 2;
    private Guid poolId;
    private Guid classId;
    private string institution = "";
    private List<Guid> seated = [];
    private DateTimeOffset firstLesson;

    private async Task DispatchTheClass()
    {
        story.Chapter("站点派单", "The station dispatches");
        var pools = await Services.Until(
            services.Dispatch, $"stations/{station}/pools?state=Ready", p => p.List().Any(x => x.Text("courseCode") == CourseCode && x.Int("memberCount") == Names.Length), "the pool is ready");
        poolId = pools.List().Single(p => p.Text("courseCode") == CourseCode).Id();
        var candidates = await Services.Until(services.Dispatch, $"stations/{station}/pools/{poolId}/candidates", c => c.List("candidates").Count() >= 3, "three institutions are qualified");
        var first = candidates.List("candidates").First();
        story.Tell($"排在第一的机构：{first.Text("name")}。理由：{string.Join("；", first.List("reasons").Select(r => r.Text("chinese")))}", $"Ranked first: {first.Text("nameEn")}. Reasons: {string.Join("; ", first.List("reasons").Select(r => r.Text("english")))}");
        await services.Post(services.Dispatch, $"stations/{station}/pools/{poolId}/dispatch", new { });

        var (offer, name) = await LiveOffer(1);
        story.Tell($"派给{name.Chinese}。", $"Offered to {name.English}.");
        await ShowHeroine("Dispatching");
        await services.Post(services.Acceptance, $"institutions/{institution}/offers/{offer}/decline", new { code = "NoTeacher" });
        story.Tell($"{name.Chinese}拒单：没有老师。系统马上改派。", $"{name.English} declines: no teacher. The next is asked at once.");

        (offer, name) = await LiveOffer(2);
        var due = (await Services.Until(services.Acceptance, $"institutions/{institution}/offers/{offer}", o => o.At("answerBy").ValueKind == JsonValueKind.String, "the offer has a due time")).At("answerBy").GetDateTimeOffset();
        story.Tell($"改派给{name.Chinese}，等了两个工作日没有答复，自动失效。", $"Offered to {name.English}; two working days pass without an answer, and the offer lapses.");
        await MoveTo(due.AddMinutes(1));

        (offer, name) = await LiveOffer(3);
        await services.Post(services.Acceptance, $"institutions/{institution}/offers/{offer}/accept");
        story.Chapter("机构接单", "An institution accepts");
        story.Tell($"第三家，{name.Chinese}，接单了。三十人的排队顺序一直没变。", $"The third, {name.English}, accepts. Nobody's place in the queue has changed.");
        await ShowHeroine("Accepted");
        var heroine = await Services.Get(services.Requests, Heroine.Path);
        tally.PlaceKept = heroine.Int("placesAhead") == tally.PlacesAheadOfHeroine;
    }

    /// <summary>The pool's offer of this attempt, as its institution sees it.</summary>
    private async Task<(Guid Offer, (string Chinese, string English) Name)> LiveOffer(int attempt)
    {
        var pool = await Services.Until(
            services.Dispatch, $"stations/{station}/pools/{poolId}", p => p.List("offers").Any(o => o.Int("attempt") == attempt && o.Text("state") == "Offered"), $"offer {attempt} is made", services.Sweep);
        var offer = pool.List("offers").Single(o => o.Int("attempt") == attempt);
        institution = offer.Text("institutionCode");
        await Services.Until(services.Acceptance, $"institutions/{institution}/offers/{offer.Id()}", o => o.Text("state") == "Offered", "the offer has arrived");
        var view = await Services.Get(services.Acceptance, $"institutions/{institution}");
        return (offer.Id(), (view.Text("institution.name"), view.Text("institution.nameEn")));
    }

    private async Task ScheduleAndOfferSeats()
    {
        var classes = await Services.Until(services.Acceptance, $"institutions/{institution}/classes", c => c.List().Any(), "the class is there");
        classId = classes.List().Single(c => c.Text("courseCode") == CourseCode).Id();
        var view = await Services.Get(services.Acceptance, $"institutions/{institution}");
        var teacher = view.List("instructors").First(i => i.List("occupations").Any(o => o.GetString() == "4-10-01-05")).Text("number");
        var today = DateOnly.FromDateTime(Platform.LocalTime.ToLocal(await services.Now()).DateTime);
        var days = await WorkingDays(today.AddDays(12), 15);
        await services.Post(services.Acceptance, $"institutions/{institution}/classes/{classId}/schedule", new
        {
            sessions = days.SelectMany(d => new[] { "Morning", "Afternoon" }.Select(slot => new { date = d, slot, hours = 4, roomNumber = "R1", instructorNumber = teacher })),
        });
        story.Tell($"排课：{days[0]:M月d日}开课，十五个工作日，上下午共三十次课、一百二十课时，教室、老师都不冲突。向区人社局备案。", $"Scheduled: from {days[0]:d MMMM}, fifteen working days, thirty sessions, 120 class hours; no clash of room or teacher. Filed with the district.");

        await Services.Until(services.Acceptance, $"districts/{DistrictCode}/filings", f => f.List().Any(x => x.Id("classId") == classId), "the filing has arrived");
        await services.Post(services.Acceptance, $"districts/{DistrictCode}/filings/{classId}/approve");
        story.Tell("区人社局批准开班。二十八个座位，按点单先后发出名额，两人候补。", "The district approves. Twenty-eight seats are offered in the order of asking; two people are on the waitlist.");
        await ShowHeroine("SeatOffered");

        foreach (var person in carers.Take(28 - Silent))
        {
            await ConfirmSeat(person);
        }

        story.Tell("二十六人确认，两人四十八小时没有答复。", "Twenty-six confirm; two do not answer within 48 hours.");
        var waiting = carers.Skip(28).ToList();
        foreach (var person in waiting)
        {
            await Services.Until(services.Requests, person.Path, r => r.Text("status") == "Waitlisted", "the person is on the waitlist");
        }

        await MoveTo((await services.Now()).AddHours(48.1));
        foreach (var person in waiting)
        {
            await ConfirmSeat(person);
        }

        story.Tell("名额自动递补，候补的两人都确认了。没答复的两人回到队列，位置保留。", "The two on the waitlist move up and confirm. The silent two go back to the queue and keep their place.");
        seated = [.. carers.Take(28 - Silent).Concat(waiting).Select(p => p.RequestId)];
        var roster = await Services.Until(services.Acceptance, $"institutions/{institution}/classes/{classId}", c => c.Int("seats.confirmed") == 28, "28 seats are confirmed");
        firstLesson = roster.List("sessions").First().At("startsAt").GetDateTimeOffset();
        tally.Dispatched = tally.Accepted = carers.Count;
        await ShowHeroine("SeatConfirmed");
    }

    private async Task ConfirmSeat(Person person)
    {
        await Services.Until(services.Requests, person.Path, r => r.Text("status") == "SeatOffered", "a seat is offered", services.Sweep);
        await services.Post(services.Requests, $"{person.Path}/seat/confirm");
    }
}
