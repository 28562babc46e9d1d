using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts.Acceptance;
using SkillStation.Platform;

namespace SkillStation.Acceptance;

/// <summary>Gives a learner who completed what the course ends with (发证), under the next number of the year.</summary>
internal static class IssueCredential
{
    public static async Task To(AcceptanceDb db, TrainingClass trainingClass, Enrolment learner, DateTimeOffset now, CancellationToken ct)
    {
        if (trainingClass.Credential == "None")
        {
            return;
        }

        var today = now.LocalDate();
        var serial = await db.Serials.FindAsync([today.Year], ct) ?? db.Serials.Add(new CredentialSerial { Year = today.Year }).Entity;
        var credential = Credential.Issue(db.NewId(), CredentialNumber.Of(today.Year, serial.Next()), trainingClass, learner.RequestId, today);
        db.Credentials.Add(credential);
        learner.Give(credential.Number);
        db.Publish(trainingClass.Id, new CredentialIssued
        {
            ClassId = trainingClass.Id,
            RequestId = learner.RequestId,
            Number = credential.Number,
            Kind = credential.Kind,
            IssuedOn = today,
            At = now,
        });
    }
}
