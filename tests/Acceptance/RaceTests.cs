using System.Net;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts.Acceptance;
using SkillStation.Platform.Data;

namespace SkillStation.Acceptance.Tests;

/// <summary>
/// What there is once is given once, also when everybody looked before anybody wrote. Each race is run twice: with the guard, and without it as
/// the control, which shows that the guard and nothing else is what holds.
/// </summary>
public sealed class RaceTests(Arena arena) : IClassFixture<Arena>
{
    private readonly Scene guarded = arena.Guarded;
    private readonly Scene unguarded = arena.Unguarded;

    [Theory]
    [InlineData(true, 1, "room-taken")]
    [InlineData(false, 2, null)]
    public async Task A_room_is_booked_once(bool guard, int expected, string? refusal)
    {
        var scene = guard ? guarded : unguarded;
        var institution = await scene.Institution();
        var (one, two) = (await scene.Accepted(institution: institution), await scene.Accepted(institution: institution));
        var day = scene.Today.AddDays(7);

        var answers = await Race(scene, "<> 'Learner'", () => one.Schedule(Scene.Two(day, teacher: "T1")), () => two.Schedule(Scene.Two(day, teacher: "T2")));

        Assert.Equal(expected, answers.Count(a => a.Status == HttpStatusCode.OK));
        Assert.Equal(refusal, answers.Select(a => a.Code).FirstOrDefault(c => c is not null));
        Assert.Equal(expected, await Most(scene, OccupiedKind.Room, institution));
    }

    [Theory]
    [InlineData(true, 1, "instructor-taken")]
    [InlineData(false, 2, null)]
    public async Task A_teacher_is_booked_once(bool guard, int expected, string? refusal)
    {
        var scene = guard ? guarded : unguarded;
        var institution = await scene.Institution();
        var (one, two) = (await scene.Accepted(institution: institution), await scene.Accepted(institution: institution));
        var day = scene.Today.AddDays(7);

        var answers = await Race(scene, "<> 'Learner'", () => one.Schedule(Scene.Two(day, room: "R1")), () => two.Schedule(Scene.Two(day, room: "R2")));

        Assert.Equal(expected, answers.Count(a => a.Status == HttpStatusCode.OK));
        Assert.Equal(refusal, answers.Select(a => a.Code).FirstOrDefault(c => c is not null));
        Assert.Equal(expected, await Most(scene, OccupiedKind.Instructor, institution));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task A_person_has_one_seat_at_a_time(bool guard, int expected)
    {
        var scene = guard ? guarded : unguarded;
        var person = Guid.CreateVersion7();
        var (one, two) = (await scene.Scheduled(residents: [person, .. Others()]), await scene.Scheduled(residents: [person, .. Others()]));

        var answers = await Race(scene, "\"ClassId\" <> @", () => one.Decide("approve"), () => two.Decide("approve"));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.Equal(expected, await Most(scene, OccupiedKind.Learner, Occupancy.LearnerKey(person)));
        await scene.Service.Quiet<AcceptanceDb>();
        Assert.Equal(expected, scene.Service.Published<SeatOffered>().Count(m => m.RequestId == one.Learners[0] || m.RequestId == two.Learners[0]));
        Assert.Equal(2 - expected, scene.Service.Published<SeatReleased>().Count(m => m.Reason == "LearnerClash" && (m.ClassId == one.ClassId || m.ClassId == two.ClassId)));

        static Guid[] Others() => [Guid.CreateVersion7(), Guid.CreateVersion7()];
    }

    [Theory]
    [InlineData(true, 1, 2)]
    [InlineData(false, 2, 1)]
    public async Task Seats_that_come_free_at_the_same_time_go_to_different_people(bool guard, int offersToFirst, int seated)
    {
        var scene = guard ? guarded : unguarded;
        var run = await scene.Open(learners: 4, room: "R2");

        await Race(scene, "\"ClassId\" <> @", () => Heard(run.GiveBack(run.Learners[0])), () => Heard(run.Withdraw(run.Learners[1])));

        await scene.Service.Quiet<AcceptanceDb>();
        Assert.Equal(offersToFirst, scene.Service.Published<SeatOffered>().Count(m => m.RequestId == run.Learners[2]));
        Assert.Equal(seated, (await run.View()).Roster("Offered").Count);

        static async Task<bool> Heard(Task message)
        {
            await message;
            return true;
        }
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 3)]
    public async Task A_class_never_holds_more_people_than_seats(bool guard, int expected)
    {
        var scene = guard ? guarded : unguarded;
        var run = await scene.Open(learners: 3, room: "R2");

        // Behind the back of the rules: only the unique index on class and seat is left to say no.
        var refused = await scene.InDb(async db =>
        {
            var c = await db.WholeClasses.SingleAsync(x => x.Id == run.ClassId);
            c.Find(run.Learners[2])!.OfferSeat(1);
            try
            {
                return await db.SaveChangesAsync() < 0;
            }
            catch (DbUpdateException e)
            {
                return e.IsUniqueViolation("SeatNumber");
            }
        });

        Assert.Equal(guard, refused);
        Assert.Equal(expected, (await run.View()).Roster("Offered").Count);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task An_offer_is_accepted_once(bool guard, int expected)
    {
        var scene = guard ? guarded : unguarded;
        var run = await scene.Offered();

        var answers = await Race(scene, "FROM \"WithdrawnRequests\"", run.AcceptOnly, run.AcceptOnly);

        await scene.Service.Quiet<AcceptanceDb>();
        Assert.Equal(expected, answers.Count(a => a.Status == HttpStatusCode.OK));
        Assert.Equal(expected, scene.Service.Published<OfferAccepted>().Count(m => m.OfferId == run.OfferId));
        Assert.Equal(expected, await scene.InDb(db => db.Classes.CountAsync(c => c.OfferId == run.OfferId)));
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => Assert.Equal("offer-already-answered", a.Code));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task An_offer_is_accepted_or_lapses_but_not_both(bool guard, int expected)
    {
        var scene = guard ? guarded : unguarded;
        var run = await scene.Offered();

        await Race(scene, "FROM \"Offers\"", async () => (await run.AcceptOnly()).Status, async () =>
        {
            await scene.Due("OfferAnswer", run.OfferId);
            return HttpStatusCode.OK;
        });

        await scene.Service.Quiet<AcceptanceDb>();
        Assert.Equal(expected, scene.Service.Published<OfferAccepted>().Count(m => m.OfferId == run.OfferId) + scene.Service.Published<OfferDeclined>().Count(m => m.OfferId == run.OfferId));
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task A_credential_number_is_given_once(bool guard, int expected)
    {
        var scene = guard ? guarded : unguarded;
        var first = await scene.Taught(learners: 1);
        await first.Pass(first.Learners[0]);   // so that the year has a row
        var (one, two) = (await scene.Taught(learners: 1), await scene.Taught(learners: 1));

        var answers = await Race(scene, "FROM \"CredentialSerials\"", () => one.Pass(one.Learners[0]), () => two.Pass(two.Learners[0]));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        await scene.Service.Quiet<AcceptanceDb>();
        Assert.Equal(expected, scene.Service.Published<CredentialIssued>().Where(m => m.ClassId == one.ClassId || m.ClassId == two.ClassId).Select(m => m.Number).Distinct().Count());
    }

    private static Task<T[]> Race<T>(Scene scene, string query, params Func<Task<T>>[] runners) => scene.Service.Guards.Race<AcceptanceDb, T>(scene.Service, query, runners);

    /// <summary>How often one subject is taken in one half-day, at most.</summary>
    private static async Task<int> Most(Scene scene, OccupiedKind kind, string subject)
    {
        var rows = await scene.InDb(db => db.Occupancies.AsNoTracking().Where(o => o.Kind == kind && o.SubjectKey.StartsWith(subject)).ToListAsync());
        return rows.GroupBy(o => (o.SubjectKey, o.Date, o.Slot)).Max(g => g.Count());
    }
}

/// <summary>The service with its guards, and one without.</summary>
public sealed class Arena : IAsyncLifetime
{
    public Scene Guarded { get; } = new();

    public Scene Unguarded { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Guarded.InitializeAsync();
        await Unguarded.InitializeAsync();
        Unguarded.Service.Guards.Versions = false;
        await Unguarded.Service.Drop<AcceptanceDb>("IX_Enrolments_ClassId_SeatNumber", "IX_Classes_OfferId", "IX_Credentials_Number");
        await Unguarded.Service.DropKey<AcceptanceDb>("Occupancy");
    }

    public async ValueTask DisposeAsync()
    {
        await Guarded.DisposeAsync();
        await Unguarded.DisposeAsync();
    }
}
