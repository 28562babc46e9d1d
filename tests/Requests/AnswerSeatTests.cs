using System.Net;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts;
using SkillStation.Contracts.Requests;
using SkillStation.Requests.Data;

namespace SkillStation.Requests.Tests;

public sealed class AnswerSeatTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task Yes_takes_the_seat()
    {
        var held = City.NewId();
        var wanted = await city.SeatOffered(City.NewId(), held);

        var answer = await wanted.Do("seat/confirm");
        var again = await wanted.Do("seat/confirm");

        Assert.Equal((HttpStatusCode.OK, "SeatConfirmed"), (answer.Status, answer.Text("status")));
        Assert.Equal((HttpStatusCode.Conflict, "seat-confirmed-already"), (again.Status, again.Code));
        Assert.Equal(held, Assert.Single(await city.Told<SeatConfirmed>(m => m.RequestId == wanted.Id)).ClassId);
    }

    [Fact]
    public async Task No_gives_the_seat_back_and_the_request_waits_for_another_pool()
    {
        var held = City.NewId();
        var wanted = await city.SeatOffered(City.NewId(), held);

        var answer = await wanted.Do("seat/decline");

        Assert.Equal((HttpStatusCode.OK, "Pooled"), (answer.Status, answer.Text("status")));
        var told = Assert.Single(await city.Told<SeatDeclined>(m => m.RequestId == wanted.Id));
        Assert.Equal((held, SeatReasons.ByResident), (told.ClassId, told.Reason));
        Assert.Equal("no-seat-offered", (await wanted.Do("seat/confirm")).Code);
    }

    [Theory]
    [InlineData("confirm")]
    [InlineData("decline")]
    public async Task Only_an_offered_seat_can_be_answered(string answer)
    {
        var wanted = await city.Pooled(City.NewId());

        var refused = await wanted.Do("seat/" + answer);
        var stale = await wanted.Do("seat/" + answer, ifMatch: "\"1\"");
        var foreign = await city.Http.Post($"/api/v1/residents/{await city.Resident()}/requests/{wanted.Id}/seat/{answer}");

        Assert.Equal((HttpStatusCode.Conflict, "no-seat-offered"), (refused.Status, refused.Code));
        Assert.Equal((HttpStatusCode.PreconditionFailed, "stale-version"), (stale.Status, stale.Code));
        Assert.Equal((HttpStatusCode.NotFound, "request-not-found"), (foreign.Status, foreign.Code));
    }

    [Fact]
    public async Task When_the_time_is_over_the_seat_is_given_back()
    {
        var held = City.NewId();
        var wanted = await city.SeatOffered(City.NewId(), held);
        var due = city.Due(DeadlineKinds.SeatAnswer, wanted.Id, dueAt: city.Now.AddHours(48));
        var id = City.NewId();

        await wanted.Hear(due, id);
        await wanted.Hear(due, id);
        await wanted.Hear(due);

        Assert.Equal("Pooled", await wanted.Status());
        var told = Assert.Single(await city.Told<SeatDeclined>(m => m.RequestId == wanted.Id));
        Assert.Equal((held, SeatReasons.NoAnswer), (told.ClassId, told.Reason));
    }

    [Theory]
    [InlineData(DeadlineStages.Half)]
    [InlineData(DeadlineStages.FourFifths)]
    public async Task A_reminder_takes_nothing_away(string stage)
    {
        var wanted = await city.SeatOffered(City.NewId(), City.NewId());

        await wanted.Hear(city.Due(DeadlineKinds.SeatAnswer, wanted.Id, stage, city.Now.AddHours(48)));

        Assert.Equal("SeatOffered", await wanted.Status());
    }

    [Fact]
    public async Task A_confirmed_seat_outlives_its_deadline()
    {
        var wanted = await city.SeatConfirmed(City.NewId(), City.NewId());

        await wanted.Hear(city.Due(DeadlineKinds.SeatAnswer, wanted.Id, dueAt: city.Now.AddHours(48)));

        Assert.Equal("SeatConfirmed", await wanted.Status());
        Assert.Empty(await city.Told<SeatDeclined>(m => m.RequestId == wanted.Id));
    }

    [Fact]
    public async Task The_residents_yes_and_the_end_of_the_time_never_both_count()
    {
        for (var round = 0; round < 20; round++)
        {
            var wanted = await city.SeatOffered(City.NewId(), City.NewId());

            await Task.WhenAll(wanted.Do("seat/confirm"), wanted.Hear(city.Due(DeadlineKinds.SeatAnswer, wanted.Id, dueAt: city.Now.AddHours(48))));

            var yes = (await city.Told<SeatConfirmed>(m => m.RequestId == wanted.Id)).Count;
            var no = (await city.Told<SeatDeclined>(m => m.RequestId == wanted.Id)).Count;
            Assert.Equal(1, yes + no);
            Assert.Equal(yes == 1 ? "SeatConfirmed" : "Pooled", await wanted.Status());
        }
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]   // the control: with the guard off, both answers go out
    public async Task It_is_the_version_that_lets_one_answer_through(bool guarded, int answers)
    {
        var wanted = await city.SeatOffered(City.NewId(), City.NewId());

        await city.InDb(async first =>
        {
            var yes = await first.Requests.SingleAsync(r => r.Id == wanted.Id);
            await city.InDb(async second =>
            {
                var no = await second.Requests.SingleAsync(r => r.Id == wanted.Id);
                no.LapseSeat(city.Now.AddHours(48), city.Now);
                second.Publish(wanted.Id, new SeatDeclined { RequestId = wanted.Id, ClassId = City.NewId(), Reason = SeatReasons.NoAnswer, At = city.Now });
                return await second.SaveChangesAsync();
            });
            yes.ConfirmSeat(city.Now);
            first.Publish(wanted.Id, new SeatConfirmed { RequestId = wanted.Id, ClassId = City.NewId(), At = city.Now });
            if (!guarded)
            {
                first.Entry(yes).Property(r => r.Version).OriginalValue = yes.Version;
            }

            return await Saves(first);
        });

        var told = (await city.Told<SeatConfirmed>(m => m.RequestId == wanted.Id)).Count + (await city.Told<SeatDeclined>(m => m.RequestId == wanted.Id)).Count;
        Assert.Equal(answers, told);
    }

    private static async Task<bool> Saves(RequestsDb db)
    {
        try
        {
            await db.SaveChangesAsync();
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }
}
