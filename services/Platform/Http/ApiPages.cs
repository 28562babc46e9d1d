using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace SkillStation.Platform.Http;

/// <summary>One OpenAPI document and one page per service: /openapi/{service}.json and /docs.</summary>
internal static class ApiPages
{
    public static void AddApiPages(this IServiceCollection services, IReadOnlyList<IServiceModule> modules)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(o =>
        {
            foreach (var module in modules)
            {
                o.SwaggerDoc(module.Name, new OpenApiInfo { Title = module.Title, Version = "v1" });
            }

            foreach (var comments in modules.Select(m => m.GetType()).Append(typeof(ApiPages)).Select(t => Path.ChangeExtension(t.Assembly.Location, "xml")).Where(File.Exists))
            {
                o.IncludeXmlComments(comments);
            }

            o.DocInclusionPredicate((document, api) => api.GroupName == document);
            o.SupportNonNullableReferenceTypes();
            o.NonNullableReferenceTypesAsRequired();
            o.CustomOperationIds(api => api.ActionDescriptor.EndpointMetadata.OfType<Microsoft.AspNetCore.Routing.IEndpointNameMetadata>().FirstOrDefault()?.EndpointName);
            o.OperationFilter<KeyAndProblems>();
        });
    }

    public static void UseApiPages(this WebApplication app, IReadOnlyList<IServiceModule> modules)
    {
        app.UseSwagger(o => o.RouteTemplate = "openapi/{documentName}.json");
        app.UseSwaggerUI(o =>
        {
            o.RoutePrefix = "docs";
            foreach (var module in modules)
            {
                o.SwaggerEndpoint($"/openapi/{module.Name}.json", module.Title);
            }
        });
    }

    private sealed class KeyAndProblems : IOperationFilter
    {
        public void Apply(OpenApiOperation operation, OperationFilterContext context)
        {
            if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<TakesIdempotencyKey>().Any())
            {
                (operation.Parameters ??= []).Add(new OpenApiParameter
                {
                    Name = Idempotency.Header,
                    In = ParameterLocation.Header,
                    Description = "1 to 200 characters. Same key and body: the same answer. Same key, other body: 422.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 },
                });
            }

            (operation.Responses ??= [])["default"] = new OpenApiResponse
            {
                Description = "Problem details (RFC 9457) with a stable `code`, a sentence in the reader's language and, for bad fields, `errors` by field.",
            };
        }
    }
}
