using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SkillStation.Platform.Data;

namespace SkillStation.Platform.Http;

/// <summary>Every answer that is not a success is RFC 9457 problem details with a code, in the reader's language, without inner workings.</summary>
internal static class Problems
{
    public static void AddProblems(this IServiceCollection services)
    {
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);   // so that a broken body reaches FromException, which knows the field
        services.AddExceptionHandler<FromException>();
        services.AddProblemDetails(o => o.CustomizeProblemDetails = Complete);
    }

    /// <summary>503 and when to come back.</summary>
    public static Task SayBusy(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "5";   // seconds
        return Busy.AsProblem().ExecuteAsync(context);
    }

    private static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Title = TitleOf(problem.Status ?? 500);
        problem.Type = null;
        problem.Extensions["traceId"] = System.Diagnostics.Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier;
        if (problem is HttpValidationProblemDetails invalid)
        {
            problem.Detail ??= Language.Pick("有几项需要修改，其他内容都还在。", "Some fields need another look; nothing else is lost.");
            problem.Extensions.TryAdd("code", "invalid-fields");
            invalid.Errors = invalid.Errors.ToDictionary(e => CamelCase(e.Key), e => e.Value, StringComparer.Ordinal);
        }

        problem.Detail ??= SentenceOf(problem.Status ?? 500);
        problem.Extensions.TryAdd("code", CodeOf(problem.Status ?? 500));
    }

    private static string CodeOf(int status) => status switch
    {
        400 => "bad-request",
        404 => "not-found",
        405 => "method-not-allowed",
        412 => "stale-version",
        413 => "body-too-large",
        415 => "unsupported-media-type",
        _ => status >= 500 ? "internal-error" : "refused",
    };

    private static string TitleOf(int status) => status switch
    {
        400 => Language.Pick("请检查填写的内容", "Please check what you entered"),
        404 => Language.Pick("没有找到", "Not found"),
        409 => Language.Pick("现在不能这样做", "This cannot be done now"),
        412 => Language.Pick("内容已被他人更新", "Somebody changed this in the meantime"),
        413 => Language.Pick("内容太大", "Too large"),
        422 => Language.Pick("请求不一致", "The request does not match"),
        428 => Language.Pick("缺少版本", "A version is needed"),
        503 => Language.Pick("暂时忙不过来", "Busy for a moment"),
        _ => status >= 500 ? Language.Pick("我们出了问题", "Something went wrong on our side") : Language.Pick("无法处理", "Cannot be handled"),
    };

    private static string SentenceOf(int status) => status switch
    {
        400 => Language.Pick("请求的格式不对。", "The request is not well formed."),
        404 => Language.Pick("这个地址下没有内容，请核对。", "There is nothing at this address; please check it."),
        405 => Language.Pick("这个地址不能这样用。", "This address does not take that method."),
        413 => Language.Pick("一次发送的内容太多，请分几次。", "This is too much at once; please send less."),
        415 => Language.Pick("请用 UTF-8 的 JSON 发送（application/json）。", "Please send JSON in UTF-8 (application/json)."),
        _ => status >= 500 ? Language.Pick("这不是您的问题。请稍后再试；仍不行时，请把 traceId 告诉我们。", "This is not your fault. Try again later; if it stays, tell us the traceId.") : TitleOf(status),
    };

    private static string CamelCase(string path) =>
        string.Join('.', path.Split('.').Select(p => p.Length > 0 ? char.ToLowerInvariant(p[0]) + p[1..] : p));

    private static readonly Refusal Busy = new(
        "busy", "现在忙不过来，您填写的内容没有保存，请稍后再试一次。", "We are busy at the moment and nothing was saved. Please try again shortly.", StatusCodes.Status503ServiceUnavailable);

    private sealed class FromException : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
        {
            if (exception.IsOutage())
            {
                await SayBusy(context);
                return true;
            }

            var answer = exception switch
            {
                BadHttpRequestException { InnerException: JsonException json } => BadField(json),
                BadHttpRequestException bad => TypedResults.Problem(statusCode: bad.StatusCode),
                InvalidOperationException { InnerException: ArgumentException } charset when charset.Message.Contains("charset", StringComparison.Ordinal) => TypedResults.Problem(statusCode: 415),
                DbUpdateConcurrencyException => Versions.Stale.AsProblem(),
                _ => null,
            };
            if (answer is null)
            {
                return false;
            }

            context.Response.StatusCode = answer.StatusCode;
            await answer.ExecuteAsync(context);
            return true;
        }

        // The parser's own message repeats what was sent, which may be personal; so the field is named and the value is not.
        private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult BadField(JsonException json)
        {
            var field = json.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : "body";
            return json.Message.Contains("could not be mapped", StringComparison.Ordinal)
                ? Refusal.OfField(field, "unknown-field", "没有这一项，请检查名称。", "There is no such field; check its name.").AsProblem()
                : Refusal.OfField(field, "malformed-body", "这一项的格式不对。", "This does not have the right form.").AsProblem();
        }
    }
}
