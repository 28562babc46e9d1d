using SkillStation.Contracts;
using SkillStation.Contracts.Dispatch;
using SkillStation.Contracts.Requests;
using SkillStation.Dispatch.Domain;

namespace SkillStation.Dispatch.Tests;

/// <summary>Which pool a request stands in, and how it leaves it.</summary>
public sealed class PoolRequestTests(City city)
{
    [Fact]
    public async Task Requests_for_the_same_course_district_and_time_meet_in_one_pool_led_by_the_first_ones_station()
    {
        var course = await city.Course();

        var first = await city.Request(await city.Request(course, "440106009-1"));
        var second = await city.Request(await city.Request(course, "440106001-1"));

        Assert.Equal(first.PoolId, second.PoolId);
        Assert.Equal("440106009-1", (await city.ReadPool(first.PoolId!.Value)).StationCode);
    }

    [Fact]
    public async Task Another_district_or_another_time_is_another_pool()
    {
        var course = await city.Course();

        var here = await city.Request(await city.Request(course));
        var elsewhere = await city.Request(await city.Request(course, "440103001-1"));
        var evening = await city.Request(await city.Request(course, times: [City.Evening]));

        Assert.Equal(3, new[] { here.PoolId, elsewhere.PoolId, evening.PoolId }.Distinct().Count());
    }

    [Fact]
    public async Task Of_several_pools_that_suit_the_fullest_is_chosen()
    {
        var course = await city.Course();
        await city.Pool(course, 1, time: City.Daytime);
        var fuller = await city.Pool(course, 2, time: City.Weekend);

        var request = await city.Request(await city.Request(course, times: [City.Daytime, City.Evening, City.Weekend]));

        Assert.Equal(fuller, request.PoolId);
    }

    [Fact]
    public async Task Enough_people_make_a_pool_ready_and_it_takes_more_until_it_is_full()
    {
        var course = await city.Course(min: 2, max: 3);
        var pool = await city.Pool(course, 2);
        Assert.Equal(PoolStates.Ready, (await city.Said(pool)).State);

        var third = await city.Request(await city.Request(course, minute: 3));
        var fourth = await city.Request(await city.Request(course, minute: 4));

        Assert.Equal(pool, third.PoolId);
        Assert.NotEqual(pool, fourth.PoolId);
        var said = await city.Said(pool);
        Assert.Equal((PoolStates.Ready, 3, 2), (said.State, said.Members, said.Threshold));
    }

    [Fact]
    public async Task A_withdrawal_leaves_the_pool_and_below_the_threshold_it_gathers_again()
    {
        var pool = await city.Pool(await city.Course(min: 2), 2);
        var leaving = (await city.Members(pool))[0];
        var news = Withdrawal(leaving.Id);
        var messageId = Guid.CreateVersion7();

        await city.Service.Hear(news, messageId);
        await city.Service.Hear(news, messageId);
        await city.Service.Hear(news);

        Assert.Equal(RequestState.Withdrawn, (await city.Request(leaving.Id)).State);
        var said = await city.Said(pool);
        Assert.Equal((PoolStates.Forming, 1), (said.State, said.Members));
    }

    [Fact]
    public async Task The_last_one_to_leave_closes_the_pool()
    {
        var pool = await city.Pool(await city.Course(), 1);

        await city.Service.Hear(Withdrawal((await city.Members(pool))[0].Id));

        Assert.Equal(PoolStates.Closed, (await city.Said(pool)).State);
    }

    [Fact]
    public async Task A_withdrawal_that_comes_before_its_request_keeps_it_from_being_taken_up()
    {
        var submission = City.Submission(await city.Course());

        await city.Service.Hear(Withdrawal(submission.RequestId));
        await city.Service.Hear(submission);

        var request = await city.Request(submission.RequestId);
        Assert.Equal((RequestState.Withdrawn, null), (request.State, request.PoolId));
    }

    [Fact]
    public async Task New_times_that_no_longer_fit_move_the_request_to_another_pool_in_the_same_place_of_the_queue()
    {
        var course = await city.Course();
        var weekend = await city.Pool(course, 1, time: City.Weekend);
        var old = await city.Pool(course, 2);
        var moving = (await city.Members(old))[0];

        await city.Service.Hear(Amendment(moving.Id, 1, [City.Weekend, City.Evening]));

        var moved = await city.Request(moving.Id);
        Assert.Equal((weekend, 2, moving.QueuedAt), (moved.PoolId!.Value, moved.Turn, moved.QueuedAt));
        Assert.Equal((1, 2), ((await city.ReadPool(old)).Members, (await city.ReadPool(weekend)).Members));
        await city.Service.Publishes<RequestPooled>(m => m.RequestId == moving.Id && m.Turn == 2 && m.PoolId == weekend && m.QueuedAt == moving.QueuedAt);
    }

    [Fact]
    public async Task New_times_that_still_fit_move_nobody()
    {
        var pool = await city.Pool(await city.Course(), 1);
        var request = (await city.Members(pool))[0];

        await city.Service.Hear(Amendment(request.Id, 1, [City.Weekend, City.Daytime]));

        var after = await city.Request(request.Id);
        Assert.Equal((pool, 1), (after.PoolId!.Value, after.Turn));
    }

    [Fact]
    public async Task Amendments_that_come_in_the_wrong_order_leave_the_last_one()
    {
        var id = await city.Request(await city.Course());

        await city.Service.Hear(Amendment(id, 2, [City.Daytime, City.Weekend]));
        await city.Service.Hear(Amendment(id, 1, [City.Evening]));

        Assert.Equal([City.Daytime, City.Weekend], (await city.Request(id)).Times);
    }

    [Fact]
    public async Task An_amendment_that_comes_before_its_request_waits_for_it()
    {
        var submission = City.Submission(await city.Course());

        var heard = city.Service.Hear(Amendment(submission.RequestId, 1, [City.Weekend]));
        await city.Service.Hear(submission);
        await heard;

        Assert.Equal([City.Weekend], (await city.Request(submission.RequestId)).Times);
    }

    [Fact]
    public async Task What_needs_no_person_is_dispatched_as_soon_as_it_is_ready()
    {
        var course = await city.Course(min: 2, auto: true, kind: TrainingKinds.LifeSkills);
        var institution = await city.Institution(course, kind: TrainingKinds.LifeSkills);

        var pool = await city.Pool(course, 2);

        var offered = await city.Service.Publishes<ClassOffered>(m => m.PoolId == pool);
        Assert.Equal((institution, 1, 2), (offered.InstitutionCode, offered.Attempt, offered.Learners.Count));
        Assert.Equal(PoolStates.Dispatching, (await city.Said(pool)).State);
    }

    [Fact]
    public async Task What_needs_no_person_but_has_no_institution_stays_ready_and_says_so()
    {
        var course = await city.Course(min: 2, auto: true, kind: TrainingKinds.LifeSkills);

        var pool = await city.ReadPool(await city.Pool(course, 2));

        Assert.Equal(PoolState.Ready, pool.State);
        Assert.Contains(pool.History, h => h.Code == "NoCandidate");
    }

    [Fact]
    public async Task A_burst_of_requests_loses_nobody_and_overfills_no_pool()
    {
        var course = await city.Course(min: 10, max: 20);
        var submissions = Enumerable.Range(0, 100).Select(i => City.Submission(course, minute: i)).ToList();

        await Task.WhenAll(submissions.Select(s => city.Service.Hear(s)));

        var pools = await Task.WhenAll((await Task.WhenAll(submissions.Select(s => city.Request(s.RequestId)))).GroupBy(r => r.PoolId!.Value)
            .Select(async g => (InPool: g.Count(), Counted: (await city.ReadPool(g.Key)).Members)));
        Assert.Equal(100, pools.Sum(p => p.InPool));
        Assert.All(pools, p => Assert.True(p.InPool == p.Counted && p.Counted <= 20));
    }

    private static RequestWithdrawn Withdrawal(Guid id) => new() { RequestId = id, ResidentId = Guid.CreateVersion7(), Reason = SeatReasons.ByResident, At = RunningService.Start };

    private static RequestAmended Amendment(Guid id, int version, IReadOnlyList<string> times) =>
        new() { RequestId = id, Version = version, Goal = Goals.FindJob, Times = times, MaxMinutes = 30, Needs = [], At = RunningService.Start };
}
