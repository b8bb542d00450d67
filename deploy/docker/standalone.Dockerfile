# All in one process, on SQLite and an in-memory bus. From the repository's root:
#   docker build -f deploy/docker/standalone.Dockerfile -t xilin-standalone .
# The two bases are arguments, so that a mirror or another version can be named; the second needs ICU, and no shell.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
FROM ${SDK_IMAGE} AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Standalone -c Release -o /app && mkdir /data

FROM ${RUNTIME_IMAGE}
COPY --from=build /app /app
# A named volume takes its owner from here.
COPY --from=build --chown=1654:1654 /data /var/lib/xilin
VOLUME /var/lib/xilin
USER 1654:1654
ENV DOTNET_EnableDiagnostics=0 Http__Address=0.0.0.0
EXPOSE 5080
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["dotnet", "/app/XilinIngest.Standalone.dll", "--probe"]
ENTRYPOINT ["dotnet", "/app/XilinIngest.Standalone.dll", "--data", "/var/lib/xilin"]
