using System.Net;
using SkillStation.Contracts;
using SkillStation.Contracts.Dispatch;
using SkillStation.Contracts.Requests;
using SkillStation.Dispatch.Domain;

namespace SkillStation.Dispatch.Tests;

/// <summary>What the station does with a request that waits for a person: admit, ask, refuse.</summary>
public sealed class AnswerRequestTests(City city)
{
    private static readonly object Question = new { field = "times", question = "周末也可以来吗？" };

    [Fact]
    public async Task Admitting_pools_the_request_and_says_that_a_person_did_it()
    {
        var id = await Waiting();

        var answer = await city.Http.Post(Path(id, "admit"));

        Assert.Equal((HttpStatusCode.OK, "Pooled"), (answer.Status, answer.Text("state")));
        Assert.False((await city.Service.Publishes<RequestAdmitted>(m => m.RequestId == id)).Automatic);
        await city.Service.Publishes<RequestPooled>(m => m.RequestId == id && m.Turn == 1);
    }

    [Fact]
    public async Task Asking_puts_one_question_and_waits_for_the_resident()
    {
        var id = await Waiting();

        var answer = await city.Http.Post(Path(id, "ask"), Question);

        Assert.Equal((HttpStatusCode.OK, "Asked"), (answer.Status, answer.Text("state")));
        Assert.Equal("times", (await city.Service.Publishes<InformationRequested>(m => m.RequestId == id)).Field);
    }

    [Fact]
    public async Task The_residents_answer_is_checked_again_and_admitted_when_it_is_clean()
    {
        var course = await city.Course();
        var id = await city.Request(course, await NotAccessible(), needs: ["Wheelchair"]);
        var request = await city.Request(id);
        await city.Http.Post($"/api/v1/stations/{request.StationCode}/requests/{id}/ask", new { field = "needs", question = "需要轮椅通道吗？" });

        await city.Service.Hear(new RequestAmended { RequestId = id, Version = 1, Goal = Goals.FindJob, Times = [City.Daytime], MaxMinutes = 30, Needs = [], At = RunningService.Start });

        Assert.Equal(RequestState.Pooled, (await city.Request(id)).State);
    }

    [Fact]
    public async Task Refusing_offers_another_way_and_tells_the_resident()
    {
        var (id, other) = (await Waiting(), await city.Course());

        var answer = await city.Http.Post(Path(id, "refuse"), new { code = "AgeOutOfRange", alternative = new { kind = "OtherCourse", courseCode = other, text = "可以先学手机课。" } });

        Assert.Equal((HttpStatusCode.OK, "Refused"), (answer.Status, answer.Text("state")));
        var refused = await city.Service.Publishes<RequestRefused>(m => m.RequestId == id);
        Assert.Equal(("AgeOutOfRange", other), (refused.Code, refused.Alternative.CourseCode));
    }

    [Fact]
    public async Task Refusing_without_another_way_is_not_possible()
    {
        var id = await Waiting();

        var answer = await city.Http.Post(Path(id, "refuse"), new { code = "AgeOutOfRange" });

        Assert.Equal((HttpStatusCode.BadRequest, "alternative-needed", "alternative"), (answer.Status, answer.Code, string.Join(',', answer.Fields)));
        Assert.Equal(RequestState.AwaitingTriage, (await city.Request(id)).State);
    }

    [Theory]
    [InlineData("OtherCourse", "no-such-course", null, "alternative-course-not-found")]
    [InlineData("OtherCourse", null, null, "alternative-course-not-found")]
    [InlineData("OtherCourse", "same", null, "alternative-same-course")]
    [InlineData("OtherStation", null, "nowhere", "alternative-station-not-found")]
    public async Task What_is_offered_instead_must_exist(string kind, string? courseCode, string? stationCode, string code)
    {
        var id = await Waiting();
        courseCode = courseCode == "same" ? (await city.Request(id)).CourseCode : courseCode;

        var answer = await city.Http.Post(Path(id, "refuse"), new { code = "OutOfCity", alternative = new { kind, courseCode, stationCode, text = "…" } });

        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("ask", "{\"field\":\"name\",\"question\":\"？\"}", "field")]
    [InlineData("ask", "{\"field\":\"times\",\"question\":\"\"}", "question")]
    [InlineData("ask", "{\"field\":\"times\",\"question\":\"您的电话还是 138-0013 8000 吗？\"}", "question")]
    [InlineData("refuse", "{\"code\":\"Because\",\"alternative\":{\"kind\":\"OtherStation\",\"text\":\"…\"}}", "code")]
    [InlineData("refuse", "{\"code\":\"OutOfCity\",\"alternative\":{\"kind\":\"Nothing\",\"text\":\"\"}}", "alternative.kind,alternative.text")]
    public async Task A_bad_field_is_named(string verb, string body, string fields)
    {
        var answer = await city.Http.Post(Path(await Waiting(), verb), body);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid-fields", fields), (answer.Status, answer.Code, string.Join(',', answer.Fields)));
    }

    [Theory]
    [InlineData("admit")]
    [InlineData("ask")]
    [InlineData("refuse")]
    public async Task A_stale_version_an_unknown_id_another_station_and_a_second_press_are_refused(string verb)
    {
        var id = await Waiting();
        object? body = verb switch
        {
            "ask" => Question,
            "refuse" => new { code = "OutOfCity", alternative = new { kind = "UnsubsidisedSeat", text = "可以自费参加。" } },
            _ => null,
        };

        var stale = await city.Http.Post(Path(id, verb), body, ifMatch: "\"77\"");
        var unknown = await city.Http.Post(Path(Guid.CreateVersion7(), verb), body);
        var foreign = await city.Http.Post($"/api/v1/stations/440106001-1/requests/{id}/{verb}", body);
        var seen = await city.Http.Get(Path(id, ""));
        var first = await city.Http.Post(Path(id, verb), body, ifMatch: seen.ETag);
        var second = await city.Http.Post(Path(id, verb), body);

        Assert.Equal((HttpStatusCode.PreconditionFailed, "stale-version"), (stale.Status, stale.Code));
        Assert.Equal((HttpStatusCode.NotFound, "request-not-found"), (unknown.Status, unknown.Code));
        Assert.Equal((HttpStatusCode.NotFound, "request-not-found"), (foreign.Status, foreign.Code));
        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal((HttpStatusCode.Conflict, "request-not-awaiting-triage"), (second.Status, second.Code));
    }

    private static string Path(Guid id, string verb) => $"/api/v1/stations/{City.Station}/requests/{id}/{verb}".TrimEnd('/');

    private async Task<Guid> Waiting() => await city.Request(await city.Course(), age: 10);

    private Task<string> NotAccessible() =>
        city.Service.InDb<Data.DispatchDb, string>(db => Task.FromResult(db.Stations.First(s => !s.Accessible && s.DistrictCode == City.District).Code));
}
