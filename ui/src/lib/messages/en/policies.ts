// Texts of the Manage window's part about policies.

import { plural } from './count';

export const policies = {
  policies: {
    none: 'No role is listed.',
    list: 'Roles and groups',
    compareFile: 'Compare with a file…',
    fileTooLong: (most: number) =>
      `The file is larger than ${most} MiB. “pim policy diff FILE” on the command line takes larger ones.`,
    fileUnreadable: 'The file could not be read.',
    export: (count: number) => (count < 2 ? 'Export' : `Export ${count}`),
    saved: (count: number, path: string) => `${plural(count, 'policy', 'policies')} written to ${path}.`,
    notSaved: 'Not in it:',

    groups: {
      activation: 'Activation',
      eligible: 'Eligible assignment',
      active: 'Active assignment',
      mail: 'Notifications',
      other: 'Other rules, which stay as they are',
    },
    rules: 'Rules',
    change: 'Change…',
    copy: 'Copy to others…',
    changing: (name: string) => `Change ${name}`,
    copying: (name: string) => `Copy the rules of ${name}`,

    longest: 'Longest activation',
    justification: 'It takes a reason',
    ticket: 'It takes a ticket',
    proof: 'Proof of identity',
    proofs: {
      nothing: 'Nothing more',
      mfa: 'Multifactor authentication',
      context: 'An authentication context of Conditional Access',
    },
    claim: 'Authentication context',
    claimWrong: 'One of c1 to c99.',
    approval: 'It takes an approval',
    approvers: 'Approvers',
    defaultApprovers: 'Where you name nobody, privileged role administrators and global administrators decide.',
    nameApprovers: 'Name at least one approver: here nobody decides by default.',
    eligible: 'Longest eligibility',
    active: 'Longest active assignment',
    forEver: 'No limit, also permanent',
    days: (days: number) => plural(days, 'day', 'days'),
    activeJustification: 'Assigning it takes a reason',
    activeMfa: 'Assigning it takes multifactor authentication',
    mailDefaults: 'Those who get it by default',
    mailDefaultsOf: (mail: string) => `${mail}: those who get it by default`,
    recipients: 'More addresses, with commas between them',
    recipientsOf: (mail: string) => `${mail}: more addresses`,
    addressWrong: (address: string) => `“${address}” is not an email address.`,
    unchanged: 'Nothing is changed yet.',
    review: 'Review changes',

    copyTo: 'To which roles',
    copyFilter: 'Find a role',
    copyHint: (count: number) => (count === 0 ? 'Choose who is to have the same rules.' : `${count} chosen`),

    reviewing: 'What will be different',
    drift: (file: string) => `Compared with ${file}`,
    applied: 'What was done',
    comparing: 'Reading the policies…',
    rule: 'Rule',
    now: 'Now',
    then: 'Then',
    noSuchRule: 'There is no such rule, and none can be added: it is left out.',
    unlisted: (ids: string) => `Not among your roles; the file names it (${ids}).`,
    same: 'Everything is as you want it.',
    noDrift: (count: number) =>
      count === 1 ? 'The policy is as the file has it.' : `All ${count} policies are as the file has them.`,
    others: (count: number) => (count === 1 ? 'One more is as it should be.' : `${count} more are as they should be.`),
    summary: (policies: number, rules: number) =>
      `${plural(rules, 'rule', 'rules')} of ${plural(policies, 'policy', 'policies')}. Nothing has been sent.`,
    applying: 'Applying… Where a permission is missing, the browser opens.',
    apply: (count: number) => (count < 2 ? 'Apply' : `Apply to ${count}`),
    again: 'Look again',
  },
};
