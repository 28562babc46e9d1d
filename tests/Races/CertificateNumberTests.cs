using System.Net;
using SkillStation.Acceptance;
using SkillStation.Acceptance.Data;
using SkillStation.Contracts.Acceptance;
using SkillStation.Contracts.Requests;

namespace SkillStation.Races.Tests;

public sealed class CertificateNumberTests
{
    private const int Clients = 50;

    /// <summary>Guards: the version of the year's serial number, and one credential for a number.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fifty_classes_that_end_at_the_same_time_give_fifty_numbers_and_without_the_guards_some_twice(bool guard)
    {
        await using var town = await Town.StartAsync(new AcceptanceModule());
        var course = await town.Course();
        var first = (await Taught(town, course, 1))[0];
        Assert.Equal(HttpStatusCode.OK, (await End(town, first.Path)).Status);   // so that the year has a row
        if (!guard)
        {
            await town.Service.Drop<AcceptanceDb>("IX_Credentials_Number");
        }

        var rounds = guard && Run.Full ? 20 : 1;
        var numbers = 0;
        for (var round = 0; round < rounds; round++)
        {
            var classes = await Taught(town, course, Clients);

            town.Service.Guards.Versions = guard;
            var answers = await town.Service.Guards.Race<AcceptanceDb, Answer>(town.Service, "\"CredentialSerials\"", [.. classes.Select(c => (Func<Task<Answer>>)(() => End(town, c.Path)))]);

            await town.Service.Quiet<AcceptanceDb>();
            var learners = classes.Select(c => c.Learner).ToHashSet();
            numbers = town.Service.Published<CredentialIssued>().Where(m => learners.Contains(m.RequestId)).Select(m => m.Number).Distinct().Count();
            Assert.All(answers, a => Assert.True(a.Status == HttpStatusCode.OK, $"{a.Status} {a.Code}"));
            Assert.True(guard ? numbers == Clients : numbers < Clients, $"{numbers} numbers");
        }

        Outcome.Add("certificate number", guard, $"{Clients} classes end at once × {rounds}", $"{numbers} numbers for {Clients} people");
    }

    private static Task<Answer> End(Town town, string path) => town.Http.Post(path + "/sessions/1/close");

    /// <summary>So many classes of one learner, who was there; only the sheet is still open.</summary>
    private static async Task<(string Path, Guid Learner)[]> Taught(Town town, string course, int count)
    {
        var classes = await Town.AtOnce(count, async _ =>
        {
            var (institution, learner) = (await town.Institution(course, seats: 1), Guid.CreateVersion7());
            var offer = await town.Offer(course, institution, [(learner, Guid.CreateVersion7())]);
            var path = await town.Opened(institution, offer.OfferId);
            await town.Service.Hear(new SeatConfirmed { RequestId = learner, ClassId = Guid.Parse(path[^36..]), At = town.Now });
            return (path, learner);
        });
        town.Service.Pass(TimeSpan.FromDays(2));
        foreach (var (path, learner) in classes)
        {
            Assert.Equal(HttpStatusCode.OK, (await town.Http.Put(path + "/sessions/1/attendance", new { marks = new[] { new { requestId = learner, mark = "Present" } } })).Status);
        }

        return classes;
    }
}
