# The pages, over the addresses of an aggregator and a worker. From the repository's root:
#   docker build -f deploy/docker/dashboard.Dockerfile -t xilin-dashboard .
# The two bases are arguments, so that a mirror or another version can be named; the second needs ICU, and no shell.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
FROM ${SDK_IMAGE} AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Dashboard -c Release -o /app && mkdir /data

FROM ${RUNTIME_IMAGE}
COPY --from=build /app /app
# What seals the cookies; a named volume takes its owner from here.
COPY --from=build --chown=1654:1654 /data /var/lib/xilin-dashboard
VOLUME /var/lib/xilin-dashboard
USER 1654:1654
ENV DOTNET_EnableDiagnostics=0 Http__Address=0.0.0.0 Http__Port=5080 Access__Folder=/var/lib/xilin-dashboard
EXPOSE 5080
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["dotnet", "/app/XilinIngest.Dashboard.dll", "--probe"]
ENTRYPOINT ["dotnet", "/app/XilinIngest.Dashboard.dll"]
