// The texts that only the Manage window shows, in English: the flyout does not load them.

import { giving } from './giving';
import { manage } from './manage';
import { policies } from './policies';

export const enManage = { ...giving, ...manage, ...policies };
