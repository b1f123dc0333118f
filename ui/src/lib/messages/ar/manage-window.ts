// The texts that only the Manage window shows, in Arabic: the flyout does not load them.

import type { ManageMessages } from '../shape';
import { giving } from './giving';
import { manage } from './manage';
import { policies } from './policies';

export const arManage: ManageMessages = { ...giving, ...manage, ...policies };
