using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts;
using SkillStation.Contracts.Acceptance;
using SkillStation.Contracts.Dispatch;
using SkillStation.Contracts.Scheduler;

namespace SkillStation.Requests.Tests;

/// <summary>What the resident is shown at each point of the way.</summary>
public sealed class GetRequestTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task A_new_request_says_who_has_it_and_until_when()
    {
        var wanted = await city.Submitted();
        await wanted.Hear(city.Clock(DeadlineKinds.Triage, wanted.Id, new DateTimeOffset(2030, 3, 4, 1, 0, 0, TimeSpan.Zero)));

        var view = (await wanted.Get()).Body;

        Assert.Equal(("Station", "中心站", "Central"), Holder(view));
        Assert.Equal(new DateTimeOffset(2030, 3, 4, 1, 0, 0, TimeSpan.Zero), view.GetProperty("until").GetDateTimeOffset());
        Assert.Contains("3月4日 09:00", view.GetProperty("next").GetProperty("zh").GetString());
        Assert.Contains("4 March 09:00", view.GetProperty("next").GetProperty("en").GetString());
    }

    [Fact]
    public async Task A_question_is_shown_until_it_is_answered()
    {
        var wanted = await city.Submitted();
        await wanted.Hear(wanted.Question());

        var view = (await wanted.Get()).Body;

        Assert.Equal(("NeedsInfo", "已提交", "Resident"), (view.GetProperty("status").GetString(), Word(view), Holder(view).Who));
        Assert.Equal(("times", "您周末能来吗？"), (view.GetProperty("question").GetProperty("field").GetString(), view.GetProperty("question").GetProperty("text").GetString()));
    }

    [Theory]
    [InlineData(PoolStates.Forming, "Pooled", "拼班中", "Station", 12)]
    [InlineData(PoolStates.Ready, "Pooled", "拼班中", "Station", null)]
    [InlineData(PoolStates.Dispatching, "Dispatching", "派单中", "Institution", null)]
    [InlineData(PoolStates.Escalated, "Escalated", "派单中", "District", null)]
    [InlineData(PoolStates.Accepted, "Accepted", "已接单", "Institution", null)]
    public async Task The_state_of_the_pool_is_shown_to_all_its_members_without_touching_them(string state, string status, string word, string holder, int? missing)
    {
        var pool = City.NewId();
        var wanted = await city.Pooled(pool);
        var before = (await wanted.Get()).ETag;

        await wanted.Hear(city.Pool(pool, 5, state));
        var answer = await wanted.Get();

        Assert.Equal((status, word, holder), (answer.Text("status"), Word(answer.Body), Holder(answer.Body).Who));
        Assert.Equal(missing, answer.Body.GetProperty("missing").ValueKind == JsonValueKind.Null ? null : answer.Body.GetProperty("missing").GetInt32());
        Assert.Equal(before, answer.ETag);
        Assert.Equal(status, (await city.Http.Get($"/api/v1/residents/{wanted.ResidentId}/requests")).Body.GetProperty("items")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_timetable_makes_it_scheduled_and_names_the_class()
    {
        var (pool, held) = (City.NewId(), City.NewId());
        var wanted = await city.Pooled(pool);
        await wanted.Hear(city.Pool(pool, 3, PoolStates.Accepted, attempt: 1));
        await wanted.Hear(city.Accepted(pool, held));
        Assert.Equal(("Institution", "羊城职业培训学校", "Yangcheng Vocational School"), Holder((await wanted.Get()).Body));

        await wanted.Hear(city.Scheduled(pool, held));
        var view = (await wanted.Get()).Body;

        Assert.Equal(("Scheduled", "已排课"), (view.GetProperty("status").GetString(), Word(view)));
        var shown = view.GetProperty("class");
        Assert.Equal((held, "中心站 201 室", 3), (shown.GetProperty("classId").GetGuid(), shown.GetProperty("venue").GetString(), shown.GetProperty("sessionsTotal").GetInt32()));
        Assert.Equal("Scheduled", (await city.Http.Get($"/api/v1/residents/{wanted.ResidentId}/requests")).Body.GetProperty("items")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task Places_ahead_are_those_who_queued_earlier_in_the_same_pool()
    {
        var pool = City.NewId();
        var early = await city.Pooled(pool, queuedAt: city.Now.AddHours(-3));
        var middle = await city.Pooled(pool, queuedAt: city.Now.AddHours(-2));
        var late = await city.Pooled(pool, queuedAt: city.Now.AddHours(-1));
        await city.Pooled(City.NewId(), queuedAt: city.Now.AddHours(-9));

        Assert.Equal((0, 1, 2), (await Ahead(early), await Ahead(middle), await Ahead(late)));

        await early.Do("withdraw");
        Assert.Equal(1, await Ahead(late));
    }

    [Fact]
    public async Task Who_waits_for_a_seat_moves_up_as_those_before_do()
    {
        var (pool, held) = (City.NewId(), City.NewId());
        var (first, second) = (await city.Pooled(pool), await city.Pooled(pool));
        await first.Hear(first.WaitlistNews(held, pool, place: 1));
        await second.Hear(second.WaitlistNews(held, pool, place: 2));
        Assert.Equal((0, 1), (await Ahead(first), await Ahead(second)));

        await first.Hear(first.SeatNews(held, pool, fromWaitlist: true));

        var view = (await second.Get()).Body;
        Assert.Equal(0, view.GetProperty("placesAhead").GetInt32());
        Assert.Contains("number 1 on the waitlist", view.GetProperty("next").GetProperty("en").GetString());
    }

    [Fact]
    public async Task A_pool_that_nobody_dispatched_is_not_said_to_have_been_declined()
    {
        var pool = City.NewId();
        var wanted = await city.Pooled(pool);
        await wanted.Hear(city.Pool(pool, 5, PoolStates.Escalated));

        var next = (await wanted.Get()).Body.GetProperty("next");

        Assert.DoesNotContain("没有接", next.GetProperty("zh").GetString());
        Assert.DoesNotContain("did not take", next.GetProperty("en").GetString());
        Assert.Contains("the city", next.GetProperty("en").GetString());
    }

    [Fact]
    public async Task Another_way_is_told_in_both_languages_and_in_chinese_alone_where_a_person_wrote_it()
    {
        var (made, written) = (await city.Pooled(City.NewId()), await city.Submitted());
        await made.Hear(made.UnservedNews(City.NewId()) with { Alternative = Wanted.Instead() with { TextEn = "You could learn to make soup first." } });
        await written.Hear(written.No());

        var (one, other) = ((await made.Get()).Body, (await written.Get()).Body);

        Assert.Equal(("可以先学养生靓汤", "You could learn to make soup first."), Way(one));
        Assert.EndsWith("What you can do: You could learn to make soup first.", one.GetProperty("next").GetProperty("en").GetString());
        Assert.Equal(("可以先学养生靓汤", null), Way(other));
        Assert.EndsWith("What you can do: 可以先学养生靓汤", other.GetProperty("next").GetProperty("en").GetString());

        static (string?, string?) Way(JsonElement view)
        {
            var way = view.GetProperty("ended").GetProperty("alternative");
            return (way.GetProperty("text").GetString(), way.GetProperty("textEn").GetString());
        }
    }

    [Fact]
    public async Task The_timetable_comes_before_the_seats_that_it_brings()
    {
        var (pool, held) = (City.NewId(), City.NewId());
        var wanted = await city.Pooled(pool);
        var scheduled = city.Scheduled(pool, held);
        await wanted.Hear(wanted.SeatNews(held, pool, at: scheduled.At));
        await wanted.Hear(scheduled);

        Assert.Equal(["ClassScheduled", "SeatOffered"], (await wanted.History()).TakeLast(2));
    }

    [Fact]
    public async Task A_seat_is_to_be_confirmed_before_its_own_deadline_and_not_before_an_older_one()
    {
        var wanted = await city.Submitted();
        await wanted.Hear(city.Clock(DeadlineKinds.SeatAnswer, wanted.Id, city.Now.AddMinutes(-5)));
        await city.SeatOffered(City.NewId(), City.NewId(), wanted);

        var view = (await wanted.Get()).Body;
        Assert.Equal((JsonValueKind.Null, "Resident", "已排课"), (view.GetProperty("until").ValueKind, Holder(view).Who, Word(view)));

        var due = city.Now.AddHours(48);
        await wanted.Hear(city.Clock(DeadlineKinds.SeatAnswer, wanted.Id, due));
        Assert.Equal(due, (await wanted.Get()).Body.GetProperty("until").GetDateTimeOffset());
    }

    [Fact]
    public async Task The_whole_way_stands_in_the_history()
    {
        var (pool, held, number) = (City.NewId(), City.NewId(), "440106-2026-000001");
        var wanted = await city.Pooled(pool);
        await wanted.Hear(city.Pool(pool, 1, PoolStates.Dispatching, attempt: 1));
        await wanted.Hear(Offered(pool, 1));
        await wanted.Hear(city.Accepted(pool, held));
        await wanted.Hear(city.Scheduled(pool, held));
        await wanted.Hear(wanted.SeatNews(held, pool));
        await wanted.Do("seat/confirm");
        await wanted.Hear(new ClassStarted { ClassId = held, PoolId = pool, Requests = [wanted.Id], FirstSessionAt = city.Now, At = city.Now });
        await wanted.Hear(Closed(held, 1));
        Assert.Contains("已上 1/3 次课", (await wanted.Get()).Body.GetProperty("next").GetProperty("zh").GetString());
        await wanted.Hear(wanted.CompletedNews(held));
        await wanted.Hear(new CredentialIssued { ClassId = held, RequestId = wanted.Id, Number = number, Kind = "SkillLevelCertificate", IssuedOn = new DateOnly(2026, 4, 1), At = city.Now });
        await wanted.Hear(city.Finished(held, pool, wanted.Id));
        await wanted.Do("rating", new { content = 5, teacher = 5, venueAndTime = 5, overall = 5, reallyTaught = true, charged = false });
        var file = City.NewId();
        await wanted.Hear(new CaseOpened { CaseId = file, RequestId = wanted.Id, StationCode = City.Central, At = city.Now });
        Assert.Equal("Station", Holder((await wanted.Get()).Body).Who);
        await wanted.Hear(new FollowUpDue { CaseId = file, RequestId = wanted.Id, StationCode = City.Central, Point = 30, WindowEnds = new DateOnly(2026, 5, 1), At = city.Now });
        await wanted.Hear(new LearnerPlaced { CaseId = file, RequestId = wanted.Id, Point = 30, Outcome = "Employed", Evidence = "EmployerConfirmed", At = city.Now });
        await wanted.Hear(new PlacementSustained { CaseId = file, RequestId = wanted.Id, At = city.Now });
        await wanted.Hear(new CaseClosed { CaseId = file, RequestId = wanted.Id, Result = "Sustained", At = city.Now });

        var view = (await wanted.Get()).Body;

        Assert.Equal(
            ["Submitted", "Admitted", "Pooled", "Dispatched", "OfferAccepted", "ClassScheduled", "SeatOffered", "SeatConfirmed", "ClassStarted", "Completed", "CredentialIssued", "RatingOpened", "Rated",
                "FollowUpOpened", "FollowUpAsked", "Placed", "Sustained", "FollowUpClosed"],
            await wanted.History());
        Assert.All(view.GetProperty("history").EnumerateArray(), e => Assert.True(e.GetProperty("zh").GetString()!.Any(c => c > 0x4e00) && e.GetProperty("en").GetString()!.EndsWith('.')));
        Assert.Equal((number, true), (view.GetProperty("credential").GetProperty("number").GetString(), view.GetProperty("completed").GetBoolean()));
        Assert.Equal(("Closed", "Sustained"), (view.GetProperty("placement").GetProperty("stage").GetString(), view.GetProperty("placement").GetProperty("result").GetString()));
        Assert.Equal((110m, true), (view.GetProperty("class").GetProperty("hoursAttended").GetDecimal(), view.GetProperty("class").GetProperty("attended").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, view.GetProperty("holder").ValueKind);
    }

    [Fact]
    public async Task Who_left_a_pool_does_not_see_what_happened_to_it_afterwards()
    {
        var (old, next) = (City.NewId(), City.NewId());
        var wanted = await city.Pooled(old);
        await wanted.Hear(wanted.PooledNews(next, turn: 2));
        await wanted.Hear(Offered(old, 1));
        await wanted.Hear(Offered(next, 1));

        Assert.Equal(["Submitted", "Admitted", "Pooled", "Repooled", "Dispatched"], await wanted.History());
    }

    [Fact]
    public async Task Neither_an_unknown_nor_a_foreign_request_is_found()
    {
        var wanted = await city.Submitted();
        var other = await city.Resident();

        var foreign = await city.Http.Get($"/api/v1/residents/{other}/requests/{wanted.Id}");
        var unknown = await city.Http.Get($"/api/v1/residents/{other}/requests/{City.NewId()}");

        Assert.Equal((HttpStatusCode.NotFound, "request-not-found"), (foreign.Status, foreign.Code));
        Assert.Equal((unknown.Status, unknown.Code), (foreign.Status, foreign.Code));
    }

    [Fact]
    public async Task A_list_shows_the_newest_first_page_by_page()
    {
        var resident = await city.Resident();
        var ids = new List<Guid>();
        foreach (var course in (string[])[City.Carer, City.Soup, "LS-tidying", "LS-cantonese", "LS-first-aid"])
        {
            ids.Insert(0, (await city.Submitted(course, resident)).Id);
        }

        await city.InDb(db => db.Requests.Where(r => ids.Contains(r.Id)).ExecuteUpdateAsync(r => r.SetProperty(x => x.SubmittedAt, city.Now)));   // not even the same instant loses one
        var first = await city.Http.Get($"/api/v1/residents/{resident}/requests?size=3");
        var second = await city.Http.Get($"/api/v1/residents/{resident}/requests?size=3&after={first.Text("next")}");
        var bad = await city.Http.Get($"/api/v1/residents/{resident}/requests?after=x");

        Assert.Equal(ids, Ids(first).Concat(Ids(second)));
        Assert.Equal(JsonValueKind.Null, second.Body.GetProperty("next").ValueKind);
        Assert.Equal((HttpStatusCode.BadRequest, "after-malformed"), (bad.Status, bad.Code));
        Assert.Equal("resident-not-found", (await city.Http.Get($"/api/v1/residents/{City.NewId()}/requests")).Code);
    }

    private ClassOffered Offered(Guid pool, int attempt) => new()
    {
        OfferId = City.NewId(), PoolId = pool, Attempt = attempt, InstitutionCode = "YC-017", StationCode = City.Central, DistrictCode = "440106", CourseCode = City.Carer,
        TimePattern = TimePatterns.WeekdayEvening, Learners = [], Reasons = [], Forced = false, At = city.Now,
    };

    private SessionClosed Closed(Guid held, int number) => new() { ClassId = held, SessionId = City.NewId(), Number = number, Present = 1, Absent = 0, Automatic = false, At = city.Now };

    private static async Task<int> Ahead(Wanted wanted) => (await wanted.Get()).Body.GetProperty("placesAhead").GetInt32();

    private static string Word(JsonElement view) => view.GetProperty("statusWords").GetProperty("zh").GetString()!;

    private static (string Who, string Zh, string En) Holder(JsonElement view)
    {
        var holder = view.GetProperty("holder");
        return (holder.GetProperty("who").GetString()!, holder.GetProperty("name").GetProperty("zh").GetString()!, holder.GetProperty("name").GetProperty("en").GetString()!);
    }

    private static IEnumerable<Guid> Ids(Answer page) => page.Body.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid());
}
