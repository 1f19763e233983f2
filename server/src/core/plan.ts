import type { Config } from './config';
import type { Pack } from './pack';

/** Configuration and packs, compiled once. */
export interface Plan {
  readonly config: Config;
  readonly packs: readonly Pack[];
  /** Changes whenever anything it was compiled from changes. */
  readonly key: string;
}

export function compilePlan(config: Config, packs: readonly Pack[]): Plan {
  return { config, packs, key: JSON.stringify(config) + packs.map((pack) => `${pack.id}@${pack.version}`).join() };
}
