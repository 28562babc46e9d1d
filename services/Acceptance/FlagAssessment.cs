using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;

namespace SkillStation.Acceptance;

/// <summary>The time for the assessment is over: the class is shown as overdue.</summary>
internal static class FlagAssessment
{
    public static async Task Due(AcceptanceDb db, Guid classId, DateTimeOffset now, CancellationToken ct) =>
        (await db.WholeClasses.SingleOrDefaultAsync(c => c.Id == classId, ct))?.MarkAssessmentOverdue(now);
}
