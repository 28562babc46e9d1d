using SkillStation.Contracts;
using SkillStation.Contracts.Dispatch;
using SkillStation.Dispatch.Domain;

namespace SkillStation.Dispatch.Tests;

public sealed class ReturnRequestTests(City city)
{
    [Theory]
    [InlineData(SeatReasons.NoAnswer)]
    [InlineData(SeatReasons.ByResident)]
    [InlineData(SeatReasons.ClassFull)]
    [InlineData(SeatReasons.LearnerClash)]
    public async Task Who_lost_a_seat_goes_into_another_pool_in_the_same_place_of_the_queue(string reason)
    {
        var (pool, _, _, classId) = await city.Accepted();
        var member = (await city.Members(pool))[0];
        var messageId = Guid.CreateVersion7();

        await city.Service.Hear(City.Release(classId, member.Id, pool, reason), messageId);
        await city.Service.Hear(City.Release(classId, member.Id, pool, reason), messageId);
        await city.Service.Hear(City.Release(classId, member.Id, pool, reason));

        var after = await city.Request(member.Id);
        Assert.Equal((RequestState.Pooled, 2, member.QueuedAt), (after.State, after.Turn, after.QueuedAt));
        Assert.NotEqual(pool, after.PoolId);
        Assert.Equal((2, 1), ((await city.ReadPool(pool)).Members, (await city.ReadPool(after.PoolId!.Value)).Members));
        await city.Service.Publishes<RequestPooled>(m => m.RequestId == member.Id && m.Turn == 2 && m.QueuedAt == member.QueuedAt);
    }

    [Fact]
    public async Task A_second_silence_ends_the_request_with_another_way_and_the_demand_stays_counted()
    {
        var (pool, course, _, classId) = await city.Accepted(institutions: 2);
        var id = (await city.Members(pool))[0].Id;
        await city.Service.Hear(City.Release(classId, id, pool, SeatReasons.NoAnswer));
        var second = (await city.Request(id)).PoolId!.Value;
        await city.Request(course, minute: 20);
        await city.Request(course, minute: 21);
        await city.Http.Post($"/api/v1/stations/{City.Station}/pools/{second}/dispatch", new { });
        var secondClass = Guid.CreateVersion7();
        await city.Service.Hear(City.Acceptance(await city.LiveOffer(second), secondClass));

        await city.Service.Hear(City.Release(secondClass, id, second, SeatReasons.NoAnswer));

        var unserved = await city.Service.Publishes<RequestUnserved>(m => m.RequestId == id);
        Assert.Equal("NoSecondTurn", unserved.Code);
        Assert.NotEmpty(unserved.Alternative.Text);
        Assert.Equal(RequestState.Unserved, (await city.Request(id)).State);
        var unmet = await city.Http.Get($"/api/v1/unmet-demand?district={City.District}");
        var row = unmet.Body.EnumerateArray().Single(r => r.GetProperty("courseCode").GetString() == course);
        Assert.Equal((1, "NoSecondTurn"), (row.GetProperty("requests").GetInt32(), row.GetProperty("reasons")[0].GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_seat_given_back_by_a_withdrawal_puts_nobody_back()
    {
        var (pool, _, _, classId) = await city.Accepted();
        var member = (await city.Members(pool))[0];

        await city.Service.Hear(City.Release(classId, member.Id, pool, SeatReasons.Withdrawn));

        Assert.Equal((pool, RequestState.Placed), ((await city.Request(member.Id)).PoolId!.Value, (await city.Request(member.Id)).State));
    }

    [Fact]
    public async Task News_of_a_class_that_came_to_nothing_moves_nobody()
    {
        var (pool, _, _, classId) = await city.Accepted();
        var member = (await city.Members(pool))[0];
        await city.Http.Post($"/api/v1/stations/{City.Station}/pools/{pool}/revoke", new { reason = "…" });

        await city.Service.Hear(City.Release(classId, member.Id, pool, SeatReasons.NoAnswer));

        var after = await city.Request(member.Id);
        Assert.Equal((RequestState.Pooled, pool, 1), (after.State, after.PoolId!.Value, after.Turn));
    }

    [Fact]
    public async Task Who_still_waited_when_the_class_began_goes_back_whichever_news_comes_first()
    {
        var (pool, _, _, classId) = await city.Accepted();
        var members = await city.Members(pool);

        await city.Service.Hear(City.Release(classId, members[0].Id, pool, SeatReasons.ClassFull));
        await city.Service.Hear(new Contracts.Acceptance.ClassStarted { ClassId = classId, PoolId = pool, Requests = [], FirstSessionAt = RunningService.Start, At = RunningService.Start });
        await city.Service.Hear(City.Release(classId, members[1].Id, pool, SeatReasons.ClassFull));

        var (first, second) = (await city.Request(members[0].Id), await city.Request(members[1].Id));
        Assert.Equal((RequestState.Pooled, RequestState.Pooled), (first.State, second.State));
        Assert.Equal(first.PoolId, second.PoolId);
        Assert.NotEqual(pool, first.PoolId);
    }
}
