using System.Net;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Requests;
using SkillStation.Requests;
using SkillStation.Requests.Data;

namespace SkillStation.Races.Tests;

public sealed class IdempotencyTests
{
    private const int Clients = 50;

    /// <summary>Guard: one answer for a path and a key. The control takes away those of the resident too, which would hide it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fifty_times_the_same_under_one_key_is_done_once_and_answered_alike_and_without_the_guard_done_often(bool guard)
    {
        await using var town = await Town.StartAsync(new RequestsModule());
        var course = await town.Course();
        var keys = guard ? Run.Full ? 200 : 10 : 1;
        var residents = await town.Residents(keys);
        if (!guard)
        {
            await town.Service.DropKey<RequestsDb>("Answers");
            await town.Service.Drop<RequestsDb>("IX_TrainingRequests_OpenKey");
        }

        town.Service.Guards.Versions = guard;
        var done = 0;
        for (var k = 0; k < keys; k++)
        {
            var resident = residents[k];

            // everybody has asked whether the answer is known before anybody has given it
            var answers = await town.Service.Guards.Race<RequestsDb, Answer>(town.Service, "FROM \"Answers\"", [.. Enumerable.Repeat(() => town.Ask(resident, course, "key"), Clients)]);

            await town.Service.Quiet<RequestsDb>();
            done = town.Service.Published<RequestSubmitted>().Count(m => m.ResidentId == resident);
            Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.Status));
            Assert.True(guard ? done == 1 : done > 1, $"{done} requests");
            Assert.Equal(done, answers.Select(Whole).Distinct().Count());
        }

        Outcome.Add("idempotency key", guard, $"{keys} keys × {Clients} clients", $"{done} done for each key");
    }

    [Fact]
    public async Task An_answer_is_the_same_after_a_restart_only_for_the_same_path_and_body_and_for_seven_days()
    {
        using var folder = new SharedFolder();
        Guid one, other;
        string course, soup;
        Answer first, later;
        await using (var town = await Town.StartInAsync(folder.Path, new RequestsModule()))
        {
            (course, soup) = (await town.Course(), await town.Course());
            var residents = await town.Residents(2);
            (one, other) = (residents[0], residents[1]);
            first = await town.Ask(one, course, "key");
            town.Service.Pass(TimeSpan.FromHours(2));
            later = await town.Ask(one, soup, "later");
            Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.Status, later.Status));
        }

        await using (var town = await Town.StartInAsync(folder.Path, new RequestsModule()))
        {
            Assert.Equal(Whole(first), Whole(await town.Ask(one, course, "key")));
            var reused = await town.Ask(one, soup, "key");
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency-key-reused"), (reused.Status, reused.Code));
            var others = await town.Ask(other, course, "key");
            Assert.Equal(HttpStatusCode.Created, others.Status);
            Assert.NotEqual(first.Id, others.Id);
            Assert.Equal(other, others.Body.GetProperty("residentId").GetGuid());

            town.Service.Pass(TimeSpan.FromDays(7) + TimeSpan.FromHours(1));   // the clock began anew with the process
            await Eventually.True(() => town.Service.InDb<RequestsDb, bool>(db => db.Answers.AllAsync(a => a.Key != "key")), "the answers of more than seven days ago are swept");
            Assert.Equal(Whole(later), Whole(await town.Ask(one, soup, "later")));
            var forgotten = await town.Ask(one, course, "key");
            Assert.Equal((HttpStatusCode.Conflict, "request-already-open"), (forgotten.Status, forgotten.Code));
        }

        Outcome.Add("idempotency key", true, "restart, other body, other person, 7 days", "same status, body, ETag and Location; 422; not matched; swept after");
    }

    private static (HttpStatusCode, string, string?, string?) Whole(Answer a) => (a.Status, a.Body.GetRawText(), a.ETag, a.Location);
}
