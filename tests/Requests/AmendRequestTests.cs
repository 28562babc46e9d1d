using System.Net;
using SkillStation.Contracts.Requests;

namespace SkillStation.Requests.Tests;

public sealed class AmendRequestTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task A_change_is_told_with_its_version_and_without_the_note()
    {
        var wanted = await city.Submitted();

        var answer = await city.Http.Put(wanted.Path, City.Change(goal: "Promotion", needs: new[] { "Wheelchair" }, note: "下班晚"), ifMatch: "\"1\"");

        Assert.Equal((HttpStatusCode.OK, "\"2\"", "Promotion", "下班晚"), (answer.Status, answer.ETag, answer.Text("goal"), answer.Text("note")));
        var told = await city.Service.Publishes<RequestAmended>(m => m.RequestId == wanted.Id);
        Assert.Equal((2, "Promotion", 45), (told.Version, told.Goal, told.MaxMinutes));
        Assert.Equal(["Weekend"], told.Times);
        Assert.Equal(["Wheelchair"], told.Needs);
    }

    [Fact]
    public async Task An_answer_to_the_stations_question_brings_the_request_back_to_the_station()
    {
        var wanted = await city.Submitted();
        await wanted.Hear(wanted.Question());
        Assert.Equal("NeedsInfo", await wanted.Status());

        var answer = await city.Http.Put(wanted.Path, City.Change(), ifMatch: "\"2\"");

        Assert.Equal("Submitted", answer.Text("status"));
        Assert.Equal(["Submitted", "InformationRequested", "Answered"], await wanted.History());
    }

    [Fact]
    public async Task A_request_in_a_pool_may_still_change_its_times()
    {
        var wanted = await city.Pooled(City.NewId());

        var answer = await city.Http.Put(wanted.Path, City.Change(times: new[] { "WeekdayDaytime" }), ifMatch: (await wanted.Get()).ETag);

        Assert.Equal((HttpStatusCode.OK, "Pooled"), (answer.Status, answer.Text("status")));
    }

    [Fact]
    public async Task Once_a_seat_is_offered_nothing_can_be_changed()
    {
        var wanted = await city.SeatOffered(City.NewId(), City.NewId());

        var answer = await city.Http.Put(wanted.Path, City.Change(), ifMatch: (await wanted.Get()).ETag);

        Assert.Equal((HttpStatusCode.Conflict, "request-not-amendable"), (answer.Status, answer.Code));
        Assert.Empty(await city.Told<RequestAmended>(m => m.RequestId == wanted.Id));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.PreconditionRequired, "if-match-required")]
    [InlineData("\"7\"", HttpStatusCode.PreconditionFailed, "stale-version")]
    public async Task The_latest_version_must_have_been_read(string? ifMatch, HttpStatusCode status, string code)
    {
        var wanted = await city.Submitted();

        var answer = await city.Http.Put(wanted.Path, City.Change(), ifMatch: ifMatch);

        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Somebody_elses_request_is_not_found()
    {
        var wanted = await city.Submitted();
        var other = await city.Resident();

        var answer = await city.Http.Put($"/api/v1/residents/{other}/requests/{wanted.Id}", City.Change(), ifMatch: "\"1\"");

        Assert.Equal((HttpStatusCode.NotFound, "request-not-found"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_bad_change_is_answered_field_by_field()
    {
        var wanted = await city.Submitted();

        var answer = await city.Http.Put(wanted.Path, new { goal = "Fame", times = Array.Empty<string>(), maxMinutes = 500 }, ifMatch: "\"1\"");

        Assert.Equal((HttpStatusCode.BadRequest, "goal,maxMinutes,times"), (answer.Status, string.Join(',', answer.Fields)));
    }
}
