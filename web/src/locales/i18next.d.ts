import 'i18next';
import type { ja } from './ja.ts';
import type { jaAccess } from './ja-access.ts';
import type { jaLabels } from './ja-labels.ts';
import type { jaLeaving } from './ja-leaving.ts';
import type { jaPeople } from './ja-people.ts';
import type { jaPlaces } from './ja-places.ts';
import type { jaStanding } from './ja-standing.ts';
import type { jaTogether } from './ja-together.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    returnNull: false;
    // Names of ours hold the underscore that would otherwise begin a context or a plural.
    contextSeparator: '|';
    pluralSeparator: '|';
    resources: {
      translation: typeof ja &
        typeof jaPlaces &
        typeof jaPeople &
        typeof jaAccess &
        typeof jaTogether &
        typeof jaLeaving &
        typeof jaLabels &
        typeof jaStanding;
    };
  }
}
