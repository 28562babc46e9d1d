using System.Net;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance;
using SkillStation.Acceptance.Data;
using SkillStation.Contracts;
using SkillStation.Dispatch;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;

namespace SkillStation.Races.Tests;

/// <summary>Two who need the same several things, each beginning at the other's end. Neither may wait for the other for ever, and nothing may stay taken by nobody.</summary>
public sealed class OppositeOrderTests
{
    private const int Days = 5;
    private const string OtherStation = "440104001-1";
    private static readonly int Rounds = Run.Full ? 1000 : 20;

    /// <summary>Guard: a room or teacher is taken once in a half-day.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_timetables_over_the_same_rooms_in_opposite_orders_one_is_set_the_other_told_why_and_without_the_guard_both_are_set(bool guard)
    {
        await using var town = await Town.StartAsync(new AcceptanceModule());
        var course = await town.Course(hours: Days);
        if (!guard)
        {
            await town.Service.DropKey<AcceptanceDb>("Occupancy");
        }

        for (var round = 0; round < (guard ? Rounds : 1); round++)
        {
            var institution = await town.Institution(course, seats: 2, rooms: Days);
            string[] paths = [await Accepted(), await Accepted()];
            var there = Enumerable.Range(1, Days).ToArray();

            var answers = await town.Service.Guards.Race<AcceptanceDb, Answer>(
                town.Service, "<> 'Learner'", [() => Set(paths[0], there), () => Set(paths[1], [.. there.Reverse()])]);

            var taken = await town.Read<AcceptanceDb, Guid>(db => db.Occupancies.Where(o => o.SubjectKey.StartsWith(institution)).Select(o => o.ClassId));
            if (!guard)
            {
                Assert.Equal((2, 4 * Days), (answers.Count(a => a.Status == HttpStatusCode.OK), taken.Count));
                break;
            }

            var loser = Assert.Single(answers, a => a.Status != HttpStatusCode.OK);
            Assert.Equal(HttpStatusCode.Conflict, loser.Status);
            Assert.Contains(loser.Code, new[] { "room-taken", "instructor-taken" });
            Assert.Equal(2 * Days, taken.Count);
            Assert.Single(taken.Distinct());
            Assert.Equal(HttpStatusCode.OK, (await Set(paths[Array.IndexOf(answers, loser)], there, from: 2 + Days)).Status);

            async Task<string> Accepted() => await town.Accepted(institution, (await town.Offer(course, institution, [(Guid.CreateVersion7(), Guid.CreateVersion7())])).OfferId);
        }

        Outcome.Add("5 rooms and a teacher in opposite orders", guard, $"2 clerks × {(guard ? Rounds : 1)}", guard ? "1 set, 1 refused, 0 left taken, 0 deadlocks" : "2 set");

        Task<Answer> Set(string path, int[] rooms, int from = 2) => town.Schedule(path, [.. rooms.Select((r, day) => town.Session(from + day, $"R{r}", hours: 1))]);
    }

    /// <summary>Guard: the version of pools and requests.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_pools_that_take_in_each_others_people_at_the_same_time_count_everybody_once_and_without_the_guard_not(bool guard)
    {
        await using var town = await Town.StartAsync(new DispatchModule());
        for (var round = 0; round < (guard ? Rounds : 1); round++)
        {
            var course = await town.Course(min: 3, max: 4);
            foreach (var station in new[] { Town.Station, Town.Station, OtherStation, OtherStation })
            {
                await town.Service.Hear(town.Submission(course, station));
            }

            var pools = await town.Read<DispatchDb, Guid>(db => db.Pools.Where(p => p.CourseCode == course).Select(p => p.Id));
            Assert.Equal(2, pools.Count);

            town.Service.Guards.Versions = guard;
            await town.Service.Guards.Race<DispatchDb, bool>(town.Service, "<> @", [.. pools.Select(p => (Func<Task<bool>>)(() => Due(p)))]);

            var after = await town.Read<DispatchDb, DemandPool>(db => db.Pools.AsNoTracking().Where(p => p.CourseCode == course));
            var places = await town.Read<DispatchDb, Guid>(db => db.Requests.Where(r => r.CourseCode == course).Select(r => r.PoolId!.Value));
            Assert.Equal(guard, after.TrueForAll(p => p.Members == places.Count(x => x == p.Id)) && after.Exists(p => p.Members == 4));
        }

        Outcome.Add("two pools take in each other", guard, $"2 clocks run out at once × {(guard ? Rounds : 1)}", guard ? "everybody in one pool, 0 deadlocks" : "members do not match");

        async Task<bool> Due(Guid pool)
        {
            await town.Service.Hear(town.Due(DeadlineKinds.PoolClose, pool));
            return true;
        }
    }
}
