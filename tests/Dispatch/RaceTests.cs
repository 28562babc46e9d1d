using System.Net;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts;
using SkillStation.Contracts.Dispatch;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;

namespace SkillStation.Dispatch.Tests;

/// <summary>
/// What is scarce, taken by several at the same time. Beside each race stands its control: the same two hands with the guard off, which
/// shows that the guard is what holds.
/// </summary>
public sealed class RaceTests(City city)
{
    private static readonly DateTimeOffset Now = RunningService.Start;

    [Fact]
    public async Task The_last_place_of_a_pool_is_given_once_however_many_come_at_the_same_time()
    {
        var course = await city.Course(min: 2, max: 3);
        var pool = await city.Pool(course, 2);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => city.Service.Hear(City.Submission(course, minute: 10 + i))));

        Assert.Equal(3, (await city.ReadPool(pool)).Members);
        Assert.Equal(3, (await city.Members(pool)).Count);
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 4)]
    public async Task Two_who_saw_the_same_last_place_collide_on_the_version_and_without_it_they_overfill_the_pool(bool guarded, int members)
    {
        var course = await city.Course(min: 2, max: 3);
        var pool = await city.Pool(course, 2);
        var (a, b) = (await city.Request(course, times: [City.Weekend], minute: 30), await city.Request(course, times: [City.Evening], minute: 31));

        await city.Twice(async (one, other) =>
        {
            await Enter(one, a, pool);
            await Enter(other, b, pool);
            await one.SaveChangesAsync();
            await Save(other, guarded);
        });

        Assert.Equal(members, (await city.Members(pool)).Count);

        static async Task Enter(DispatchDb db, Guid requestId, Guid poolId)
        {
            var into = await db.Pools.SingleAsync(p => p.Id == poolId);
            Assert.Null(into.Join(Now));
            Assert.Null((await db.Requests.SingleAsync(r => r.Id == requestId)).Move(poolId));
        }
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task A_request_that_two_hands_put_into_pools_at_the_same_time_is_counted_in_one_and_without_the_version_in_two(bool guarded, int counted)
    {
        var course = await city.Course();
        var id = await city.Request(course, age: 10);

        await city.Twice(async (one, other) =>
        {
            await Admit(one, City.Daytime);
            await Admit(other, City.Weekend);
            await one.SaveChangesAsync();
            await Save(other, guarded);
        });

        var sum = await city.Service.InDb<DispatchDb, int>(db => db.Pools.Where(p => p.CourseCode == course).SumAsync(p => p.Members));
        Assert.Equal(counted, sum);

        async Task Admit(DispatchDb db, string time)
        {
            var request = await db.Requests.SingleAsync(r => r.Id == id);
            var pool = DemandPool.Open(db.NewId(), await db.Courses.SingleAsync(c => c.Code == course), City.District, City.Station, time, Now);
            db.Pools.Add(pool);
            Assert.Null(request.Admit(pool.Id));
            Assert.Null(pool.Join(Now));
        }
    }

    [Fact]
    public async Task The_first_of_a_course_meet_in_one_pool_although_they_come_at_the_same_time()
    {
        var course = await city.Course(min: 8, max: 8);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => city.Service.Hear(City.Submission(course, minute: i))));

        Assert.Equal(1, await city.Service.InDb<DispatchDb, int>(db => db.Pools.CountAsync(p => p.CourseCode == course)));
    }

    [Fact]
    public async Task Without_the_unique_gathering_key_two_firsts_open_two_pools()
    {
        await using var service = await RunningService.StartAsync(new DispatchModule());
        var own = new OwnCity(service);
        var course = await own.Course();

        Assert.True(await Collides());
        await Drop(service, "IX_Pools_GatherKey");
        Assert.False(await Collides());

        async Task<bool> Collides()
        {
            var collided = false;
            await City.InTwo(service, async (one, other) =>
            {
                foreach (var db in new[] { one, other })
                {
                    db.Pools.Add(DemandPool.Open(db.NewId(), await db.Courses.SingleAsync(c => c.Code == course), City.District, City.Station, City.Daytime, Now));
                }

                await one.SaveChangesAsync();
                try
                {
                    await other.SaveChangesAsync();
                }
                catch (DbUpdateException)
                {
                    collided = true;
                }

                await one.Pools.Where(p => p.CourseCode == course).ExecuteDeleteAsync();
            });
            return collided;
        }
    }

    [Fact]
    public async Task A_pool_that_several_dispatch_at_the_same_time_is_offered_once()
    {
        var course = await city.Course();
        for (var i = 0; i < 3; i++)
        {
            await city.Institution(course, km: 1 + i);
        }

        var pool = await city.Pool(course, 3);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => city.Http.Post($"/api/v1/stations/{City.Station}/pools/{pool}/dispatch", new { })));

        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => Assert.Equal("pool-already-dispatched", a.Code));
        Assert.Single(await city.Offers(pool));
        await city.Service.Quiet<DispatchDb>();
        Assert.Single(city.Service.Published<ClassOffered>(), m => m.PoolId == pool);
    }

    [Fact]
    public async Task Without_version_and_live_key_two_offers_of_one_pool_are_open_and_either_guard_alone_prevents_it()
    {
        await using var service = await RunningService.StartAsync(new DispatchModule());
        var own = new OwnCity(service);
        var course = await own.Course();

        Assert.Equal(1, await LiveOffers(versionGuard: true));
        Assert.Equal(1, await LiveOffers(versionGuard: false));
        await Drop(service, "IX_Offers_LiveKey");
        Assert.Equal(1, await LiveOffers(versionGuard: true));
        Assert.Equal(2, await LiveOffers(versionGuard: false));

        async Task<int> LiveOffers(bool versionGuard)
        {
            var id = await own.ReadyPool(course);
            await City.InTwo(service, async (one, other) =>
            {
                foreach (var db in new[] { one, other })
                {
                    var pool = await db.Pools.SingleAsync(p => p.Id == id);
                    var offer = DispatchOffer.Make(db.NewId(), id, 1, OwnCity.School, [], false, null, Now);
                    Assert.Null(pool.Dispatch(offer.Id, OwnCity.School, Now));
                    db.Offers.Add(offer);
                }

                await one.SaveChangesAsync();
                await Save(other, versionGuard);
            });
            return await service.InDb<DispatchDb, int>(db => db.Offers.CountAsync(o => o.LiveKey == id));
        }
    }

    [Fact]
    public async Task An_acceptance_and_a_taking_back_at_the_same_time_leave_one_story()
    {
        for (var round = 0; round < 20; round++)   // where one falls among the other's statements is chance
        {
            var (pool, _, offer) = await city.Offered();

            var revoke = city.Http.Post($"/api/v1/stations/{City.Station}/pools/{pool}/revoke", new { reason = "…" });
            await city.Service.Hear(City.Acceptance(offer, Guid.CreateVersion7()));
            var revoked = (await revoke).Status == HttpStatusCode.OK;

            var (after, state) = (await city.ReadPool(pool), (await city.Offers(pool))[0].State);
            Assert.Equal(revoked ? (PoolState.Ready, OfferState.Revoked) : (PoolState.Accepted, OfferState.Accepted), (after.State, state));
        }
    }

    [Theory]
    [InlineData(true, "Accepted")]
    [InlineData(false, "Lapsed")]
    public async Task An_offer_is_answered_once_and_without_the_version_the_later_answer_overwrites_the_first(bool guarded, string answer)
    {
        var (pool, _, offer) = await city.Offered();

        await city.Twice(async (one, other) =>
        {
            var (accepting, lapsing) = (await one.Offers.SingleAsync(o => o.Id == offer.Id), await other.Offers.SingleAsync(o => o.Id == offer.Id));
            Assert.Null(accepting.Accept(Guid.CreateVersion7(), Now));
            Assert.Null(lapsing.Decline(OfferAnswers.Lapsed, null, Now));
            await one.SaveChangesAsync();
            await Save(other, guarded);
        });

        Assert.Equal(answer, (await city.Offers(pool))[0].State.ToString());
    }

    /// <summary>Saves; with the guard off, as if the rows had just been read.</summary>
    private static async Task Save(DispatchDb db, bool guarded)
    {
        if (!guarded)
        {
            foreach (var entry in db.ChangeTracker.Entries().Where(e => e.State == EntityState.Modified && e.Metadata.FindProperty("Version") is not null))
            {
                entry.Property("Version").OriginalValue = (await entry.GetDatabaseValuesAsync())!["Version"];
            }
        }

        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException)
        {
            // refused by a guard
        }
    }

    private static Task<int> Drop(RunningService service, string index)
    {
        var sql = "DROP INDEX " + index;
        return service.InDb<DispatchDb, int>(db => db.Database.ExecuteSqlRawAsync(sql));
    }

    /// <summary>The little that a test with a database of its own needs.</summary>
    private sealed class OwnCity(RunningService service)
    {
        public static readonly InstitutionCopy School = new()
        {
            Code = "YC",
            Version = 1,
            Name = "学校",
            NameEn = "School",
            DistrictCode = City.District,
            Longitude = 113,
            Latitude = 23,
            StartingQuality = 0.8m,
            LargestRoom = 40,
        };

        public Task<string> Course() => service.InDb<DispatchDb, string>(async db =>
        {
            var course = new CourseCopy
            {
                Code = City.Unique("C"),
                Version = 1,
                Name = "课",
                NameEn = "Course",
                OccupationCode = "O",
                Level = "L5",
                TrainingKind = TrainingKinds.SkillUpgrade,
                Clusters = [],
                MinSize = 1,
                MaxSize = 3,
                AutoDispatch = false,
                AgeMin = 16,
            };
            db.Courses.Add(course);
            await db.SaveChangesAsync();
            return course.Code;
        });

        public Task<Guid> ReadyPool(string course) => service.InDb<DispatchDb, Guid>(async db =>
        {
            var pool = DemandPool.Open(db.NewId(), await db.Courses.SingleAsync(c => c.Code == course), City.District, City.Station, City.Daytime, Now);
            pool.Join(Now);
            db.Pools.Add(pool);
            await db.SaveChangesAsync();
            return pool.Id;
        });
    }
}
