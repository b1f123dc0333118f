// Every state of the flyout that is looked at, from all the files that have some.
import { DAY_SCENES } from './day-views';
import { FIRST_RUN } from './first-run-views';
import { KNOWN_SCENES } from './known-views';
import { MORE } from './more-views';
import { UPDATE_SCENES } from './update-views';
import { SCENES } from './views';

export const ALL = { ...SCENES, ...MORE, ...KNOWN_SCENES, ...DAY_SCENES, ...FIRST_RUN, ...UPDATE_SCENES };
