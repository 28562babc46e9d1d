using Microsoft.AspNetCore.Http.HttpResults;
using SkillStation.Contracts.Requests;
using SkillStation.Platform.Http;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests;

/// <summary>What a learner thinks of the class (评单); marks from 1 (worst) to 5.</summary>
/// <param name="ReallyTaught">False when the class was not really taught.</param>
/// <param name="Charged">True when money was asked for.</param>
/// <param name="Comment">Up to 500 characters; they stay in this service.</param>
public sealed record RateTraining(
    [Given, Between(1, 5)] int? Content,
    [Given, Between(1, 5)] int? Teacher,
    [Given, Between(1, 5)] int? VenueAndTime,
    [Given, Between(1, 5)] int? Overall,
    [Given] bool? ReallyTaught,
    [Given] bool? Charged,
    [Text(500)] string? Comment);

internal static class RateTrainingEndpoint
{
    public static void Map(RouteGroupBuilder requests) => requests.MapPost("/{requestId:guid}/rating", Handle)
        .Creates<RequestsDb, RateTraining>()
        .WithName("RateTraining");

    /// <summary>Rates a class that the resident attended, once, while the time for it runs.</summary>
    /// <response code="404">request-not-found</response>
    /// <response code="409">rating-not-open, already-rated</response>
    private static async Task<Results<Created<RequestView>, ProblemHttpResult>> Handle(
        Guid residentId, Guid requestId, RateTraining body, RequestsDb db, TimeProvider clock, CancellationToken ct)
    {
        var request = await db.RequestOf(residentId, requestId, ct);
        if (request is null)
        {
            return RequestRefusals.NotFound.AsProblem();
        }

        var now = clock.GetUtcNow();
        if (request.Rate(now) is { } refusal)
        {
            return refusal.AsProblem();
        }

        var rating = new Rating
        {
            RequestId = requestId,
            ClassId = request.ClassId!.Value,
            InstitutionCode = request.InstitutionCode!,
            Content = body.Content!.Value,
            Teacher = body.Teacher!.Value,
            VenueAndTime = body.VenueAndTime!.Value,
            Overall = body.Overall!.Value,
            ReallyTaught = body.ReallyTaught!.Value,
            Charged = body.Charged!.Value,
            Comment = body.Comment,
            At = now,
        };
        db.Ratings.Add(rating);
        db.Publish(requestId, new TrainingRated
        {
            RequestId = requestId,
            ClassId = rating.ClassId,
            InstitutionCode = rating.InstitutionCode,
            Overall = rating.Overall,
            ReallyTaught = rating.ReallyTaught,
            Charged = rating.Charged,
            At = now,
        });
        var answer = db.Created($"/api/v1/residents/{residentId}/requests/{requestId}", await RequestViews.Of(db, request, ct));
        await db.SaveChangesAsync(ct);
        return answer;
    }

    /// <summary>The time for rating is over.</summary>
    internal static async Task WhenDue(RequestsDb db, Guid requestId, DateTimeOffset dueAt, DateTimeOffset now, CancellationToken ct) =>
        (await db.RequestInNews(requestId, ct)).CloseUnrated(dueAt, now);
}
