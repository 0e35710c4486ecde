# syntax=docker/dockerfile:1
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY shared/package.json shared/
COPY server/package.json server/
COPY widget/package.json widget/
COPY console/package.json console/
RUN npm ci --ignore-scripts
COPY . .
# --ignore-scripts: the set-up before the build has just been done above
RUN npm run build --ignore-scripts \
 && rm -rf node_modules \
 && npm ci --omit=dev --ignore-scripts -w @clbchat/shared -w @clbchat/server \
 && mkdir .demo

FROM node:22-bookworm-slim
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/shared/package.json shared/
COPY --from=build /app/shared/dist shared/dist
COPY --from=build /app/server/package.json server/
COPY --from=build /app/server/bin server/bin
COPY --from=build /app/server/dist server/dist
COPY --from=build /app/widget/dist widget/dist
COPY --from=build /app/console/dist console/dist
# The demonstration keeps its keys here; a volume put at this place inherits the owner.
COPY --from=build --chown=node:node /app/.demo .demo
USER node
EXPOSE 8080 8081
# No npm in between: signals must reach the server itself.
CMD ["node", "--disable-proto=delete", "server/dist/main.js"]
