using SkillStation.Dispatch;
using SkillStation.Dispatch.Data;
using SkillStation.Requests;

namespace SkillStation.Races.Tests;

public sealed class LastPlaceTests
{
    /// <summary>Guard: the pool's version.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_last_place_of_a_pool_goes_to_one_of_two_who_both_saw_it_free_and_without_the_guard_to_both(bool guard)
    {
        await using var town = await Town.StartAsync(new RequestsModule(), new DispatchModule());   // without a clock whose news takes the turn of one of the two
        var residents = await town.Residents(3);
        var rounds = guard ? Run.Full ? 1000 : 20 : 1;
        for (var round = 0; round < rounds; round++)
        {
            var course = await town.Course(min: 2, max: 2);
            await town.Ask(residents[0], course);
            await town.Settled();

            town.Service.Guards.Versions = guard;
            await town.Service.Guards.Race<DispatchDb, Answer>(town.Service, "FROM \"Pools\"", [() => town.Ask(residents[1], course), () => town.Ask(residents[2], course)]);
            await town.Settled();
            town.Service.Guards.Versions = true;

            var pools = await town.Read<DispatchDb, Guid>(db => db.Requests.Where(r => r.CourseCode == course).Select(r => r.PoolId!.Value));
            Assert.Equal(guard ? [1, 2] : [3], pools.GroupBy(p => p).Select(p => p.Count()).Order());
        }

        Outcome.Add("last place of a pool of 2", guard, $"2 clients × {rounds}", guard ? "1 in, 1 in the next pool each time" : "3 people on 2 places");
    }
}
