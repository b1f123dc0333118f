/** Something that somebody else has made. */
export interface Work {
  name: string;
  version: string;
  licence: string;
}

/** The packages of which something is in the built windows. */
export function packages(): Promise<Work[]>;
