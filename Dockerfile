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
 && mkdir .demo sites key

# What every way of serving has: the program without its files, and packages that only run.
FROM node:22-bookworm-slim AS program
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/shared/package.json shared/
COPY --from=build /app/shared/dist shared/dist
COPY --from=build /app/server/package.json server/
COPY --from=build /app/server/bin server/bin
COPY --from=build /app/server/dist server/dist
EXPOSE 8080
# No npm in between: signals must reach the program itself.
CMD ["node", "--disable-proto=delete", "server/dist/main.js"]

# The service of a real centre. No page is in this image, and none of the demonstration is loaded.
FROM program AS relay
# The key beside the records; a volume put at this place inherits the owner.
COPY --from=build --chown=10001:10001 --chmod=700 /app/key key
ENV NODE_ENV=production SERVE=relay
USER 10001:10001

# The files that browsers run, as another user: what this one keeps the relay's cannot read, and the other way round.
FROM program AS static
COPY --from=build /app/widget/dist widget/dist
COPY --from=build /app/console/dist console/dist
# The last good list of sites; a volume put at this place inherits the owner.
COPY --from=build --chown=10002:10002 /app/sites sites
ENV NODE_ENV=production SERVE=static SITES_FILE=/app/sites/signed
USER 10002:10002

# The demonstration, and what is built where nobody names a stage.
FROM program AS demo
COPY --from=build /app/widget/dist widget/dist
COPY --from=build /app/console/dist console/dist
# The demonstration keeps its keys here; a volume put at this place inherits the owner.
COPY --from=build --chown=node:node /app/.demo .demo
USER node
EXPOSE 8081
