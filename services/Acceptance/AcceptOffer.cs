using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts.Acceptance;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance;

internal static partial class AcceptOfferEndpoint
{
    public static void Map(RouteGroupBuilder institutions) => institutions.MapPost("/{institutionCode}/offers/{id:guid}/accept", Handle).WithName("AcceptOffer");

    /// <summary>Takes the class on (接单): it is planned at once and waits for its timetable.</summary>
    /// <response code="404">offer-not-found</response>
    /// <response code="409">offer-already-answered, course-not-known-yet</response>
    private static async Task<Results<Ok<OfferView>, ProblemHttpResult>> Handle(
        string institutionCode, Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, AcceptanceDb db, TimeProvider clock, ILogger<AcceptanceModule> log, CancellationToken ct)
    {
        var offer = await db.Offers.SingleOrDefaultAsync(o => o.Id == id && o.InstitutionCode == institutionCode, ct);
        if (offer is null)
        {
            return OfferRefusals.NotFound.AsProblem();
        }

        if (Versions.Check(ifMatch, offer.Version) is { } stale)
        {
            return stale.AsProblem();
        }

        var now = clock.GetUtcNow();
        var classId = db.NewId();
        if (offer.Accept(classId, now) is { } refusal)
        {
            return refusal.AsProblem();
        }

        var course = await db.Courses.SingleOrDefaultAsync(c => c.Code == offer.CourseCode, ct);
        var institution = await db.Institutions.SingleAsync(i => i.Code == institutionCode, ct);
        if (course is null)
        {
            return OfferRefusals.CourseNotKnown.AsProblem();
        }

        var requests = offer.Learners.Select(l => l.RequestId).ToList();
        var withdrawn = await db.WithdrawnRequests.Where(w => requests.Contains(w.RequestId)).Select(w => w.RequestId).ToListAsync(ct);
        db.Classes.Add(TrainingClass.Plan(classId, offer, course, offer.Learners.Where(l => !withdrawn.Contains(l.RequestId)), now));
        db.Publish(offer.Id, new OfferAccepted
        {
            OfferId = offer.Id,
            PoolId = offer.PoolId,
            Attempt = offer.Attempt,
            InstitutionCode = institution.Code,
            InstitutionName = institution.Name,
            InstitutionNameEn = institution.NameEn,
            ClassId = classId,
            At = now,
        });
        await db.SaveChangesAsync(ct);
        Log.Accepted(log, offer.Id, classId);
        return TypedResults.Ok(await OfferView.Of(offer, db, ct));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Offer {OfferId} is accepted and became class {ClassId}")]
        public static partial void Accepted(ILogger logger, Guid offerId, Guid classId);
    }
}
