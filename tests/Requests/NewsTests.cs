using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts;
using SkillStation.Contracts.Acceptance;
using SkillStation.Contracts.Dispatch;
using SkillStation.Contracts.Requests;
using SkillStation.Contracts.Scheduler;

namespace SkillStation.Requests.Tests;

/// <summary>What the other services tell: its effect, that a repeat has none, and that the order does not matter.</summary>
public sealed class NewsTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task A_station_is_known_by_its_latest_news()
    {
        var newer = city.Opened("440111001-1", "新名", "New name", 113.27, 23.25, city.Now.AddHours(1));
        await city.Service.Hear(newer);
        await city.Service.Hear(city.Opened("440111001-1", "旧名", "Old name", 113.27, 23.25, city.Now));

        Assert.Equal("新名", await city.InDb(db => db.Stations.Where(s => s.Code == "440111001-1").Select(s => s.Name).SingleAsync()));
    }

    [Fact]
    public async Task Admission_and_pool_lead_to_the_same_in_either_order()
    {
        var (one, other, pool) = (await city.Submitted(), await city.Submitted(), City.NewId());

        await city.Pooled(pool, one);
        await other.Hear(other.PooledNews(pool));
        await other.Hear(new RequestAdmitted { RequestId = other.Id, StationCode = City.Central, Automatic = true, At = city.Now });

        Assert.Equal(("Pooled", "Pooled"), (await one.Status(), await other.Status()));
        Assert.Equal((await one.History()).Order(), (await other.History()).Order());
    }

    [Fact]
    public async Task A_refusal_comes_with_another_way()
    {
        var wanted = await city.Submitted();

        await wanted.Hear(wanted.No());

        var view = (await wanted.Get()).Body;
        var ended = view.GetProperty("ended");
        Assert.Equal(("Refused", "未受理"), (view.GetProperty("status").GetString(), view.GetProperty("statusWords").GetProperty("zh").GetString()));
        Assert.Equal(("SameOccupationThisYear", City.Soup), (ended.GetProperty("code").GetString(), ended.GetProperty("alternative").GetProperty("courseCode").GetString()));
        Assert.Contains("可以先学养生靓汤", view.GetProperty("next").GetProperty("zh").GetString());
    }

    [Fact]
    public async Task No_class_comes_with_another_way_and_frees_the_occupation()
    {
        var pool = City.NewId();
        var wanted = await city.Pooled(pool);

        await wanted.Hear(wanted.UnservedNews(pool));

        Assert.Equal("TooFewPeople", (await wanted.Get()).Body.GetProperty("ended").GetProperty("code").GetString());
        await city.Submitted(resident: wanted.ResidentId);
    }

    [Fact]
    public async Task News_about_a_withdrawn_request_is_ignored()
    {
        var (pool, held) = (City.NewId(), City.NewId());
        var wanted = await city.Pooled(pool);
        await wanted.Do("withdraw");
        var before = (await wanted.Get()).ETag;

        await wanted.Hear(wanted.PooledNews(pool, turn: 2));
        await wanted.Hear(wanted.SeatNews(held, pool));
        await wanted.Hear(wanted.ReleasedNews(held, pool, SeatReasons.Withdrawn));
        await wanted.Hear(wanted.UnservedNews(pool));
        await wanted.Hear(city.Due(DeadlineKinds.Information, wanted.Id, dueAt: city.Now.AddDays(5)));

        Assert.Equal(("Withdrawn", before), (await wanted.Status(), (await wanted.Get()).ETag));
        Assert.Single(await city.Told<RequestWithdrawn>(m => m.RequestId == wanted.Id));
    }

    [Fact]
    public async Task A_question_without_an_answer_ends_the_request_when_its_time_is_over()
    {
        var wanted = await city.Submitted();
        await wanted.Hear(wanted.Question());

        await wanted.Hear(city.Due(DeadlineKinds.Information, wanted.Id, DeadlineStages.FourFifths, city.Now.AddDays(5)));
        Assert.Equal("NeedsInfo", await wanted.Status());
        await wanted.Hear(city.Due(DeadlineKinds.Information, wanted.Id, dueAt: city.Now.AddDays(5)));

        Assert.Equal("Withdrawn", await wanted.Status());
        Assert.Equal(SeatReasons.NoAnswer, Assert.Single(await city.Told<RequestWithdrawn>(m => m.RequestId == wanted.Id)).Reason);
    }

    [Fact]
    public async Task An_answered_question_outlives_its_deadline()
    {
        var wanted = await city.Submitted();
        await wanted.Hear(wanted.Question());
        await city.Http.Put(wanted.Path, City.Change(), ifMatch: "\"2\"");

        await wanted.Hear(city.Due(DeadlineKinds.Information, wanted.Id, dueAt: city.Now.AddDays(5)));

        Assert.Equal("Submitted", await wanted.Status());
    }

    [Fact]
    public async Task The_highest_version_of_a_pool_counts_and_repeats_change_nothing()
    {
        var pool = City.NewId();
        var (newest, id) = (city.Pool(pool, 7, PoolStates.Escalated, attempt: 3), City.NewId());

        await city.Service.Hear(newest, id);
        await city.Service.Hear(city.Pool(pool, 6, PoolStates.Dispatching, attempt: 3));
        await city.Service.Hear(newest, id);

        var row = await city.InDb(db => db.Pools.AsNoTracking().SingleAsync(p => p.Id == pool));
        Assert.Equal((7, PoolStates.Escalated), (row.Version, row.State));
        Assert.Equal(1, await city.InDb(db => db.PoolEvents.CountAsync(e => e.PoolId == pool)));
    }

    [Fact]
    public async Task Who_attended_too_little_is_not_told_that_the_training_is_done()
    {
        var (pool, held) = (City.NewId(), City.NewId());
        var wanted = await city.SeatConfirmed(pool, held);
        await wanted.Hear(wanted.DroppedNews(held, DropReasons.BelowAttendance, attended: true));
        await wanted.Hear(city.Finished(held, pool, wanted.Id));
        await wanted.Do("rating", new { content = 3, teacher = 3, venueAndTime = 3, overall = 3, reallyTaught = true, charged = false });

        var view = (await wanted.Get()).Body;

        Assert.Equal(("Closed", false), (view.GetProperty("status").GetString(), view.GetProperty("completed").GetBoolean()));
        Assert.Equal("The training is over; the course was not completed: too few hours attended. You are welcome to ask again.", view.GetProperty("next").GetProperty("en").GetString());
    }

    [Fact]
    public async Task Who_gets_a_seat_from_the_waitlist_moves_up_in_either_order_of_news()
    {
        var (pool, held) = (City.NewId(), City.NewId());
        var (one, other) = (await city.Pooled(pool), await city.Pooled(pool));
        var (first, then) = (city.Now, city.Now.AddHours(2));

        await one.Hear(one.WaitlistNews(held, pool, place: 1, at: first));
        Assert.Equal(("Waitlisted", 0), (await one.Status(), (await one.Get()).Body.GetProperty("placesAhead").GetInt32()));
        await one.Hear(one.SeatNews(held, pool, fromWaitlist: true, at: then));
        await other.Hear(other.SeatNews(held, pool, fromWaitlist: true, at: then));
        await other.Hear(other.WaitlistNews(held, pool, at: first));

        Assert.Equal(("SeatOffered", "SeatOffered"), (await one.Status(), await other.Status()));
        Assert.Contains("MovedUp", await other.History());
    }

    [Fact]
    public async Task Who_stayed_on_the_waitlist_is_pooled_again_in_either_order_of_news()
    {
        var (pool, next, held) = (City.NewId(), City.NewId(), City.NewId());
        var (one, other) = (await city.Pooled(pool), await city.Pooled(pool));
        var (released, pooled) = (city.Now.AddHours(1), city.Now.AddHours(2));
        foreach (var wanted in (Wanted[])[one, other])
        {
            await wanted.Hear(wanted.WaitlistNews(held, pool));
        }

        await one.Hear(one.ReleasedNews(held, pool, SeatReasons.ClassFull, released));
        await one.Hear(one.PooledNews(next, turn: 2, at: pooled));
        await other.Hear(other.PooledNews(next, turn: 2, at: pooled));
        await other.Hear(other.ReleasedNews(held, pool, SeatReasons.ClassFull, released));

        foreach (var wanted in (Wanted[])[one, other])
        {
            var (status, pools) = (await wanted.Status(), await city.InDb(db => db.Requests.Where(r => r.Id == wanted.Id).Select(r => r.PoolId).SingleAsync()));
            Assert.Equal(("Pooled", (Guid?)next), (status, pools));
        }
    }

    [Fact]
    public async Task A_seat_may_be_offered_before_the_pool_is_known()
    {
        var (pool, held) = (City.NewId(), City.NewId());
        var wanted = await city.Submitted();

        await wanted.Hear(wanted.SeatNews(held, pool, at: city.Now.AddDays(1)));
        await wanted.Hear(wanted.PooledNews(pool));
        await wanted.Hear(new RequestAdmitted { RequestId = wanted.Id, StationCode = City.Central, Automatic = true, At = city.Now });

        Assert.Equal("SeatOffered", await wanted.Status());
        Assert.Equal(HttpStatusCode.OK, (await wanted.Do("seat/confirm")).Status);
    }

    [Fact]
    public async Task A_cancelled_class_sends_everybody_back_to_their_pool()
    {
        var (pool, held) = (City.NewId(), City.NewId());
        var confirmed = await city.SeatConfirmed(pool, held);
        var waiting = await city.Pooled(pool);
        await waiting.Hear(waiting.WaitlistNews(held, pool));
        var notTold = await city.Pooled(pool);   // its seat offer is still under way
        var news = new ClassCancelled { ClassId = held, PoolId = pool, Attempt = 1, Reason = "FilingRefused", Requests = [confirmed.Id, waiting.Id, notTold.Id], At = city.Now.AddHours(1) };

        await city.Service.Hear(news);
        await notTold.Hear(notTold.SeatNews(held, pool));

        foreach (var wanted in (Wanted[])[confirmed, waiting, notTold])
        {
            Assert.Equal("Pooled", await wanted.Status());
            Assert.Contains("ClassCancelled", await wanted.History());
        }
    }

    [Fact]
    public async Task A_class_begins_for_those_who_confirmed()
    {
        var (pool, held) = (City.NewId(), City.NewId());
        var (confirmed, offered) = (await city.SeatConfirmed(pool, held), await city.SeatOffered(pool, held));

        await city.Service.Hear(new ClassStarted { ClassId = held, PoolId = pool, Requests = [confirmed.Id], FirstSessionAt = city.Now, At = city.Now });

        Assert.Equal(("InClass", "SeatOffered"), (await confirmed.Status(), await offered.Status()));
    }

    [Fact]
    public async Task Every_closed_session_counts_once_even_when_several_close_together()
    {
        var (pool, held) = (City.NewId(), City.NewId());
        await city.Service.Hear(city.Accepted(pool, held));
        await city.Service.Hear(city.Scheduled(pool, held));
        var sessions = Enumerable.Range(1, 3).Select(n => (Id: City.NewId(), News: new SessionClosed { ClassId = held, SessionId = City.NewId(), Number = n, Present = 9, Absent = 1, Automatic = false, At = city.Now })).ToList();

        await Task.WhenAll(sessions.Select(s => city.Service.Hear(s.News, s.Id)));
        await city.Service.Hear(sessions[0].News, sessions[0].Id);

        var row = await city.InDb(db => db.Classes.AsNoTracking().SingleAsync(c => c.Id == held));
        Assert.Equal((3, 3), (row.SessionsClosed, row.SessionsTotal));
    }

    [Fact]
    public async Task The_latest_timetable_counts_and_the_name_may_come_after_it()
    {
        var (pool, held) = (City.NewId(), City.NewId());

        await city.Service.Hear(city.Scheduled(pool, held) with { Venue = "新教室", At = city.Now.AddHours(1) });
        await city.Service.Hear(city.Scheduled(pool, held) with { Venue = "旧教室" });
        await city.Service.Hear(city.Accepted(pool, held));

        var row = await city.InDb(db => db.Classes.AsNoTracking().SingleAsync(c => c.Id == held));
        Assert.Equal(("新教室", "羊城职业培训学校"), (row.Venue, row.InstitutionName));
    }

    [Theory]
    [InlineData(DropReasons.NoShow, false, "Dropped", false)]
    [InlineData(DropReasons.BelowAttendance, true, "AwaitingRating", true)]
    [InlineData(DropReasons.FailedAssessment, true, "AwaitingRating", true)]
    public async Task Who_came_may_rate_and_who_never_came_is_out(string reason, bool attended, string status, bool mayRate)
    {
        var (pool, held) = (City.NewId(), City.NewId());
        var wanted = await city.SeatConfirmed(pool, held);

        await wanted.Hear(wanted.DroppedNews(held, reason, attended));
        await wanted.Hear(new ClassStarted { ClassId = held, PoolId = pool, Requests = [wanted.Id], FirstSessionAt = city.Now, At = city.Now });
        await wanted.Hear(city.Finished(held, pool, attended ? [wanted.Id] : []));

        var view = (await wanted.Get()).Body;
        Assert.Equal((status, false, reason), (view.GetProperty("status").GetString(), view.GetProperty("completed").GetBoolean(), view.GetProperty("ended").GetProperty("code").GetString()));
        var rated = await wanted.Do("rating", new { content = 1, teacher = 1, venueAndTime = 1, overall = 1, reallyTaught = true, charged = false });
        Assert.Equal(mayRate, rated.Status == HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_end_of_a_class_may_come_before_its_results()
    {
        var (pool, held) = (City.NewId(), City.NewId());
        var wanted = await city.SeatConfirmed(pool, held);

        await wanted.Hear(city.Finished(held, pool, wanted.Id));
        await wanted.Hear(new CredentialIssued { ClassId = held, RequestId = wanted.Id, Number = "N-7", Kind = "CompletionCertificate", IssuedOn = new DateOnly(2026, 4, 1), At = city.Now });
        await wanted.Hear(wanted.CompletedNews(held));
        await wanted.Hear(new ClassStarted { ClassId = held, PoolId = pool, Requests = [wanted.Id], FirstSessionAt = city.Now, At = city.Now });

        var view = (await wanted.Get()).Body;
        Assert.Equal(("AwaitingRating", true, "N-7"), (view.GetProperty("status").GetString(), view.GetProperty("completed").GetBoolean(), view.GetProperty("credential").GetProperty("number").GetString()));
    }

    [Fact]
    public async Task A_repeated_message_adds_no_second_line_to_the_history()
    {
        var (pool, id) = (City.NewId(), City.NewId());
        var wanted = await city.Pooled(pool);
        var news = wanted.SeatNews(City.NewId(), pool);

        await wanted.Hear(news, id);
        await wanted.Hear(news, id);
        await wanted.Hear(news);

        Assert.Single(await wanted.History(), "SeatOffered");
    }

    [Fact]
    public async Task A_follow_up_never_goes_back()
    {
        var (wanted, file) = (await city.AwaitingRating(City.NewId(), City.NewId()), City.NewId());

        await wanted.Hear(new LearnerPlaced { CaseId = file, RequestId = wanted.Id, Point = 30, Outcome = "Employed", Evidence = "Document", At = city.Now });
        await wanted.Hear(new CaseOpened { CaseId = file, RequestId = wanted.Id, StationCode = City.Central, At = city.Now });

        var placement = (await wanted.Get()).Body.GetProperty("placement");
        Assert.Equal(("Placed", JsonValueKind.Null), (placement.GetProperty("stage").GetString(), placement.GetProperty("result").ValueKind));
    }

    [Fact]
    public async Task The_latest_due_time_counts()
    {
        var wanted = await city.Submitted();
        var (first, moved) = (city.Now.AddDays(1), city.Now.AddDays(2));

        await wanted.Hear(city.Clock(DeadlineKinds.Triage, wanted.Id, moved, at: city.Now.AddMinutes(1)));
        await wanted.Hear(city.Clock(DeadlineKinds.Triage, wanted.Id, first, at: city.Now));

        Assert.Equal(moved, (await wanted.Get()).Body.GetProperty("until").GetDateTimeOffset());
    }
}
