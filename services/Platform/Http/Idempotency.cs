using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SkillStation.Platform.Data;

namespace SkillStation.Platform.Http;

/// <summary>The key under which a POST that creates is remembered. The scope is the path, so nobody's key matches another's.</summary>
public sealed record IdempotentCall(string Scope, string Key, string BodyHash);

/// <summary>
/// Idempotency-Key on POSTs that create: same key and body, same answer; same key and another body, 422. The answer is saved
/// with the row it speaks of (<see cref="ModuleDb.Created{T}"/>), so a kill between the two cannot part them.
/// </summary>
public static class Idempotency
{
    public const string Header = "Idempotency-Key";
    private static readonly Refusal TooLong = new("idempotency-key-invalid", "Idempotency-Key 需为 1 到 200 个字符。", "Idempotency-Key must have 1 to 200 characters.", StatusCodes.Status400BadRequest);
    private static readonly Refusal OtherBody = new("idempotency-key-reused", "同一个 Idempotency-Key 已用于另一份内容。", "This Idempotency-Key was used with another body.", StatusCodes.Status422UnprocessableEntity);

    /// <summary>Marks a POST that creates a <typeparamref name="TBody"/>'s thing in <typeparamref name="TDb"/>.</summary>
    public static RouteHandlerBuilder Creates<TDb, TBody>(this RouteHandlerBuilder route) where TDb : ModuleDb =>
        route.WithMetadata(new TakesIdempotencyKey()).AddEndpointFilter(async (context, next) =>
        {
            var key = context.HttpContext.Request.Headers[Header].ToString();
            if (key.Length == 0)
            {
                return await next(context);
            }

            if (key.Length > 200)
            {
                return TooLong.AsProblem();
            }

            var db = context.HttpContext.RequestServices.GetRequiredService<TDb>();
            var body = JsonSerializer.SerializeToUtf8Bytes(context.Arguments.OfType<TBody>().Single());
            var call = new IdempotentCall(context.HttpContext.Request.Path, key, Convert.ToHexString(SHA256.HashData(body)));
            if (await Replay(db, call, context.HttpContext) is { } before)
            {
                return before;
            }

            db.Call = call;
            try
            {
                return await next(context);
            }
            catch (DbUpdateException e) when (e.IsUniqueViolation("Answers"))
            {
                db.ChangeTracker.Clear();   // the same call came twice at once and the other was first
                return await Replay(db, call, context.HttpContext) ?? throw new InvalidOperationException("An answer that was in the way is gone.", e);
            }
            finally
            {
                db.Call = null;
            }
        });

    private static async Task<IResult?> Replay(ModuleDb db, IdempotentCall call, HttpContext http)
    {
        var answer = await db.Answers.AsNoTracking().SingleOrDefaultAsync(a => a.Scope == call.Scope && a.Key == call.Key, http.RequestAborted);
        if (answer is null)
        {
            return null;
        }

        if (answer.BodyHash != call.BodyHash)
        {
            return OtherBody.AsProblem();
        }

        http.Response.Headers.Location = answer.Location;
        if (answer.Version is { } version)
        {
            http.Response.Headers.ETag = Versions.Tag(version);
        }

        return Results.Text(answer.Body, "application/json", Encoding.UTF8, StatusCodes.Status201Created);
    }
}

/// <summary>For the API pages: this operation takes an Idempotency-Key.</summary>
public sealed class TakesIdempotencyKey;
