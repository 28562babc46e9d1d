using System.Net;
using SkillStation.Contracts.Requests;
using SkillStation.Requests;
using SkillStation.Requests.Data;

namespace SkillStation.Races.Tests;

public sealed class OpenRequestTests
{
    private const int Clients = 50;

    /// <summary>Guards: the resident's version, and one open request for a person and an occupation.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_fifty_requests_of_a_person_for_a_course_at_the_same_time_one_is_open_and_without_the_guards_many(bool guard)
    {
        await using var town = await Town.StartAsync(new RequestsModule());
        var resident = (await town.Residents(1))[0];
        if (!guard)
        {
            await town.Service.Drop<RequestsDb>("IX_TrainingRequests_OpenKey");
        }

        var rounds = guard ? Run.Full ? 100 : 3 : 1;
        var taken = 0;
        for (var round = 0; round < rounds; round++)
        {
            var course = await town.Course();

            town.Service.Guards.Versions = guard;
            var answers = await town.Service.Guards.Race<RequestsDb, Answer>(town.Service, "\"Residents\"", [.. Enumerable.Repeat(() => town.Ask(resident, course), Clients)]);

            await town.Service.Quiet<RequestsDb>();
            taken = answers.Count(a => a.Status == HttpStatusCode.Created);
            Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => Assert.Equal((HttpStatusCode.Conflict, "request-already-open"), (a.Status, a.Code)));
            Assert.Equal(taken, town.Service.Published<RequestSubmitted>().Count(m => m.CourseCode == course));
            Assert.True(guard ? taken == 1 : taken > 1, $"{taken} taken");
        }

        Outcome.Add("one open request per person and course", guard, $"{Clients} clients for 1 person × {rounds}", $"{taken} taken each time");
    }
}
