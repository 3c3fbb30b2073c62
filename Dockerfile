# The image of a web or worker process (ROLE). It holds the compiled server and its production dependencies, nothing else.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY openapi ./openapi
COPY generated ./generated
COPY scripts ./scripts
COPY docs/errors.yaml ./docs/errors.yaml
COPY docs/guides ./docs/guides
COPY src ./src
RUN npm run build && npm prune --omit=dev --no-audit --no-fund && rm -rf dist/src/sandbox dist/.tsbuildinfo

FROM node:24-slim
ENV NODE_ENV=production PORT=3000
WORKDIR /app
COPY --from=build --chown=node:node /app/package.json ./
COPY --from=build --chown=node:node /app/node_modules ./node_modules
COPY --from=build --chown=node:node /app/dist ./dist
COPY --from=build --chown=node:node /app/generated ./generated
USER node
EXPOSE 3000
# A worker serves no HTTP; that it runs is all there is to ask.
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s \
  CMD ["node", "-e", "process.env.ROLE === 'worker' ? process.exit(0) : fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/src/main.js"]
