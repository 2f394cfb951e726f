/** npm run build: the web page, if its sources have changed. */
import { buildWhenNeeded } from './build-web.mjs';
import { installWhenNeeded } from './install.mjs';
import { atTheEdge } from './say.mjs';

atTheEdge(installWhenNeeded({ withDevelopment: true }).then(buildWhenNeeded));
