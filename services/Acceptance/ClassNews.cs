using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts.Acceptance;

namespace SkillStation.Acceptance;

/// <summary>
/// Remembers how a class stood and, after a use case, tells what changed: one message for each learner whose standing changed and for each step of the class.
/// With the seats it takes and frees the hours of their learners. In one place, so that no change goes untold.
/// </summary>
internal sealed class ClassNews(TrainingClass trainingClass)
{
    private readonly ClassState before = trainingClass.State;
    private readonly bool taught = trainingClass.TeachingEndedAt is not null;
    private readonly Dictionary<Guid, EnrolmentState> standing = trainingClass.Enrolments.ToDictionary(e => e.RequestId, e => e.State);

    public async Task Announce(AcceptanceDb db, DateTimeOffset now, CancellationToken ct)
    {
        var changed = trainingClass.Enrolments.Where(e => e.State != standing[e.RequestId]).ToList();
        if (trainingClass.State == ClassState.Cancelled && before != ClassState.Cancelled)
        {
            Cancelled(db, changed, now);
            db.Occupancies.RemoveRange(await db.Occupancies.Where(o => o.ClassId == trainingClass.Id).ToListAsync(ct));
            return;
        }

        await KeepHours(db, changed, ct);
        if (before == ClassState.Open && trainingClass.State == ClassState.InProgress)
        {
            Started(db, now);
        }

        foreach (var learner in changed.Where(e => e.State == EnrolmentState.Released && (before == ClassState.Open || trainingClass.State == ClassState.Open)))
        {
            Released(db, learner, now);
        }

        foreach (var learner in changed.Where(e => e.State is EnrolmentState.Dropped or EnrolmentState.NotCompleted))
        {
            Dropped(db, learner, now);
        }

        OfferedOrWaiting(db, changed, now);
        if (!taught && trainingClass.TeachingEndedAt is not null)
        {
            db.Publish(trainingClass.Id, new TeachingEnded { ClassId = trainingClass.Id, Assessment = trainingClass.Assessment, At = now });
        }

        foreach (var learner in changed.Where(e => e.State == EnrolmentState.Completed))
        {
            await Completed(db, learner, now, ct);
        }

        if (trainingClass.State == ClassState.Completed && before != ClassState.Completed)
        {
            AllDone(db, now);
            db.Occupancies.RemoveRange(await db.Occupancies.Where(o => o.ClassId == trainingClass.Id).ToListAsync(ct));
        }
    }

    private async Task KeepHours(AcceptanceDb db, List<Enrolment> changed, CancellationToken ct)
    {
        foreach (var learner in changed.Where(e => e.State == EnrolmentState.Offered))
        {
            db.Occupancies.AddRange(trainingClass.Sessions.Select(s => new Occupancy
            {
                Kind = OccupiedKind.Learner,
                SubjectKey = Occupancy.LearnerKey(learner.ResidentId),
                Date = s.Date,
                Slot = s.Slot,
                ClassId = trainingClass.Id,
            }));
        }

        var free = changed
            .Where(e => e.State is EnrolmentState.Released or EnrolmentState.Dropped && standing[e.RequestId] is EnrolmentState.Offered or EnrolmentState.Confirmed)
            .Select(e => Occupancy.LearnerKey(e.ResidentId)).ToList();
        if (free.Count > 0)
        {
            db.Occupancies.RemoveRange(await db.Occupancies.Where(o => o.ClassId == trainingClass.Id && o.Kind == OccupiedKind.Learner && free.Contains(o.SubjectKey)).ToListAsync(ct));
        }
    }

    private void OfferedOrWaiting(AcceptanceDb db, List<Enrolment> changed, DateTimeOffset now)
    {
        var opens = before != ClassState.Open && trainingClass.State == ClassState.Open;
        foreach (var learner in changed.Where(e => e.State == EnrolmentState.Offered).OrderBy(e => e.SeatNumber))
        {
            db.Publish(trainingClass.Id, new SeatOffered
            {
                ClassId = trainingClass.Id,
                RequestId = learner.RequestId,
                PoolId = trainingClass.PoolId,
                Attempt = trainingClass.Attempt,
                FirstSessionAt = trainingClass.Sessions[0].StartsAt,
                FromWaitlist = !opens,
                At = now,
            });
        }

        if (!opens)
        {
            return;
        }

        foreach (var (learner, index) in trainingClass.Enrolments.Where(e => e.State == EnrolmentState.Waitlisted).Select((e, i) => (e, i)))
        {
            db.Publish(trainingClass.Id, new LearnerWaitlisted
            {
                ClassId = trainingClass.Id,
                RequestId = learner.RequestId,
                PoolId = trainingClass.PoolId,
                Attempt = trainingClass.Attempt,
                Place = index + 1,
                At = now,
            });
        }
    }

    private void Started(AcceptanceDb db, DateTimeOffset now) => db.Publish(trainingClass.Id, new ClassStarted
    {
        ClassId = trainingClass.Id,
        PoolId = trainingClass.PoolId,
        Requests = [.. trainingClass.Enrolments.Where(e => e.State == EnrolmentState.Confirmed).Select(e => e.RequestId)],
        FirstSessionAt = trainingClass.Sessions[0].StartsAt,
        At = now,
    });

    private void Released(AcceptanceDb db, Enrolment learner, DateTimeOffset now) => db.Publish(trainingClass.Id, new SeatReleased
    {
        ClassId = trainingClass.Id,
        RequestId = learner.RequestId,
        PoolId = trainingClass.PoolId,
        Reason = learner.Reason!,
        At = now,
    });

    private void Dropped(AcceptanceDb db, Enrolment learner, DateTimeOffset now) => db.Publish(trainingClass.Id, new LearnerDropped
    {
        ClassId = trainingClass.Id,
        RequestId = learner.RequestId,
        Reason = learner.Reason!,
        Attended = learner.Attended,
        At = now,
    });

    private async Task Completed(AcceptanceDb db, Enrolment learner, DateTimeOffset now, CancellationToken ct)
    {
        db.Publish(trainingClass.Id, new LearnerCompleted
        {
            ClassId = trainingClass.Id,
            RequestId = learner.RequestId,
            ResidentId = learner.ResidentId,
            CourseCode = trainingClass.CourseCode,
            StationCode = trainingClass.StationCode,
            InstitutionCode = trainingClass.InstitutionCode,
            FollowUp = trainingClass.FollowUp,
            HoursAttended = learner.HoursAttended,
            HoursScheduled = trainingClass.Hours,
            At = now,
        });
        await IssueCredential.To(db, trainingClass, learner, now, ct);
    }

    private void Cancelled(AcceptanceDb db, List<Enrolment> changed, DateTimeOffset now)
    {
        if (trainingClass.CancelledFor == CancelReasons.NotScheduled)
        {
            return;   // told as OfferDeclined
        }

        db.Publish(trainingClass.Id, new ClassCancelled
        {
            ClassId = trainingClass.Id,
            PoolId = trainingClass.PoolId,
            Attempt = trainingClass.Attempt,
            Reason = trainingClass.CancelledFor!,
            Requests = [.. changed.Select(e => e.RequestId)],
            At = now,
        });
    }

    private void AllDone(AcceptanceDb db, DateTimeOffset now)
    {
        var learners = trainingClass.Enrolments.Where(e => e.State is EnrolmentState.Completed or EnrolmentState.NotCompleted || Stayed(e)).ToList();
        db.Publish(trainingClass.Id, new ClassCompleted
        {
            ClassId = trainingClass.Id,
            PoolId = trainingClass.PoolId,
            InstitutionCode = trainingClass.InstitutionCode,
            Attended = [.. learners.Where(e => e.Attended).Select(e => e.RequestId)],
            Completed = learners.Count(e => e.State == EnrolmentState.Completed),
            NotCompleted = learners.Count(e => e.State != EnrolmentState.Completed),
            AttendanceRate = learners.Count == 0 ? 0 : Math.Round(learners.Sum(e => e.HoursAttended) / (learners.Count * trainingClass.Hours), 4),
            At = now,
        });

        // Who withdrew has ended the request and rates nothing.
        static bool Stayed(Enrolment e) => e.State == EnrolmentState.Dropped && e.Reason != Contracts.DropReasons.Withdrawn;
    }
}
