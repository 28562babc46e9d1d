using SkillStation.Contracts.Acceptance;

namespace SkillStation.Acceptance.Tests;

public sealed class SeatTests(Scene scene) : IClassFixture<Scene>
{
    [Theory]
    [InlineData("ByResident")]
    [InlineData("NoAnswer")]
    public async Task A_seat_that_is_not_taken_goes_to_the_first_on_the_waitlist(string reason)
    {
        var run = await scene.Open(learners: 4, room: "R2");
        var seat = (await run.View()).Learner(run.Learners[0]).GetProperty("seatNumber").GetInt32();

        await run.GiveBack(run.Learners[0], reason);

        Assert.Equal(reason, (await run.Released(run.Learners[0])).Reason);
        Assert.True((await run.Seated(run.Learners[2])).FromWaitlist);
        var view = await run.View();
        Assert.Equal(seat, view.Learner(run.Learners[2]).GetProperty("seatNumber").GetInt32());
        Assert.Equal([run.Learners[3]], view.Roster("Waitlisted"));
    }

    [Fact]
    public async Task A_confirmed_seat_stays_whatever_is_heard_again()
    {
        var run = await scene.Open(learners: 3, room: "R2");
        var id = Guid.CreateVersion7();

        await run.Confirm(run.Learners[0], id);
        await run.Confirm(run.Learners[0], id);
        await run.GiveBack(run.Learners[0]);

        var view = await run.View();
        Assert.Equal([run.Learners[0]], view.Roster("Confirmed"));
        Assert.Equal([run.Learners[2]], view.Roster("Waitlisted"));
    }

    [Fact]
    public async Task The_same_refusal_twice_frees_one_seat()
    {
        var run = await scene.Open(learners: 4, room: "R2");
        var id = Guid.CreateVersion7();

        await run.GiveBack(run.Learners[0], messageId: id);
        await run.GiveBack(run.Learners[0], messageId: id);
        await run.GiveBack(run.Learners[0]);

        Assert.Equal([run.Learners[3]], (await run.View()).Roster("Waitlisted"));
    }

    [Fact]
    public async Task An_answer_to_a_seat_that_is_gone_changes_nothing()
    {
        var run = await scene.Open(learners: 2, room: "R2");
        await run.GiveBack(run.Learners[0]);

        await run.Confirm(run.Learners[0]);

        Assert.Equal([run.Learners[0]], (await run.View()).Roster("Released"));
    }

    [Fact]
    public async Task Who_withdraws_before_the_start_frees_the_seat_and_the_hours()
    {
        var run = await scene.Open(learners: 3, room: "R2");
        await run.Confirm(run.Learners[0]);

        await run.Withdraw(run.Learners[0]);

        Assert.Equal("Withdrawn", (await run.Released(run.Learners[0])).Reason);
        await run.Seated(run.Learners[2]);
        var hours = await scene.Hours(run.ClassId);
        Assert.Equal(4, hours.Count(h => h.Kind == Domain.OccupiedKind.Learner));
        Assert.DoesNotContain(hours, h => h.SubjectKey == Domain.Occupancy.LearnerKey(run.Residents[0]));
    }

    [Fact]
    public async Task Who_withdraws_before_there_are_seats_gets_none()
    {
        var run = await scene.Scheduled(learners: 3, room: "R2");

        await run.Withdraw(run.Learners[0]);
        await run.Decide("approve");

        Assert.Equal(run.Learners.Skip(1), (await run.View()).Roster("Offered"));
        Assert.DoesNotContain(scene.Service.Published<SeatReleased>(), m => m.ClassId == run.ClassId);
    }

    [Fact]
    public async Task A_request_that_is_noted_as_over_gets_no_seat_even_when_it_is_still_on_the_roster()
    {
        var run = await scene.Scheduled(learners: 3);
        await scene.InDb(db =>
        {
            db.WithdrawnRequests.Add(new Domain.WithdrawnRequest { RequestId = run.Learners[0], At = RunningService.Start });
            return db.SaveChangesAsync();
        });

        await run.Decide("approve");

        Assert.Equal("Withdrawn", (await run.Released(run.Learners[0])).Reason);
        Assert.Equal(run.Learners.Skip(1), (await run.View()).Roster("Offered"));
    }

    [Fact]
    public async Task Nobody_is_seated_twice_in_one_class()
    {
        var twice = Guid.CreateVersion7();

        var run = await scene.Open(learners: 3, residents: [twice, twice, Guid.CreateVersion7()]);

        Assert.Equal("LearnerClash", (await run.Released(run.Learners[1])).Reason);
        Assert.Equal([run.Learners[0], run.Learners[2]], (await run.View()).Roster("Offered"));
    }
}
