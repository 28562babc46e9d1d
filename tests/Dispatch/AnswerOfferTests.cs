using System.Net;
using SkillStation.Contracts;
using SkillStation.Contracts.Acceptance;
using SkillStation.Contracts.Dispatch;
using SkillStation.Dispatch.Domain;

namespace SkillStation.Dispatch.Tests;

/// <summary>What the institutions' answers, and the fate of their classes, do to a pool.</summary>
public sealed class AnswerOfferTests(City city)
{
    [Fact]
    public async Task An_acceptance_places_everybody_and_a_repeat_changes_nothing()
    {
        var (pool, _, offer) = await city.Offered();
        var (classId, messageId) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await city.Service.Hear(City.Acceptance(offer, classId), messageId);
        var version = (await city.ReadPool(pool)).Version;
        await city.Service.Hear(City.Acceptance(offer, classId), messageId);
        await city.Service.Hear(City.Acceptance(offer, classId));

        var after = await city.ReadPool(pool);
        Assert.Equal((PoolState.Accepted, classId, version), (after.State, after.ClassId, after.Version));
        Assert.All(await city.Members(pool), m => Assert.Equal(RequestState.Placed, m.State));
    }

    [Fact]
    public async Task An_acceptance_of_an_offer_that_the_station_took_back_is_ignored()
    {
        var (pool, _, offer) = await city.Offered();
        await city.Http.Post($"/api/v1/stations/{City.Station}/pools/{pool}/revoke", new { reason = "…" });

        await city.Service.Hear(City.Acceptance(offer, Guid.CreateVersion7()));

        Assert.Equal(PoolState.Ready, (await city.ReadPool(pool)).State);
        Assert.Equal(OfferState.Revoked, (await city.Offers(pool))[0].State);
    }

    [Theory]
    [InlineData(OfferAnswers.Declined)]
    [InlineData(OfferAnswers.Returned)]
    [InlineData(OfferAnswers.Lapsed)]
    public async Task After_a_no_the_next_in_rank_is_asked_by_itself_and_everybody_keeps_their_place(string answer)
    {
        var (pool, _, offer) = await city.Offered(institutions: 2);

        await city.Service.Hear(City.Decline(offer, answer));

        var second = await city.Service.Publishes<ClassOffered>(m => m.PoolId == pool && m.Attempt == 2);
        Assert.NotEqual(offer.InstitutionCode, second.InstitutionCode);
        var first = await city.Service.Publishes<ClassOffered>(m => m.PoolId == pool && m.Attempt == 1);
        Assert.Equal(first.Learners.Select(l => (l.RequestId, l.QueuedAt)), second.Learners.Select(l => (l.RequestId, l.QueuedAt)));
        Assert.Equal((PoolStates.Dispatching, 2), ((await city.Said(pool)).State, (await city.Said(pool)).Attempt));
        Assert.Equal(answer, (await city.Offers(pool))[0].State.ToString());
    }

    [Fact]
    public async Task An_accepted_class_without_a_timetable_goes_to_the_next_in_rank()
    {
        var (pool, _, offer, _) = await city.Accepted(institutions: 2);

        await city.Service.Hear(City.Decline(offer, OfferAnswers.NotScheduled));

        await city.Service.Publishes<ClassOffered>(m => m.PoolId == pool && m.Attempt == 2);
        Assert.All(await city.Members(pool), m => Assert.Equal(RequestState.Pooled, m.State));
    }

    [Fact]
    public async Task A_no_told_twice_counts_once()
    {
        var (pool, _, offer) = await city.Offered(institutions: 3);
        var messageId = Guid.CreateVersion7();

        await city.Service.Hear(City.Decline(offer), messageId);
        await city.Service.Hear(City.Decline(offer), messageId);
        await city.Service.Hear(City.Decline(offer));

        Assert.Equal((2, 1), ((await city.ReadPool(pool)).Attempt, (await city.ReadPool(pool)).FailedOffers));
    }

    [Fact]
    public async Task After_three_that_came_to_nothing_the_district_decides_although_a_fourth_could_be_asked()
    {
        var (pool, _, _) = await city.Offered(institutions: 4);
        for (var i = 0; i < 3; i++)
        {
            await city.Service.Hear(City.Decline(await city.LiveOffer(pool)));
        }

        var after = await city.ReadPool(pool);
        Assert.Equal((PoolState.Escalated, 3), (after.State, after.Attempt));
        Assert.Contains(after.History, h => h.Code == "TooManyFailed");
        Assert.Equal(PoolStates.Escalated, (await city.Said(pool)).State);
    }

    [Fact]
    public async Task When_nobody_is_left_to_ask_the_district_decides()
    {
        var (pool, _, offer) = await city.Offered(institutions: 1);

        await city.Service.Hear(City.Decline(offer));

        Assert.Equal(PoolState.Escalated, (await city.ReadPool(pool)).State);
    }

    [Fact]
    public async Task An_institution_that_let_two_offers_lapse_is_skipped()
    {
        var course = await city.Course();
        var sleepy = await city.Institution(course, km: 1);
        await city.Institution(course, km: 5);
        foreach (var time in new[] { City.Daytime, City.Evening })
        {
            var lapsing = await city.Pool(course, 3, time: time);
            await city.Http.Post($"/api/v1/stations/{City.Station}/pools/{lapsing}/dispatch", new { });
            await city.Service.Hear(City.Decline(await city.LiveOffer(lapsing), OfferAnswers.Lapsed));
        }

        var pool = await city.Pool(course, 3, time: City.Weekend);
        var answer = await city.Http.Get($"/api/v1/stations/{City.Station}/pools/{pool}/candidates");

        var left = Assert.Single(answer.Body.GetProperty("filteredOut").EnumerateArray());
        Assert.Equal((sleepy, "Cooling"), (left.GetProperty("institutionCode").GetString(), left.GetProperty("reasons")[0].GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_class_that_begins_closes_its_pool_and_one_that_ends_frees_its_institution()
    {
        var (pool, course, offer, classId) = await city.Accepted();
        await city.Service.Hear(Started(pool, classId));
        var other = await city.Pool(course, 1, time: City.Weekend);

        var during = await Load(other);
        await city.Service.Hear(new ClassCompleted
        {
            ClassId = classId,
            PoolId = pool,
            InstitutionCode = offer.InstitutionCode,
            Attended = [],
            Completed = 3,
            NotCompleted = 0,
            AttendanceRate = 1,
            At = RunningService.Start,
        });
        var after = await Load(other);

        Assert.Equal(PoolStates.Closed, (await city.Said(pool)).State);
        Assert.Equal((1, 0), (during, after));
    }

    [Fact]
    public async Task The_start_of_a_class_that_comes_before_its_acceptance_waits_for_it()
    {
        var (pool, _, offer) = await city.Offered();
        var classId = Guid.CreateVersion7();

        var heard = city.Service.Hear(Started(pool, classId));
        await city.Service.Hear(City.Acceptance(offer, classId));
        await heard;

        Assert.Equal(PoolState.Closed, (await city.ReadPool(pool)).State);
    }

    [Theory]
    [InlineData("ByInstitution")]
    [InlineData("FilingRefused")]
    [InlineData("NotHeld")]
    public async Task A_cancelled_class_puts_its_people_back_in_the_same_order(string reason)
    {
        var (pool, _, offer, classId) = await city.Accepted();
        var before = (await city.Members(pool)).Select(m => m.Id).ToList();
        var messageId = Guid.CreateVersion7();

        await city.Service.Hear(Cancelled(offer, classId, reason), messageId);
        await city.Service.Hear(Cancelled(offer, classId, reason), messageId);

        var after = await city.ReadPool(pool);
        Assert.Equal((PoolState.Ready, 0), (after.State, after.FailedOffers));
        Assert.Equal(before, (await city.Members(pool)).Select(m => m.Id));
        Assert.All(await city.Members(pool), m => Assert.Equal((RequestState.Pooled, 1), (m.State, m.Turn)));
        Assert.Equal(OfferState.Cancelled, (await city.Offers(pool))[0].State);
    }

    [Fact]
    public async Task Too_few_after_a_cancelled_class_are_joined_by_those_whom_their_district_has_gathered_meanwhile()
    {
        var (pool, _, offer, classId) = await city.Accepted();
        var before = await city.Members(pool);
        await city.Service.Hear(City.Release(classId, before[0].Id, pool, SeatReasons.ByResident));
        var meanwhile = (await city.Request(before[0].Id)).PoolId!.Value;

        await city.Service.Hear(Cancelled(offer, classId, "ByInstitution"));

        Assert.Equal((PoolState.Ready, 3), ((await city.ReadPool(pool)).State, (await city.ReadPool(pool)).Members));
        Assert.Equal(before.Select(m => (m.Id, m.QueuedAt)), (await city.Members(pool)).Select(m => (m.Id, m.QueuedAt)));
        Assert.Equal(PoolStates.Closed, (await city.Said(meanwhile)).State);
        await city.Service.Publishes<RequestPooled>(m => m.RequestId == before[0].Id && m.PoolId == pool && m.Turn == 3);
    }

    [Theory]
    [InlineData("Revoked")]
    [InlineData("NotScheduled")]
    public async Task A_cancellation_that_is_told_of_otherwise_changes_nothing(string reason)
    {
        var (pool, _, offer, classId) = await city.Accepted();

        await city.Service.Hear(Cancelled(offer, classId, reason));

        Assert.Equal(PoolState.Accepted, (await city.ReadPool(pool)).State);
    }

    [Fact]
    public async Task Who_completed_or_left_a_class_is_done()
    {
        var (pool, course, offer, classId) = await city.Accepted();
        var members = await city.Members(pool);
        await city.Service.Hear(Started(pool, classId));

        await city.Service.Hear(new LearnerDropped { ClassId = classId, RequestId = members[0].Id, Reason = DropReasons.NoShow, Attended = false, At = RunningService.Start });
        await city.Service.Hear(new LearnerCompleted
        {
            ClassId = classId,
            RequestId = members[1].Id,
            ResidentId = members[1].ResidentId,
            CourseCode = course,
            StationCode = City.Station,
            InstitutionCode = offer.InstitutionCode,
            FollowUp = FollowUpRules.Never,
            HoursAttended = 40,
            HoursScheduled = 40,
            At = RunningService.Start,
        });

        Assert.Equal([RequestState.Done, RequestState.Done, RequestState.Placed], (await city.Members(pool)).Select(m => m.State));
        Assert.Equal(HttpStatusCode.OK, (await city.Http.Get($"/api/v1/stations/{City.Station}/pools/{pool}")).Status);
    }

    [Fact]
    public async Task Who_left_a_class_before_its_beginning_was_told_no_longer_counts_in_the_pool()
    {
        var (pool, _, _, classId) = await city.Accepted();

        await city.Service.Hear(new LearnerDropped { ClassId = classId, RequestId = (await city.Members(pool))[0].Id, Reason = DropReasons.NoShow, Attended = false, At = RunningService.Start });

        Assert.Equal(2, (await city.Said(pool)).Members);
    }

    private async Task<int> Load(Guid pool) =>
        (await city.Http.Get($"/api/v1/stations/{City.Station}/pools/{pool}/candidates")).Body.GetProperty("candidates")[0].GetProperty("load").GetInt32();

    private static ClassStarted Started(Guid pool, Guid classId) => new() { ClassId = classId, PoolId = pool, Requests = [], FirstSessionAt = RunningService.Start, At = RunningService.Start };

    private static ClassCancelled Cancelled(DispatchedOffer offer, Guid classId, string reason) =>
        new() { ClassId = classId, PoolId = offer.PoolId, Attempt = offer.Attempt, Reason = reason, Requests = [], At = RunningService.Start };
}
