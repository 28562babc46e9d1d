using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;

namespace SkillStation.Acceptance;

/// <summary>Free seats go to the next in the queue: when a class opens, and whenever a seat comes back (候补递补).</summary>
internal static class OfferSeats
{
    public static async Task In(AcceptanceDb db, TrainingClass trainingClass, CancellationToken ct)
    {
        var waiting = trainingClass.Enrolments.Where(e => e.State == EnrolmentState.Waitlisted).ToList();
        if (trainingClass.State != ClassState.Open || waiting.Count == 0)
        {
            return;
        }

        var requests = waiting.Select(e => e.RequestId).ToList();
        var withdrawn = await db.WithdrawnRequests.Where(w => requests.Contains(w.RequestId)).Select(w => w.RequestId).ToListAsync(ct);

        var people = waiting.ToLookup(e => Occupancy.LearnerKey(e.ResidentId), e => e.RequestId);
        var keys = people.Select(p => p.Key).ToList();
        var (first, last) = (trainingClass.Sessions[0].Date, trainingClass.Sessions[^1].Date);
        var taken = await db.Occupancies.AsNoTracking()
            .Where(o => o.Kind == OccupiedKind.Learner && keys.Contains(o.SubjectKey) && o.Date >= first && o.Date <= last && o.ClassId != trainingClass.Id)
            .ToListAsync(ct);
        var times = trainingClass.Sessions.Select(s => (s.Date, s.Slot)).ToHashSet();
        var clashing = taken.Where(o => times.Contains((o.Date, o.Slot))).SelectMany(o => people[o.SubjectKey]).ToHashSet();

        var seated = trainingClass.Enrolments.Where(e => e.HasSeat).Select(e => e.ResidentId).ToHashSet();
        clashing.UnionWith(waiting.Where(e => !seated.Add(e.ResidentId)).Select(e => e.RequestId));   // one person twice in one class

        trainingClass.OfferSeats(withdrawn.ToHashSet(), clashing);
    }
}
