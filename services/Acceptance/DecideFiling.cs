using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts;
using SkillStation.Contracts.Acceptance;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance;

/// <summary>What the district's three answers to a filing have in common: only classes of its own district, the class decides, the decision is told.</summary>
internal static class DecideFiling
{
    public static Task<Results<Ok<ClassView>, ProblemHttpResult>> With(
        AcceptanceDb db, string districtCode, Guid classId, string? ifMatch, DateTimeOffset now, Func<TrainingClass, DateTimeOffset, Refusal?> decision, CancellationToken ct) =>
        ChangeClass.With(
            db, () => db.WholeClasses.SingleOrDefaultAsync(c => c.Id == classId && c.DistrictCode == districtCode, ct), ifMatch, now,
            async c =>
            {
                if (decision(c, now) is { } refusal)
                {
                    return refusal;
                }

                await OfferSeats.In(db, c, ct);
                db.Publish(c.Id, new FilingDecided { ClassId = c.Id, Decision = Word(c.Filing), At = now });
                return null;
            },
            c => ClassView.Of(c, db, ct), ct);

    private static string Word(FilingState filing) => filing switch
    {
        FilingState.Approved => FilingDecisions.Approved,
        FilingState.Returned => FilingDecisions.Returned,
        _ => FilingDecisions.Refused,
    };
}
