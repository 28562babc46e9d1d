using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;

namespace SkillStation.Acceptance;

/// <summary>The district did not decide in time: the filing is shown to the city. Silence approves nothing.</summary>
internal static class EscalateFiling
{
    public static async Task Due(AcceptanceDb db, Guid classId, DateTimeOffset now, CancellationToken ct) =>
        (await db.WholeClasses.SingleOrDefaultAsync(c => c.Id == classId, ct))?.EscalateFiling(now);
}
