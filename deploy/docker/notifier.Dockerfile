# A notifier: sends notices of alerts; there is one of it. From the repository's root:
#   docker build -f deploy/docker/notifier.Dockerfile -t xilin-notifier .
# The two bases are arguments, so that a mirror or another version can be named; the second needs ICU, and no shell.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
FROM ${SDK_IMAGE} AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Notifier -c Release -o /app

FROM ${RUNTIME_IMAGE}
COPY --from=build /app /app
USER 1654:1654
ENV DOTNET_EnableDiagnostics=0 Http__Address=0.0.0.0 Http__Port=5085 Catalogue__Folder=/etc/xilin/catalogue
EXPOSE 5085
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["dotnet", "/app/XilinIngest.Notifier.dll", "--probe"]
ENTRYPOINT ["dotnet", "/app/XilinIngest.Notifier.dll"]
