using Microsoft.AspNetCore.Http.HttpResults;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance;

/// <summary>The frame of every use case that changes a class: find it, check the caller's version, let the class decide, tell what changed, save once.</summary>
internal static class ChangeClass
{
    public static async Task<Results<Ok<TView>, ProblemHttpResult>> With<TView>(
        AcceptanceDb db, Func<Task<TrainingClass?>> find, string? ifMatch, DateTimeOffset now,
        Func<TrainingClass, Task<Refusal?>> change, Func<TrainingClass, Task<TView>> view, CancellationToken ct)
    {
        var trainingClass = await find();
        if (trainingClass is null)
        {
            return ClassRefusals.NotFound.AsProblem();
        }

        if (Versions.Check(ifMatch, trainingClass.Version) is { } stale)
        {
            return stale.AsProblem();
        }

        var news = new ClassNews(trainingClass);
        if (await change(trainingClass) is { } refusal)
        {
            return refusal.AsProblem();
        }

        await news.Announce(db, now, ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await view(trainingClass));
    }
}
