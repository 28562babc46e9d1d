using System.Net;
using SkillStation.Contracts.Acceptance;
using SkillStation.Contracts.Dispatch;
using SkillStation.Contracts.Scheduler;

namespace SkillStation.Acceptance.Tests;

public sealed class AnswerOfferTests(Scene scene) : IClassFixture<Scene>
{
    [Fact]
    public async Task An_offer_shows_the_course_the_people_the_reasons_and_until_when()
    {
        var run = await scene.Offered();
        var dueAt = scene.Service.Clock.GetUtcNow().AddDays(2);
        await scene.Service.Hear(Set(run.OfferId, dueAt, dueAt.AddDays(-2)));
        await scene.Service.Hear(Set(run.OfferId, dueAt.AddDays(-1), dueAt.AddDays(-3)));   // older news comes later

        var offer = await scene.Http.Get($"{run.Offers}/{run.OfferId}");

        Assert.Equal("课程 X-level", offer.Body.GetProperty("course").GetProperty("name").GetString());
        Assert.Equal(3, offer.Body.GetProperty("learners").GetInt32());
        Assert.Equal(1, offer.Body.GetProperty("needs").GetProperty("Wheelchair").GetInt32());
        Assert.Equal("离得近", offer.Body.GetProperty("reasons")[0].GetProperty("chinese").GetString());
        Assert.Equal(dueAt, offer.Body.GetProperty("answerBy").GetDateTimeOffset());
        Assert.DoesNotContain(run.Learners[0].ToString(), offer.Body.GetRawText(), StringComparison.OrdinalIgnoreCase);

        static DeadlineSet Set(Guid offer, DateTimeOffset dueAt, DateTimeOffset at) =>
            new() { DeadlineId = Guid.CreateVersion7(), Kind = "OfferAnswer", SubjectId = offer, DueAt = dueAt, ExtendedBy = TimeSpan.Zero, At = at };
    }

    [Fact]
    public async Task The_same_offer_heard_twice_is_one_offer()
    {
        var run = await scene.Offered();

        await scene.Service.Hear(run.Offer(Scene.Level));

        var list = await scene.Http.Get(run.Offers + "?state=Offered");
        Assert.Equal([run.OfferId.ToString()], list.Items("id"));
    }

    [Fact]
    public async Task Offers_are_listed_by_state_and_page_by_page()
    {
        var institution = await scene.Institution();
        var runs = new List<Run>();
        for (var i = 0; i < 5; i++)
        {
            runs.Add(await scene.Offered(institution: institution));
        }

        await runs[0].Accept();
        var first = await scene.Http.Get(runs[0].Offers + "?state=Offered&size=3");
        var second = await scene.Http.Get($"{runs[0].Offers}?state=Offered&size=3&after={first.Text("next")}");

        Assert.Equal(runs.Skip(1).Select(r => r.OfferId.ToString()), first.Items("id").Concat(second.Items("id")));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, second.Body.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task Accepting_plans_a_class_with_the_queue_as_its_roster()
    {
        var run = await scene.Accepted();

        var told = await scene.Service.Publishes<OfferAccepted>(m => m.OfferId == run.OfferId);
        Assert.Equal((run.ClassId, run.PoolId, "测试学校 " + run.Institution), (told.ClassId, told.PoolId, told.InstitutionName));
        var view = await run.View();
        Assert.Equal(("Planned", "NotFiled"), (view.Text("state"), view.Body.GetProperty("filing").GetProperty("state").GetString()));
        Assert.Equal(run.Learners, view.Roster("Waitlisted"));
    }

    [Fact]
    public async Task A_course_that_is_not_known_yet_can_be_accepted_a_moment_later()
    {
        var run = await scene.Offered(course: "X-late");
        Assert.Equal("course-not-known-yet", (await run.Accept()).Code);

        await scene.Service.Hear(Scene.Course("X-late", "RecordOnly", "None", "AttendanceProof", "Never"));

        Assert.Equal(HttpStatusCode.OK, (await run.Accept()).Status);
    }

    [Fact]
    public async Task Declining_tells_the_code_but_not_the_words()
    {
        var run = await scene.Offered();

        var answer = await scene.Http.Post($"{run.Offers}/{run.OfferId}/decline", new { code = "Other", text = "设备在修" });

        Assert.Equal((HttpStatusCode.OK, "Declined", "设备在修"), (answer.Status, answer.Text("state"), answer.Text("text")));
        var told = await scene.Service.Publishes<OfferDeclined>(m => m.OfferId == run.OfferId);
        Assert.Equal(("Declined", "Other", 1), (told.Answer, told.Code, told.Attempt));
    }

    [Theory]
    [InlineData("decline", "{\"code\":\"Other\"}", "text-needed", "text")]
    [InlineData("decline", "{\"code\":\"Lazy\"}", "invalid-fields", "code")]
    [InlineData("decline", "{}", "invalid-fields", "code")]
    [InlineData("decline", "{\"code\":5}", "malformed-body", "code")]
    [InlineData("return", "{\"reason\":\" \"}", "invalid-fields", "reason")]
    [InlineData("return", "{\"why\":\"x\"}", "unknown-field", "why")]
    public async Task A_bad_answer_is_told_field_by_field(string verb, string body, string code, string field)
    {
        var run = await scene.Offered();

        var answer = await scene.Http.Post($"{run.Offers}/{run.OfferId}/{verb}", body);

        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.Status, answer.Code));
        Assert.Equal([field], answer.Fields);
    }

    [Fact]
    public async Task Returning_is_told_and_is_final()
    {
        var run = await scene.Offered();

        Assert.Equal("Returned", (await scene.Http.Post($"{run.Offers}/{run.OfferId}/return", new { reason = "不是我们的工种" })).Text("state"));

        Assert.Equal("Returned", (await scene.Service.Publishes<OfferDeclined>(m => m.OfferId == run.OfferId)).Answer);
        Assert.Equal("offer-already-answered", (await scene.Http.Post($"{run.Offers}/{run.OfferId}/return", new { reason = "再退一次" })).Code);
    }

    [Fact]
    public async Task An_assigned_offer_cannot_be_declined_or_returned()
    {
        var run = await scene.Offered(forced: true);

        Assert.Equal("offer-was-assigned", (await scene.Http.Post($"{run.Offers}/{run.OfferId}/decline", new { code = "NoRoom" })).Code);
        Assert.Equal("offer-was-assigned", (await scene.Http.Post($"{run.Offers}/{run.OfferId}/return", new { reason = "不想接" })).Code);
        Assert.Equal(HttpStatusCode.OK, (await run.Accept()).Status);
    }

    [Fact]
    public async Task Another_institution_finds_neither_the_offer_nor_the_class()
    {
        var run = await scene.Accepted();
        var other = await scene.Institution();

        Assert.Equal((HttpStatusCode.NotFound, "offer-not-found"), Of(await scene.Http.Get($"/api/v1/institutions/{other}/offers/{run.OfferId}")));
        Assert.Equal((HttpStatusCode.NotFound, "offer-not-found"), Of(await scene.Http.Post($"/api/v1/institutions/{other}/offers/{run.OfferId}/accept")));
        Assert.Equal((HttpStatusCode.NotFound, "class-not-found"), Of(await scene.Http.Get($"/api/v1/institutions/{other}/classes/{run.ClassId}")));
        Assert.Equal((HttpStatusCode.NotFound, "class-not-found"), Of(await scene.Http.Post($"/api/v1/institutions/{other}/classes/{run.ClassId}/cancel", new { reason = "x" })));
        Assert.Equal((HttpStatusCode.NotFound, "offer-not-found"), Of(await scene.Http.Get($"/api/v1/institutions/{other}/offers/{Guid.CreateVersion7()}")));

        static (HttpStatusCode, string?) Of(Answer answer) => (answer.Status, answer.Code);
    }

    [Fact]
    public async Task A_stale_version_is_refused()
    {
        var run = await scene.Offered();
        var seen = (await scene.Http.Get($"{run.Offers}/{run.OfferId}")).ETag;
        await run.Withdraw(run.Learners[2]);

        Assert.Equal(HttpStatusCode.PreconditionFailed, (await run.Accept(seen)).Status);
        Assert.Equal(HttpStatusCode.OK, (await run.Accept("\"2\"")).Status);
    }

    [Fact]
    public async Task An_offer_lapses_once_and_only_while_it_is_open()
    {
        var run = await scene.Offered();
        var answered = await scene.Accepted();

        await scene.Service.Hear(scene.Reached("OfferAnswer", run.OfferId, "FourFifths"));
        Assert.Equal("Offered", (await scene.Http.Get($"{run.Offers}/{run.OfferId}")).Text("state"));
        await scene.Due("OfferAnswer", run.OfferId);
        await scene.Due("OfferAnswer", run.OfferId);
        await scene.Due("OfferAnswer", answered.OfferId);
        await scene.Due("OfferAnswer", Guid.CreateVersion7());

        await scene.Service.Publishes<OfferDeclined>(m => m.OfferId == run.OfferId);
        await scene.Service.Quiet<Data.AcceptanceDb>();
        Assert.Equal("Lapsed", Assert.Single(scene.Service.Published<OfferDeclined>(), m => m.OfferId == run.OfferId).Answer);
        Assert.DoesNotContain(scene.Service.Published<OfferDeclined>(), m => m.OfferId == answered.OfferId);
        Assert.Equal("offer-already-answered", (await run.Accept()).Code);
    }

    [Fact]
    public async Task A_revoked_offer_takes_its_class_along()
    {
        var run = await scene.Scheduled();
        var message = new OfferRevoked { OfferId = run.OfferId, PoolId = run.PoolId, InstitutionCode = run.Institution, Reason = "x", At = scene.Service.Clock.GetUtcNow() };
        var id = Guid.CreateVersion7();

        await scene.Service.Hear(message, id);
        await scene.Service.Hear(message, id);

        var told = await scene.Service.Publishes<ClassCancelled>(m => m.ClassId == run.ClassId);
        Assert.Equal("Revoked", told.Reason);
        Assert.Equal(run.Learners, told.Requests);
        await scene.Service.Quiet<Data.AcceptanceDb>();
        Assert.Single(scene.Service.Published<ClassCancelled>(), m => m.ClassId == run.ClassId);
        Assert.Equal("Revoked", (await scene.Http.Get($"{run.Offers}/{run.OfferId}")).Text("state"));
        Assert.Empty(await scene.Hours(run.ClassId));
    }

    [Fact]
    public async Task A_revocation_that_overtakes_its_offer_waits_for_it()
    {
        var run = await scene.Offered();
        var late = new Run(scene, run.Institution, Guid.CreateVersion7(), run.PoolId, run.Learners, run.Residents);

        var revoked = scene.Service.Hear(new OfferRevoked { OfferId = late.OfferId, PoolId = run.PoolId, InstitutionCode = run.Institution, Reason = "x", At = scene.Service.Clock.GetUtcNow() });
        await scene.Service.Hear(late.Offer(Scene.Level));
        await revoked;

        Assert.Equal("Revoked", (await scene.Http.Get($"{run.Offers}/{late.OfferId}")).Text("state"));
    }

    [Fact]
    public async Task Who_withdrew_is_not_on_the_roster_whichever_news_came_first()
    {
        var run = await scene.Offered();
        await run.Withdraw(run.Learners[1]);
        var late = new Run(scene, run.Institution, Guid.CreateVersion7(), run.PoolId, [run.Learners[1], Guid.CreateVersion7()], [Guid.CreateVersion7(), Guid.CreateVersion7()]);
        await scene.Service.Hear(late.Offer(Scene.Level));

        await run.Accept();
        await late.Accept();

        Assert.Equal([run.Learners[0], run.Learners[2]], (await run.View()).Roster("Waitlisted"));
        Assert.Equal([late.Learners[1]], (await late.View()).Roster("Waitlisted"));
    }

    [Fact]
    public async Task Newer_news_of_a_course_counts_in_whichever_order_it_comes()
    {
        await scene.Service.Hear(Scene.Course("X-news", "RecordOnly", "None", "AttendanceProof", "Never", version: 2, hours: 16));
        await scene.Service.Hear(Scene.Course("X-news", "RecordOnly", "None", "AttendanceProof", "Never", version: 1, hours: 8));

        var run = await scene.Accepted(course: "X-news");

        Assert.Equal(16, (await run.View()).Body.GetProperty("hours").GetDecimal());
    }
}
