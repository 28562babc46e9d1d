using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance.Domain;

/// <summary>
/// Six digits that change every half minute and are shown in the classroom. They are made of ids that only the institution's side ever sees (class, offer,
/// session), so that who was not in the room cannot work them out, and nothing has to be kept.
/// </summary>
internal static class CheckInCode
{
    public const int Seconds = 30;

    /// <summary>The code of a session now, and until when it is shown.</summary>
    public static (string Code, DateTimeOffset Until) At(TrainingClass of, ClassSession session, DateTimeOffset now)
    {
        var step = now.ToUnixTimeSeconds() / Seconds;
        return (Of(of, session, step), DateTimeOffset.FromUnixTimeSeconds((step + 1) * Seconds));
    }

    /// <summary>Whether a code is that of now or was a moment ago: people need time to type it.</summary>
    public static bool Fits(TrainingClass of, ClassSession session, string code, DateTimeOffset now)
    {
        var step = now.ToUnixTimeSeconds() / Seconds;
        return code == Of(of, session, step) || code == Of(of, session, step - 1) || code == Of(of, session, step - 2);
    }

    private static string Of(TrainingClass of, ClassSession session, long step)
    {
        Span<byte> message = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(message, step);
        var hash = HMACSHA256.HashData([.. of.Id.ToByteArray(), .. of.OfferId.ToByteArray(), .. session.Id.ToByteArray()], message);
        return ((BinaryPrimitives.ReadUInt32BigEndian(hash) & 0x7fffffff) % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }
}

internal static class CheckInRefusals
{
    public static readonly Refusal NoSeat = Refusal.NotFound("class-not-found", "没有找到您的这个班。", "There is no such class of yours.");
    public static readonly Refusal CodeWrong = Refusal.OfField("code", "check-in-code-wrong", "签到码不对或者已经换了，请看教室里现在显示的六位数字。", "This code is not right or has changed; please read the six digits that are shown in the room now.");
    public static readonly Refusal NoSession = new("no-session-now", "现在没有可以签到的课。签到从上课前开始，考勤表关闭后结束。", "There is no session to check in to now. It opens before the session and ends when its sheet is closed.");
}
