using System.Net;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Requests;

namespace SkillStation.Requests.Tests;

public sealed class SubmitRequestTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task A_request_is_taken_and_told_without_anything_that_says_who_or_where_from()
    {
        var resident = await city.Resident("FollowUpContact");

        var answer = await city.Http.Post($"/api/v1/residents/{resident}/requests", City.Wish(near: new { longitude = 113.265, latitude = 23.13 }, needs: new[] { "Cantonese" }, note: "我叫陈小明"));

        Assert.Equal((HttpStatusCode.Created, $"/api/v1/residents/{resident}/requests/{answer.Id}", "\"1\""), (answer.Status, answer.Location, answer.ETag));
        Assert.Equal(("Submitted", "已提交", "Received"), (answer.Text("status"), answer.Body.GetProperty("statusWords").GetProperty("zh").GetString(), answer.Body.GetProperty("statusWords").GetProperty("en").GetString()));
        var told = await city.Service.Publishes<RequestSubmitted>(m => m.RequestId == answer.Id);
        Assert.Equal((resident, City.Carer, City.Central, "FindJob", 30, 39, true), (told.ResidentId, told.CourseCode, told.StationCode, told.Goal, told.MaxMinutes, told.Age, told.MayContact));
        Assert.Equal(["WeekdayEvening"], told.Times);
        Assert.Equal(["Cantonese"], told.Needs);
        Assert.Equal(113.265, await city.InDb(db => db.Requests.Where(r => r.Id == answer.Id).Select(r => r.HomeLongitude).SingleAsync()));
    }

    [Fact]
    public async Task Without_a_station_the_nearest_one_is_asked()
    {
        var resident = await city.Resident();

        var answer = await city.Http.Post($"/api/v1/residents/{resident}/requests", City.Wish(station: null, near: new { longitude = 113.2644, latitude = 23.1370 }));

        Assert.Equal((HttpStatusCode.Created, City.North), (answer.Status, answer.Text("stationCode")));
    }

    [Fact]
    public async Task A_second_open_request_for_the_same_occupation_is_refused_whatever_the_level()
    {
        var first = await city.Submitted();

        var second = await city.Http.Post($"/api/v1/residents/{first.ResidentId}/requests", City.Wish(City.CarerNextLevel));
        var other = await city.Http.Post($"/api/v1/residents/{first.ResidentId}/requests", City.Wish(City.Soup));

        Assert.Equal((HttpStatusCode.Conflict, "request-already-open"), (second.Status, second.Code));
        Assert.Equal(HttpStatusCode.Created, other.Status);
    }

    [Fact]
    public async Task After_a_withdrawal_the_occupation_is_free_again()
    {
        var first = await city.Submitted();
        await first.Do("withdraw");

        var second = await city.Http.Post($"/api/v1/residents/{first.ResidentId}/requests", City.Wish());

        Assert.Equal(HttpStatusCode.Created, second.Status);
    }

    [Fact]
    public async Task Without_consent_to_handle_it_nothing_is_taken()
    {
        var resident = await city.Resident();
        await city.Http.Put($"/api/v1/residents/{resident}/consents/HandleRequest", new { granted = false });

        var answer = await city.Http.Post($"/api/v1/residents/{resident}/requests", City.Wish());

        Assert.Equal((HttpStatusCode.Conflict, "consent-needed"), (answer.Status, answer.Code));
        Assert.Empty(await city.Told<RequestSubmitted>(m => m.ResidentId == resident));
    }

    [Fact]
    public async Task The_same_key_gives_the_same_request()
    {
        var resident = await city.Resident();
        var path = $"/api/v1/residents/{resident}/requests";

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => city.Http.Post(path, City.Wish(), key: "once")));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.Status));
        Assert.Single(answers.Select(a => a.Body.GetRawText()).Distinct());
        Assert.Single(await city.Told<RequestSubmitted>(m => m.ResidentId == resident));
        Assert.Equal("idempotency-key-reused", (await city.Http.Post(path, City.Wish(City.Soup), key: "once")).Code);
    }

    [Fact]
    public async Task An_unknown_resident_is_not_found()
    {
        var answer = await city.Http.Post($"/api/v1/residents/{City.NewId()}/requests", City.Wish());

        Assert.Equal((HttpStatusCode.NotFound, "resident-not-found"), (answer.Status, answer.Code));
    }

    public static TheoryData<object, string, string> BadWishes => new()
    {
        { City.Wish("no-such-course"), "course-not-found", "courseCode" },
        { City.Wish(station: "no-such-station"), "station-not-found", "stationCode" },
        { City.Wish(station: null), "station-or-place-needed", "stationCode" },
        { City.Wish(station: null, near: new { longitude = 190, latitude = 23.1 }), "invalid-fields", "near.longitude" },
        { City.Wish(station: null, near: new { longitude = 113.2 }), "invalid-fields", "near.latitude" },
        { City.Wish(goal: "Fame"), "invalid-fields", "goal" },
        { City.Wish(times: Array.Empty<string>()), "invalid-fields", "times" },
        { City.Wish(times: new[] { "Weekend", "Weekend" }), "invalid-fields", "times" },
        { City.Wish(times: new[] { "Midnight" }), "invalid-fields", "times" },
        { City.Wish(maxMinutes: 4), "invalid-fields", "maxMinutes" },
        { City.Wish(maxMinutes: 121), "invalid-fields", "maxMinutes" },
        { City.Wish(maxMinutes: "30 分钟"), "malformed-body", "maxMinutes" },
        { City.Wish(needs: new[] { "Champagne" }), "invalid-fields", "needs" },
        { City.Wish(note: new string('字', 301)), "invalid-fields", "note" },
        { "{\"courseCode\":\"LS-healthy-soup\"}", "invalid-fields", "goal,maxMinutes,times" },
    };

    [Theory]
    [MemberData(nameof(BadWishes))]
    public async Task A_bad_wish_is_answered_field_by_field(object wish, string code, string fields)
    {
        var resident = await city.Resident();

        var answer = await city.Http.Post($"/api/v1/residents/{resident}/requests", wish);

        Assert.Equal((HttpStatusCode.BadRequest, code, fields), (answer.Status, answer.Code, string.Join(',', answer.Fields)));
        Assert.Empty(await city.Told<RequestSubmitted>(m => m.ResidentId == resident));
    }
}

/// <summary>One open request for an occupation, however many are sent at once; the unique index is what sees to it.</summary>
public sealed class SubmitRequestRaceTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task Of_many_requests_at_once_one_is_taken_and_without_the_index_more_would_be()
    {
        Assert.Equal(1, await TakenOfEight());

        await city.InDb(db => db.Database.ExecuteSqlRawAsync("DROP INDEX IX_TrainingRequests_OpenKey"));

        Assert.True(await TakenOfEight() > 1);
    }

    [Fact]
    public async Task A_consent_is_never_taken_back_under_a_request_that_was_just_taken()
    {
        for (var round = 0; round < 10; round++)
        {
            var resident = await city.Resident();

            var submit = city.Http.Post($"/api/v1/residents/{resident}/requests", City.Wish());
            var takeBack = city.Http.Put($"/api/v1/residents/{resident}/consents/HandleRequest", new { granted = false });
            await Task.WhenAll(submit, takeBack);

            Assert.False((await submit).Status == HttpStatusCode.Created && (await takeBack).Status == HttpStatusCode.OK);
        }
    }

    private async Task<int> TakenOfEight()
    {
        var resident = await city.Resident();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => city.Http.Post($"/api/v1/residents/{resident}/requests", City.Wish())));
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => Assert.Equal((HttpStatusCode.Conflict, "request-already-open"), (a.Status, a.Code)));
        var taken = answers.Count(a => a.Status == HttpStatusCode.Created);
        Assert.Equal(taken, (await city.Told<RequestSubmitted>(m => m.ResidentId == resident)).Count);
        return taken;
    }
}
