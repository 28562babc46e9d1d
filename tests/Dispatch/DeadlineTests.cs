using System.Net;
using SkillStation.Contracts;
using SkillStation.Contracts.Dispatch;
using SkillStation.Contracts.Scheduler;
using SkillStation.Dispatch.Domain;

namespace SkillStation.Dispatch.Tests;

/// <summary>Pools whose time is up: widened, given up, escalated; and what the district does then.</summary>
public sealed class DeadlineTests(City city)
{
    [Fact]
    public async Task A_pool_whose_time_is_up_is_widened_and_takes_in_the_nearest_neighbours_people_in_their_place()
    {
        var course = await city.Course(min: 4, max: 6);
        var neighbour = await city.Pool(course, 2, "440104001-1");   // Yuexiu, next to Tianhe
        var far = await city.Pool(course, 1, "440117001-1");         // Conghua, far away
        var pool = await city.Pool(course, 2);
        var moved = await city.Members(neighbour);
        var messageId = Guid.CreateVersion7();
        var news = new DeadlineReached { DeadlineId = Guid.CreateVersion7(), Kind = DeadlineKinds.PoolClose, SubjectId = pool, Stage = DeadlineStages.Due, DueAt = RunningService.Start, At = RunningService.Start };

        await city.Service.Hear(news, messageId);
        await city.Service.Hear(news, messageId);

        var said = await city.Said(pool);
        Assert.Equal((PoolStates.Ready, 4, true), (said.State, said.Members, said.Widened));
        Assert.Equal(PoolStates.Closed, (await city.Said(neighbour)).State);
        Assert.Equal(PoolState.Forming, (await city.ReadPool(far)).State);
        foreach (var member in moved)
        {
            var after = await city.Request(member.Id);
            Assert.Equal((pool, 2, member.QueuedAt), (after.PoolId!.Value, after.Turn, after.QueuedAt));
            await city.Service.Publishes<RequestPooled>(m => m.RequestId == member.Id && m.Turn == 2 && m.PoolId == pool);
        }
    }

    [Fact]
    public async Task A_widened_pool_takes_in_no_more_than_there_is_room_for_and_the_earliest_first()
    {
        var course = await city.Course(min: 4, max: 4);
        var neighbour = await city.Pool(course, 3, "440104001-1");
        var pool = await city.Pool(course, 3);

        await city.Due(DeadlineKinds.PoolClose, pool);

        Assert.Equal((4, 2), ((await city.ReadPool(pool)).Members, (await city.ReadPool(neighbour)).Members));
        Assert.DoesNotContain(await city.Members(neighbour), m => m.QueuedAt == RunningService.Start);
    }

    [Fact]
    public async Task A_neighbours_new_request_may_join_a_widened_pool_and_one_from_far_away_may_not()
    {
        var course = await city.Course();
        var pool = await city.Pool(course, 1);
        await city.Due(DeadlineKinds.PoolClose, pool);

        var near = await city.Request(await city.Request(course, "440104001-1"));
        var far = await city.Request(await city.Request(course, "440117001-1"));

        Assert.Equal(pool, near.PoolId);
        Assert.NotEqual(pool, far.PoolId);
    }

    [Fact]
    public async Task A_widened_pool_that_still_has_too_few_is_given_up_and_everybody_is_offered_another_way()
    {
        var cluster = City.Unique("K");
        var like = await city.Course(cluster: cluster);
        await city.Pool(like, 2);
        var course = await city.Course(cluster: cluster);
        var pool = await city.Pool(course, 2);
        await city.Due(DeadlineKinds.PoolClose, pool);

        await city.Due(DeadlineKinds.PoolWidenedClose, pool);

        Assert.Equal((PoolStates.Closed, 0), ((await city.Said(pool)).State, (await city.Said(pool)).Members));
        await Eventually.True(() => city.Service.Published<RequestUnserved>().Count(m => m.PoolId == pool) == 2, "both are told");
        Assert.All(city.Service.Published<RequestUnserved>().Where(m => m.PoolId == pool), m =>
        {
            Assert.Equal(("TooFewPeople", "OtherCourse", like), (m.Code, m.Alternative.Kind, m.Alternative.CourseCode));
            Assert.NotNull(m.Alternative.TextEn);
        });
    }

    [Fact]
    public async Task The_last_clock_does_nothing_to_a_pool_that_was_not_widened_or_has_enough()
    {
        var course = await city.Course(min: 2);
        var forming = await city.Pool(course, 1);
        var ready = await city.Pool(await city.Course(min: 2), 2);

        await city.Due(DeadlineKinds.PoolWidenedClose, forming);
        await city.Due(DeadlineKinds.PoolClose, ready);
        await city.Due(DeadlineKinds.PoolWidenedClose, ready);

        Assert.Equal((PoolState.Forming, PoolState.Ready, false), ((await city.ReadPool(forming)).State, (await city.ReadPool(ready)).State, (await city.ReadPool(ready)).Widened));
    }

    [Fact]
    public async Task An_alarm_of_a_clock_that_was_set_again_does_nothing()
    {
        var pool = await city.Pool(await city.Course(), 1);
        await city.Service.Hear(new DeadlineSet
        {
            DeadlineId = Guid.CreateVersion7(),
            Kind = DeadlineKinds.PoolClose,
            SubjectId = pool,
            DueAt = RunningService.Start.AddDays(2),
            ExtendedBy = TimeSpan.FromDays(1),
            At = RunningService.Start,
        });

        await city.Due(DeadlineKinds.PoolClose, pool, dueAt: RunningService.Start.AddDays(1));
        Assert.False((await city.ReadPool(pool)).Widened);
        await city.Due(DeadlineKinds.PoolClose, pool, dueAt: RunningService.Start.AddDays(2));

        Assert.True((await city.ReadPool(pool)).Widened);
    }

    [Fact]
    public async Task A_ready_pool_that_nobody_dispatches_goes_to_the_district_and_then_to_the_city()
    {
        var pool = await city.Pool(await city.Course(), 3);

        await city.Due(DeadlineKinds.PoolDispatch, pool);
        Assert.Equal(PoolStates.Escalated, (await city.Said(pool)).State);
        await city.Due(DeadlineKinds.ForcedDecision, pool);

        var after = await city.ReadPool(pool);
        Assert.Equal((PoolState.Escalated, true), (after.State, after.EscalatedToCity));
        var list = await city.Http.Get($"/api/v1/districts/{City.District}/escalations");
        Assert.Contains(list.Body.GetProperty("pools").EnumerateArray(), p => p.GetProperty("id").GetGuid() == pool && p.GetProperty("escalatedToCity").GetBoolean());
    }

    [Fact]
    public async Task The_district_assigns_an_institution_that_the_ranking_would_leave_out()
    {
        var (pool, far) = await Escalated();

        var answer = await city.Http.Post(Path(pool, "assign"), new { institutionCode = far, reason = "接送学员" });

        Assert.Equal((HttpStatusCode.OK, "Dispatching"), (answer.Status, answer.Text("state")));
        var offered = await city.Service.Publishes<ClassOffered>(m => m.PoolId == pool);
        Assert.Equal((far, true, 1), (offered.InstitutionCode, offered.Forced, offered.Attempt));
    }

    [Fact]
    public async Task The_district_cannot_assign_whom_the_law_does_not_let_teach()
    {
        var (pool, _) = await Escalated();
        var unqualified = await city.Institution(await city.Course());

        var answer = await city.Http.Post(Path(pool, "assign"), new { institutionCode = unqualified, reason = "…" });
        var unknown = await city.Http.Post(Path(pool, "assign"), new { institutionCode = "YC-none", reason = "…" });

        Assert.Equal((HttpStatusCode.Conflict, "institution-not-qualified"), (answer.Status, answer.Code));
        Assert.Equal((HttpStatusCode.BadRequest, "institution-not-found"), (unknown.Status, unknown.Code));
        Assert.Equal(PoolState.Escalated, (await city.ReadPool(pool)).State);
    }

    [Fact]
    public async Task The_district_closes_a_pool_and_everybody_is_told()
    {
        var (pool, _) = await Escalated();

        var answer = await city.Http.Post(Path(pool, "close"), new { reason = "今年没有合适的机构" });

        Assert.Equal((HttpStatusCode.OK, "Closed"), (answer.Status, answer.Text("state")));
        await Eventually.True(() => city.Service.Published<RequestUnserved>().Count(m => m.PoolId == pool && m.Code == "ClosedByDistrict") == 3, "all three are told");
    }

    [Theory]
    [InlineData("assign")]
    [InlineData("close")]
    public async Task A_decision_about_a_pool_that_is_not_escalated_of_another_district_or_of_an_old_version_is_refused(string verb)
    {
        var (pool, far) = await Escalated();
        var forming = await city.Pool(await city.Course(), 1);
        object body = verb == "assign" ? new { institutionCode = far, reason = "…" } : new { reason = "…" };

        var early = await city.Http.Post(Path(forming, verb), body);
        var foreign = await city.Http.Post($"/api/v1/districts/440103/pools/{pool}/{verb}", body);
        var stale = await city.Http.Post(Path(pool, verb), body, ifMatch: "\"1\"");
        var blank = await city.Http.Post(Path(pool, verb), new { });

        Assert.Equal((HttpStatusCode.Conflict, "pool-not-escalated"), (early.Status, early.Code));
        Assert.Equal((HttpStatusCode.NotFound, "pool-not-found"), (foreign.Status, foreign.Code));
        Assert.Equal((HttpStatusCode.PreconditionFailed, "stale-version"), (stale.Status, stale.Code));
        Assert.Equal((HttpStatusCode.BadRequest, true), (blank.Status, blank.Fields.Contains("reason")));
    }

    [Fact]
    public async Task An_unknown_district_has_no_list() => Assert.Equal("district-not-found", (await city.Http.Get("/api/v1/districts/999/escalations")).Code);

    private static string Path(Guid pool, string verb) => $"/api/v1/districts/{City.District}/pools/{pool}/{verb}";

    /// <summary>A pool that waits for its district, and an institution too far away to be ranked.</summary>
    private async Task<(Guid Pool, string Far)> Escalated()
    {
        var course = await city.Course();
        var far = await city.Institution(course, km: 60);
        var pool = await city.Pool(course, 3);
        await city.Due(DeadlineKinds.PoolDispatch, pool);
        return (pool, far);
    }
}
