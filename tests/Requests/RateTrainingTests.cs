using System.Net;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts;
using SkillStation.Contracts.Requests;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests.Tests;

public sealed class RateTrainingTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task A_rating_closes_the_request_and_is_told_without_the_comment()
    {
        var held = City.NewId();
        var wanted = await city.AwaitingRating(City.NewId(), held);

        var answer = await wanted.Do("rating", Marks(overall: 2, comment: "老师很好，我叫陈小明"));

        Assert.Equal((HttpStatusCode.Created, "Closed", "已完成"), (answer.Status, answer.Text("status"), answer.Body.GetProperty("statusWords").GetProperty("zh").GetString()));
        var told = Assert.Single(await city.Told<TrainingRated>(m => m.RequestId == wanted.Id));
        Assert.Equal((held, "YC-017", 2, true, false), (told.ClassId, told.InstitutionCode, told.Overall, told.ReallyTaught, told.Charged));
        Assert.Equal("老师很好，我叫陈小明", await city.InDb(db => db.Ratings.Where(r => r.RequestId == wanted.Id).Select(r => r.Comment).SingleAsync()));
    }

    [Fact]
    public async Task Rating_twice_is_refused_and_a_repeated_key_is_answered_as_before()
    {
        var wanted = await city.AwaitingRating(City.NewId(), City.NewId());

        var first = await wanted.Do("rating", Marks(), key: "r");
        var repeated = await wanted.Do("rating", Marks(), key: "r");
        var second = await wanted.Do("rating", Marks(overall: 1));

        Assert.Equal((HttpStatusCode.Created, first.Body.GetRawText()), (repeated.Status, repeated.Body.GetRawText()));
        Assert.Equal((HttpStatusCode.Conflict, "already-rated"), (second.Status, second.Code));
        Assert.Single(await city.Told<TrainingRated>(m => m.RequestId == wanted.Id));
    }

    [Fact]
    public async Task Of_many_ratings_at_once_one_counts()
    {
        var wanted = await city.AwaitingRating(City.NewId(), City.NewId());

        var answers = await Task.WhenAll(Enumerable.Range(1, 5).Select(n => wanted.Do("rating", Marks(overall: n))));

        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => Assert.Equal("already-rated", a.Code));
        Assert.Single(await city.Told<TrainingRated>(m => m.RequestId == wanted.Id));
    }

    [Fact]
    public async Task Where_the_version_does_not_stop_a_second_rating_the_key_of_the_table_does()
    {
        var wanted = await city.AwaitingRating(City.NewId(), City.NewId());
        await wanted.Do("rating", Marks());

        await Assert.ThrowsAsync<DbUpdateException>(() => city.InDb(db =>
        {
            db.Ratings.Add(new Rating { RequestId = wanted.Id, ClassId = City.NewId(), InstitutionCode = "", Content = 1, Teacher = 1, VenueAndTime = 1, Overall = 1, ReallyTaught = true, Charged = false, At = city.Now });
            return db.SaveChangesAsync();
        }));
    }

    [Fact]
    public async Task When_the_time_is_over_it_is_closed_as_not_rated()
    {
        var wanted = await city.AwaitingRating(City.NewId(), City.NewId());

        await wanted.Hear(city.Due(DeadlineKinds.Rating, wanted.Id, dueAt: city.Now.AddDays(7)));
        var late = await wanted.Do("rating", Marks());

        Assert.Equal("Closed", await wanted.Status());
        Assert.Equal("rating-not-open", late.Code);
        Assert.Empty(await city.Told<TrainingRated>(m => m.RequestId == wanted.Id));
    }

    [Fact]
    public async Task Nobody_rates_before_the_end_or_for_somebody_else()
    {
        var wanted = await city.SeatConfirmed(City.NewId(), City.NewId());

        var early = await wanted.Do("rating", Marks());
        var foreign = await city.Http.Post($"/api/v1/residents/{await city.Resident()}/requests/{wanted.Id}/rating", Marks());

        Assert.Equal((HttpStatusCode.Conflict, "rating-not-open"), (early.Status, early.Code));
        Assert.Equal((HttpStatusCode.NotFound, "request-not-found"), (foreign.Status, foreign.Code));
    }

    [Fact]
    public async Task Bad_marks_are_answered_field_by_field()
    {
        var wanted = await city.AwaitingRating(City.NewId(), City.NewId());

        var answer = await wanted.Do("rating", new { content = 0, teacher = 6, venueAndTime = 3, overall = (int?)null, comment = new string('好', 501) });

        Assert.Equal((HttpStatusCode.BadRequest, "charged,comment,content,overall,reallyTaught,teacher"), (answer.Status, string.Join(',', answer.Fields)));
    }

    private static object Marks(int overall = 5, string? comment = null) => new { content = 4, teacher = 5, venueAndTime = 3, overall, reallyTaught = true, charged = false, comment };
}
