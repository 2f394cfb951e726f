#!/usr/bin/env node
/**
 * npm start: from a fresh clone to a running server. Installs and builds what is missing, finds
 * Node 24, and goes on with it. Plain JavaScript for Node 20.
 */
import { buildWhenNeeded } from './build-web.mjs';
import { installWhenNeeded } from './install.mjs';
import { runServer } from './run-server.mjs';
import { atTheEdge } from './say.mjs';

/** @param {string[]} args what `serve` takes */
async function start(args) {
  await installWhenNeeded();
  await buildWhenNeeded();
  runServer(args);
}

atTheEdge(start(process.argv.slice(2)));
