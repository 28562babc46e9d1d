using System.Net;
using SkillStation.Contracts.Acceptance;
using SkillStation.Contracts.Requests;
using SkillStation.Requests;
using SkillStation.Requests.Data;

namespace SkillStation.Races.Tests;

public sealed class SeatConfirmTests
{
    private const int Clients = 50;

    /// <summary>Guard: the request's version.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_seat_that_half_of_fifty_confirm_while_the_others_decline_it_is_answered_once_and_without_the_guard_often(bool guard)
    {
        await using var town = await Town.StartAsync(new RequestsModule());
        var resident = (await town.Residents(1))[0];
        var rounds = guard ? Run.Full ? 100 : 3 : 1;
        var answered = 0;
        for (var round = 0; round < rounds; round++)
        {
            var request = (await town.Ask(resident, await town.Course())).Id;
            await town.Service.Hear(new SeatOffered { ClassId = Guid.CreateVersion7(), RequestId = request, PoolId = Guid.CreateVersion7(), Attempt = 1, FirstSessionAt = town.Now.AddDays(3), FromWaitlist = false, At = town.Now });

            town.Service.Guards.Versions = guard;
            var answers = await town.Service.Guards.Race<RequestsDb, Answer>(
                town.Service, "\"TrainingRequests\"", [.. Enumerable.Range(0, Clients).Select(i => (Func<Task<Answer>>)(() => town.Http.Post($"{Town.RequestsOf(resident)}/{request}/seat/{(i % 2 == 0 ? "confirm" : "decline")}")))]);

            await town.Service.Quiet<RequestsDb>();
            answered = answers.Count(a => a.Status == HttpStatusCode.OK);
            var (yes, no) = (town.Service.Published<SeatConfirmed>().Count(m => m.RequestId == request), town.Service.Published<SeatDeclined>().Count(m => m.RequestId == request));
            Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => Assert.True(a.Status == HttpStatusCode.Conflict, $"{a.Status} {a.Code}"));
            Assert.Equal(answered, yes + no);
            Assert.True(guard ? answered == 1 : yes > 0 && no > 0, $"{yes} yes, {no} no");
        }

        Outcome.Add("seat confirm", guard, $"{Clients} clients on 1 seat × {rounds}", $"{answered} answered each time");
    }
}
