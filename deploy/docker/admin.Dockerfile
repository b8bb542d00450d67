# xilin-admin: makes the broker's files and the databases' tables, and ends. From the repository's root:
#   docker build -f deploy/docker/admin.Dockerfile -t xilin-admin .
# The two bases are arguments, so that a mirror or another version can be named; the second needs ICU, and no shell.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
FROM ${SDK_IMAGE} AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Admin -c Release -o /app

FROM ${RUNTIME_IMAGE}
COPY --from=build /app /app
USER 1654:1654
ENV DOTNET_EnableDiagnostics=0
ENTRYPOINT ["dotnet", "/app/xilin-admin.dll"]
