using System.Net;
using SkillStation.Contracts;
using SkillStation.Contracts.Acceptance;
using SkillStation.Contracts.Requests;

namespace SkillStation.Requests.Tests;

public sealed class WithdrawRequestTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task A_withdrawal_ends_the_request_and_is_told_once()
    {
        var wanted = await city.SeatConfirmed(City.NewId(), City.NewId());

        var answer = await wanted.Do("withdraw");
        var again = await wanted.Do("withdraw");

        Assert.Equal((HttpStatusCode.OK, "Withdrawn"), (answer.Status, answer.Text("status")));
        Assert.Equal((HttpStatusCode.Conflict, "request-over"), (again.Status, again.Code));
        var told = Assert.Single(await city.Told<RequestWithdrawn>(m => m.RequestId == wanted.Id));
        Assert.Equal((wanted.ResidentId, SeatReasons.ByResident), (told.ResidentId, told.Reason));
    }

    [Fact]
    public async Task Once_the_class_began_it_is_too_late()
    {
        var (pool, held) = (City.NewId(), City.NewId());
        var wanted = await city.SeatConfirmed(pool, held);
        await wanted.Hear(new ClassStarted { ClassId = held, PoolId = pool, Requests = [wanted.Id], FirstSessionAt = city.Now, At = city.Now });

        var answer = await wanted.Do("withdraw");

        Assert.Equal((HttpStatusCode.Conflict, "class-began"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_stale_version_is_refused()
    {
        var wanted = await city.Submitted();

        var answer = await wanted.Do("withdraw", ifMatch: "\"9\"");

        Assert.Equal((HttpStatusCode.PreconditionFailed, "stale-version"), (answer.Status, answer.Code));
        Assert.Equal("Submitted", await wanted.Status());
    }

    [Fact]
    public async Task Neither_an_unknown_nor_a_foreign_request_is_found()
    {
        var wanted = await city.Submitted();
        var other = await city.Resident();

        var foreign = await city.Http.Post($"/api/v1/residents/{other}/requests/{wanted.Id}/withdraw");
        var unknown = await city.Http.Post($"/api/v1/residents/{other}/requests/{City.NewId()}/withdraw");

        Assert.Equal((HttpStatusCode.NotFound, "request-not-found"), (foreign.Status, foreign.Code));
        Assert.Equal((unknown.Status, unknown.Code), (foreign.Status, foreign.Code));
        Assert.Equal("Submitted", await wanted.Status());
    }
}
