using System.Net;
using SkillStation.Contracts;
using SkillStation.Contracts.Dispatch;
using SkillStation.Contracts.Requests;
using SkillStation.Dispatch.Domain;

namespace SkillStation.Dispatch.Tests;

public sealed class DispatchPoolTests(City city)
{
    [Fact]
    public async Task A_ready_pool_is_offered_to_the_first_in_rank_with_everybody_in_the_order_of_the_queue()
    {
        var course = await city.Course();
        await city.Institution(course, km: 9);
        var near = await city.Institution(course, km: 1);
        await city.Request(course, minute: 7);
        await city.Request(course, minute: 2);
        var pool = (await city.Request(await city.Request(course, minute: 5))).PoolId!.Value;

        var answer = await city.Http.Post(Path(pool, "dispatch"), new { });

        Assert.Equal((HttpStatusCode.OK, "Dispatching"), (answer.Status, answer.Text("state")));
        var offered = await city.Service.Publishes<ClassOffered>(m => m.PoolId == pool);
        Assert.Equal((near, 1, false), (offered.InstitutionCode, offered.Attempt, offered.Forced));
        Assert.Equal(new[] { 2, 5, 7 }.Select(m => RunningService.Start.AddMinutes(m)), offered.Learners.Select(l => l.QueuedAt));
        Assert.Contains(offered.Reasons, r => r.Code == "Distance" && r.Chinese == "离站点 1.0 公里");
        Assert.Equal((PoolStates.Dispatching, 1), ((await city.Said(pool)).State, (await city.Said(pool)).Attempt));
    }

    [Fact]
    public async Task Another_than_the_first_in_rank_needs_a_reason_which_is_kept()
    {
        var course = await city.Course();
        await city.Institution(course, km: 1);
        var second = await city.Institution(course, km: 9);
        var pool = await city.Pool(course, 3);

        var without = await city.Http.Post(Path(pool, "dispatch"), new { institutionCode = second });
        var with = await city.Http.Post(Path(pool, "dispatch"), new { institutionCode = second, reason = "离公交站近" });

        Assert.Equal((HttpStatusCode.BadRequest, "reason-needed", "reason"), (without.Status, without.Code, string.Join(',', without.Fields)));
        Assert.Equal((HttpStatusCode.OK, "离公交站近"), (with.Status, with.Body.GetProperty("offers")[0].GetProperty("chosenBecause").GetString()));
        Assert.Equal(second, (await city.Service.Publishes<ClassOffered>(m => m.PoolId == pool)).InstitutionCode);
    }

    [Fact]
    public async Task Who_may_not_be_offered_it_cannot_be_chosen()
    {
        var course = await city.Course();
        var expired = await city.Institution(course, qualifiedTo: new DateOnly(2026, 4, 1));
        var pool = await city.Pool(course, 3);

        var none = await city.Http.Post(Path(pool, "dispatch"), new { });
        var notEligible = await city.Http.Post(Path(pool, "dispatch"), new { institutionCode = expired, reason = "…" });
        var unknown = await city.Http.Post(Path(pool, "dispatch"), new { institutionCode = "YC-none", reason = "…" });

        Assert.Equal((HttpStatusCode.Conflict, "no-institution"), (none.Status, none.Code));
        Assert.Equal((HttpStatusCode.Conflict, "institution-not-eligible"), (notEligible.Status, notEligible.Code));
        Assert.Equal((HttpStatusCode.BadRequest, "institution-not-found"), (unknown.Status, unknown.Code));
    }

    [Fact]
    public async Task A_pool_that_is_not_ready_a_stale_version_an_unknown_id_another_station_and_a_second_press_are_refused()
    {
        var course = await city.Course();
        await city.Institution(course);
        var pool = await city.Pool(course, 2);

        var early = await city.Http.Post(Path(pool, "dispatch"), new { });
        var before = await city.Http.Get(Path(pool, ""));
        await city.Request(course, minute: 9);
        var stale = await city.Http.Post(Path(pool, "dispatch"), new { }, ifMatch: before.ETag);
        var unknown = await city.Http.Post(Path(Guid.CreateVersion7(), "dispatch"), new { });
        var foreign = await city.Http.Post($"/api/v1/stations/440106001-1/pools/{pool}/dispatch", new { });
        var first = await city.Http.Post(Path(pool, "dispatch"), new { });
        var second = await city.Http.Post(Path(pool, "dispatch"), new { });

        Assert.Equal("pool-not-ready", early.Code);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "stale-version"), (stale.Status, stale.Code));
        Assert.Equal(("pool-not-found", "pool-not-found"), (unknown.Code, foreign.Code));
        Assert.Equal((HttpStatusCode.OK, "pool-already-dispatched"), (first.Status, second.Code));
    }

    [Fact]
    public async Task The_candidates_show_the_numbers_and_those_left_out_the_reason()
    {
        var course = await city.Course();
        var near = await city.Institution(course, km: 1, quality: 0.9m);
        var far = await city.Institution(course, km: 50);
        var pool = await city.Pool(course, 1);
        await Rate(near, 5);

        var answer = await city.Http.Get(Path(pool, "candidates"));

        var first = answer.Body.GetProperty("candidates")[0];
        Assert.Equal((near, 1, 1.0, 1), (first.GetProperty("institutionCode").GetString(), first.GetProperty("rank").GetInt32(), first.GetProperty("km").GetDouble(), first.GetProperty("ratings").GetInt32()));
        var left = answer.Body.GetProperty("filteredOut")[0];
        Assert.Equal((far, "TooFar"), (left.GetProperty("institutionCode").GetString(), left.GetProperty("reasons")[0].GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_rating_told_twice_counts_once()
    {
        var course = await city.Course();
        var institution = await city.Institution(course);
        var pool = await city.Pool(course, 1);
        var messageId = Guid.CreateVersion7();

        await Rate(institution, 1, messageId);
        await Rate(institution, 1, messageId);

        var answer = await city.Http.Get(Path(pool, "candidates"));
        Assert.Equal(1, answer.Body.GetProperty("candidates")[0].GetProperty("ratings").GetInt32());
    }

    [Fact]
    public async Task A_qualification_that_comes_before_its_institution_counts_once_that_is_here()
    {
        var (course, other) = (await city.Course(), await city.Course());
        var institution = City.Unique("YC");
        var pool = await city.Pool(course, 1);
        await city.Qualify(institution, course);
        var before = (await city.Http.Get(Path(pool, "candidates"))).Body.GetProperty("candidates").GetArrayLength();

        await city.Institution(other, code: institution);

        var after = (await city.Http.Get(Path(pool, "candidates"))).Body.GetProperty("candidates");
        Assert.Equal((0, institution), (before, after[0].GetProperty("institutionCode").GetString()));
    }

    [Fact]
    public async Task A_pool_shows_its_queue_its_history_and_its_offers()
    {
        var (pool, _, offer) = await city.Offered();

        var view = (await city.Http.Get(Path(pool, ""))).Body;
        var list = await city.Http.Get($"/api/v1/stations/{City.Station}/pools?state=Dispatching&size=100");

        Assert.Equal([1, 2, 3], view.GetProperty("members").EnumerateArray().Select(m => m.GetProperty("place").GetInt32()));
        Assert.Contains(view.GetProperty("history").EnumerateArray(), h => h.GetProperty("code").GetString() == "Offered");
        Assert.Equal(offer.InstitutionCode, view.GetProperty("offers")[0].GetProperty("institutionCode").GetString());
        Assert.Contains(list.Body.GetProperty("items").EnumerateArray(), p => p.GetProperty("id").GetGuid() == pool);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Taking_an_offer_back_makes_the_pool_ready_and_nobody_loses_their_place(bool accepted)
    {
        var (pool, _, offer) = await city.Offered();
        var classId = Guid.CreateVersion7();
        if (accepted)
        {
            await city.Service.Hear(City.Acceptance(offer, classId));
        }

        var before = (await city.Members(pool)).Select(m => (m.Id, m.QueuedAt));
        var answer = await city.Http.Post(Path(pool, "revoke"), new { reason = "机构场地停水" });

        Assert.Equal((HttpStatusCode.OK, "Ready"), (answer.Status, answer.Text("state")));
        Assert.Equal(offer.Id, (await city.Service.Publishes<OfferRevoked>(m => m.PoolId == pool)).OfferId);
        var after = await city.Members(pool);
        Assert.Equal(before, after.Select(m => (m.Id, m.QueuedAt)));
        Assert.All(after, m => Assert.Equal(RequestState.Pooled, m.State));
    }

    [Fact]
    public async Task Taking_back_needs_a_reason_an_offer_and_the_right_station()
    {
        var ready = await city.Pool(await city.Course(), 3);
        var (pool, _, _) = await city.Offered();

        var blank = await city.Http.Post(Path(pool, "revoke"), new { reason = " " });
        var nothing = await city.Http.Post(Path(ready, "revoke"), new { reason = "…" });
        var stale = await city.Http.Post(Path(pool, "revoke"), new { reason = "…" }, ifMatch: "\"1\"");
        var foreign = await city.Http.Post($"/api/v1/stations/440106001-1/pools/{pool}/revoke", new { reason = "…" });

        Assert.Equal(("invalid-fields", "reason"), (blank.Code, string.Join(',', blank.Fields)));
        Assert.Equal((HttpStatusCode.Conflict, "pool-not-dispatched"), (nothing.Status, nothing.Code));
        Assert.Equal((HttpStatusCode.PreconditionFailed, HttpStatusCode.NotFound), (stale.Status, foreign.Status));
    }

    private static string Path(Guid pool, string verb) => $"/api/v1/stations/{City.Station}/pools/{pool}/{verb}".TrimEnd('/');

    private Task Rate(string institution, int overall, Guid? messageId = null) => city.Service.Hear(
        new TrainingRated { RequestId = Guid.CreateVersion7(), ClassId = Guid.CreateVersion7(), InstitutionCode = institution, Overall = overall, ReallyTaught = true, Charged = false, At = RunningService.Start },
        messageId);
}
