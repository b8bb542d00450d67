# An aggregator of a cluster: runs the cubes of its share of the partitions, and follows the others (docs/cluster.md). Other silos reach it
# on port 5092, which has no sign-in. From the repository's root:
#   docker build -f deploy/docker/silo.Dockerfile -t xilin-silo .
# The two bases are arguments, so that a mirror or another version can be named; the second needs ICU, and no shell.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
FROM ${SDK_IMAGE} AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Aggregator.Cluster -c Release -o /app

FROM ${RUNTIME_IMAGE}
COPY --from=build /app /app
USER 1654:1654
ENV DOTNET_EnableDiagnostics=0 Http__Address=0.0.0.0 Http__Port=5082 Cluster__Port=5092 Catalogue__Folder=/etc/xilin/catalogue
EXPOSE 5082
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s --retries=3 CMD ["dotnet", "/app/XilinIngest.Aggregator.Cluster.dll", "--probe"]
ENTRYPOINT ["dotnet", "/app/XilinIngest.Aggregator.Cluster.dll"]
