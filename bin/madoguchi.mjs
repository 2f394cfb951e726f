#!/usr/bin/env node
/**
 * npx madoguchi COMMAND: the server's command line under Node 24. Only `serve` installs and builds
 * first; standard output belongs to the command. Plain JavaScript for Node 20.
 */
import { buildWhenNeeded } from './build-web.mjs';
import { installWhenNeeded } from './install.mjs';
import { runCommand, runServer } from './run-server.mjs';
import { atTheEdge } from './say.mjs';

/** @param {string[]} args the command and what it takes */
async function madoguchi([command, ...rest]) {
  const asksForHelp = rest.includes('--help') || rest.includes('-h');
  if (command !== 'serve' || asksForHelp)
    return runCommand(command === undefined ? ['--help'] : [command, ...rest]);
  await installWhenNeeded();
  await buildWhenNeeded();
  runServer(rest);
}

atTheEdge(madoguchi(process.argv.slice(2)));
